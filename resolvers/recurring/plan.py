"""What a recurring rule has to make: for which homes and stays, and for which of its occurrences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from resolvers.recurring.notation import read_cadence
from resolvers.recurring.occurrences import Series
from resolvers.zones import find_zone

_ON_TIME = timedelta(hours=1)


class UnknownZone(Exception):  # noqa: N818 - it is about what was given
    """A time zone that does not exist."""


class Place(NamedTuple):
    """A home or a stay that a rule applies to. A stay has its first and last day, and is named instead of its home."""

    home_id: UUID
    stay_id: UUID | None = None
    time_zone: str | None = None
    first_day: date | None = None
    last_day: date | None = None


class Due(NamedTuple):
    """A ticket to be made."""

    occurrence: datetime
    place: Place


class Timetable:
    """When a rule comes, at each place by the clocks there.

    Raises:
        BadCadence: with what is wrong with the cadence.
        UnknownZone: with the rule's time zone.
    """

    def __init__(self, cadence: str, starts_at: datetime, time_zone: str) -> None:
        zone = find_zone(time_zone)
        if zone is None:
            raise UnknownZone(time_zone)
        self.zone = zone
        self.series = Series(read_cadence(cadence), starts_at, zone)

    def due(self, places: Iterable[Place], first: datetime, last: datetime, limit: int) -> list[Due]:
        """What is to be made of the time from one moment to another, in the order of occurrences.

        A place gets at most the newest `limit` occurrences, but always the one that is on time.
        """
        occurrences: dict[ZoneInfo, list[datetime]] = {}
        found: list[Due] = []
        for place in places:
            zone = self._zone_of(place)
            if zone not in occurrences:
                occurrences[zone] = self.series.between(first, last, zone)
            found += [Due(moment, place) for moment in _newest(_within(occurrences[zone], place, zone), last, limit)]
        return sorted(
            found, key=lambda due: (due.occurrence, due.place.home_id, due.place.stay_id or due.place.home_id)
        )

    def next_after(self, moment: datetime, places: Iterable[Place]) -> datetime | None:
        """When it comes next at any of the places; by its own clock where there is none."""
        zones = {self._zone_of(place) for place in places} or {self.zone}
        coming = (next(self.series.later_than(moment, zone), None) for zone in zones)
        return min((each for each in coming if each is not None), default=None)

    def _zone_of(self, place: Place) -> ZoneInfo:
        """The home's; the rule's where it has none, or one that nobody knows."""
        return (find_zone(place.time_zone) if place.time_zone else None) or self.zone


def _within(occurrences: Sequence[datetime], place: Place, zone: ZoneInfo) -> Sequence[datetime]:
    """Those of a stay's days; of a home all."""
    first, last = place.first_day, place.last_day
    if first is None or last is None:
        return occurrences
    return [moment for moment in occurrences if first <= moment.astimezone(zone).date() <= last]


def _newest(occurrences: Sequence[datetime], now: datetime, limit: int) -> Sequence[datetime]:
    on_time = bool(occurrences) and now - occurrences[-1] <= _ON_TIME
    kept = max(limit, int(on_time))
    return occurrences[-kept:] if kept else ()
