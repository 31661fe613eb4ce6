"""The demo's time: a fixed present, three years of past, and the local clocks of its places.

A moment is an int: milliseconds since 1970 in UTC, always on a whole second.
"""

import time
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def _moment(year: int, month: int, day: int, hour: int = 0) -> int:
    return int(datetime(year, month, day, hour, tzinfo=UTC).timestamp()) * SECOND


PRESENT = _moment(2026, 11, 2, 9)
"""When the data were "taken": nothing happened later, whatever today's date."""

BEGINNING = _moment(2023, 11, 1)
"""When tickets start."""

_FIRST_DAY = _moment(2021, 1, 1) // DAY
_LAST_DAY = _moment(2030, 1, 1) // DAY
_EPOCH = date(1970, 1, 1)


@cache
def date_of(day: int) -> date:
    """The date of a number of days since 1970."""
    return _EPOCH + timedelta(days=day)


def day_of(year: int, month: int, day: int) -> int:
    """The number of days since 1970 of a date."""
    return (date(year, month, day) - _EPOCH).days


def weekday(day: int) -> int:
    """Monday is 0."""
    return (day + 3) % 7


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    """How far the zone's clocks are ahead."""
    local = moment.astimezone(zone).replace(tzinfo=UTC)
    return (local - moment) // timedelta(milliseconds=1)


class Zone:
    """A time zone as a table of one offset a day, because zoneinfo is too slow for millions of rows.

    On the two nights a year when clocks change the offset is the one at noon.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        zone = ZoneInfo(name)
        noon = datetime(1970, 1, 1, 12, tzinfo=UTC)
        self._offsets = [_offset(zone, noon + timedelta(days=day)) for day in range(_FIRST_DAY, _LAST_DAY)]

    def day(self, moment: int) -> int:
        """The local day of a moment, counted from 1970."""
        return (moment + self._offsets[moment // DAY - _FIRST_DAY]) // DAY

    def at(self, day: int, since_midnight: int) -> int:
        """The moment of a local time of day."""
        return day * DAY + since_midnight - self._offsets[day - _FIRST_DAY]

    def year(self, moment: int) -> int:
        """The local year of a moment."""
        return time.gmtime((moment + self._offsets[moment // DAY - _FIRST_DAY]) // SECOND).tm_year

    def at_work(self, moment: int, opens: int = 8 * HOUR, closes: int = 17 * HOUR) -> int:
        """The moment itself within office hours, else the same part of the next office hours."""
        day, since_midnight = divmod(moment + self._offsets[moment // DAY - _FIRST_DAY], DAY)
        if weekday(day) < 5 and opens <= since_midnight < closes:
            return moment
        if since_midnight >= closes or weekday(day) >= 5:
            day += 1
        while weekday(day) >= 5:
            day += 1
        return self.at(day, opens + since_midnight * (closes - opens) // DAY // SECOND * SECOND)
