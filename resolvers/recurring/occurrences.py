"""The occurrences of a recurring rule: its days at its time of day, by the clocks of a time zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import takewhile
from zoneinfo import ZoneInfo

from resolvers.recurring.cadence import Cadence
from resolvers.recurring.days import days

HORIZON = date(2100, 1, 1)
"""Nobody looks further ahead: a cadence without an occurrence until then never comes."""

_DAY = timedelta(days=1)


class Series:
    """The occurrences of a rule that starts at a moment, and takes its first day and time of day from a zone's clocks.

    Another zone's occurrences are on the same days at the same time of day there. A time that its clocks skip is as
    much later as they skip; of one that they show twice it is the first.
    """

    def __init__(self, cadence: Cadence, starts_at: datetime, zone: ZoneInfo) -> None:
        start = starts_at.astimezone(zone).replace(microsecond=0)
        self._cadence = cadence
        self._start = start.date()
        self._time_of_day = start.time()

    def between(self, first: datetime, last: datetime, zone: ZoneInfo) -> list[datetime]:
        """The occurrences from one moment to another, both included: in UTC, strictly ascending."""
        found = self._from(first, min(_local(last, zone), HORIZON), zone)
        return list(takewhile(lambda occurrence: occurrence <= last, found))

    def later_than(self, moment: datetime, zone: ZoneInfo) -> Iterator[datetime]:
        """The occurrences after a moment until the horizon: in UTC, strictly ascending."""
        return (occurrence for occurrence in self._from(moment, HORIZON, zone) if occurrence > moment)

    def first(self, zone: ZoneInfo) -> datetime | None:
        """The first occurrence; none where the cadence never comes."""
        before = datetime.combine(self._start, self._time_of_day, UTC) - 2 * _DAY
        return next(self.later_than(before, zone), None)

    def _from(self, first: datetime, last_day: date, zone: ZoneInfo) -> Iterator[datetime]:
        # Clocks that skip a whole day put two days' occurrences at one moment.
        former: datetime | None = None
        for day in self._days(_local(first, zone) - _DAY, last_day):
            occurrence = datetime.combine(day, self._time_of_day, zone).astimezone(UTC)
            if self._cadence.until and occurrence > self._cadence.until:
                return
            if occurrence >= first and occurrence != former:
                yield occurrence
            former = occurrence

    def _days(self, first: date, last: date) -> Iterator[date]:
        if self._cadence.count:
            return (day for day in self._counted if first <= day <= last)
        return days(self._cadence, self._start, first, last)

    @cached_property
    def _counted(self) -> tuple[date, ...]:
        """All days of a cadence that ends by its count, which starts at the start however late one looks."""
        return tuple(days(self._cadence, self._start, self._start, HORIZON))


def _local(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
