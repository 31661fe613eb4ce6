"""The days on which a cadence comes round. Work is bounded by the days looked at, even where none is found."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import TypeAlias

from resolvers.recurring.cadence import Cadence, Frequency, Weekday

Check: TypeAlias = Callable[[date], bool]
_DAY = timedelta(days=1)


def days(cadence: Cadence, start: date, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last`, ascending; those that COUNT leaves, counted from the start."""
    begin = start if cadence.count else max(start, first)
    found = (day for day in _chosen(_completed(cadence, start), start, begin, last) if begin <= day <= last)
    return (day for day in islice(found, cadence.count) if day >= first)


def _chosen(cadence: Cadence, start: date, begin: date, last: date) -> Iterator[date]:
    """The chosen days of all periods that reach into the time from `begin` to `last`."""
    checks = list(_checks(cadence))
    own = _period(cadence, start)
    late = -(_period(cadence, begin) - own) % cadence.interval
    for period in range(_period(cadence, begin) + late, _period(cadence, last) + 1, cadence.interval):
        found = [day for day in _days_of(cadence, period) if all(check(day) for check in checks)]
        yield from _at(found, cadence.positions) if cadence.positions else found


def _at(found: list[date], positions: frozenset[int]) -> list[date]:
    """The first, second, … of a period's days; below zero from the end."""
    count = len(found)
    places = {place - 1 if place > 0 else count + place for place in positions}
    return [found[place] for place in sorted(places) if 0 <= place < count]


def _period(cadence: Cadence, day: date) -> int:
    """The number of the period that a day is in; periods that follow each other have numbers that do."""
    match cadence.frequency:
        case Frequency.DAILY:
            return day.toordinal()
        case Frequency.WEEKLY:
            return (day.toordinal() - 1 - cadence.week_start) // 7
        case Frequency.MONTHLY:
            return day.year * 12 + day.month - 1
        case Frequency.YEARLY:
            return day.year


def _days_of(cadence: Cadence, period: int) -> Iterator[date]:
    """Every day of a period."""
    match cadence.frequency:
        case Frequency.DAILY:
            begin, length = date.fromordinal(period), 1
        case Frequency.WEEKLY:
            begin, length = date.fromordinal(period * 7 + 1 + cadence.week_start), 7
        case Frequency.MONTHLY:
            begin = date(period // 12, period % 12 + 1, 1)
            length = _month_length(begin)
        case Frequency.YEARLY:
            begin, length = date(period, 1, 1), _year_length(period)
    ordinal = begin.toordinal()
    return map(date.fromordinal, range(ordinal, ordinal + length))


def _completed(cadence: Cadence, start: date) -> Cadence:
    """With what RFC 5545 takes from the start where the cadence leaves it open."""
    c = cadence
    same_day = replace(c, month_days=frozenset({start.day}))
    same_weekday = replace(c, weekdays=frozenset({Weekday(start.weekday())}))
    narrowed = bool(c.month_days or c.year_days or c.weekdays)
    match c.frequency:
        case Frequency.WEEKLY if not c.weekdays:
            return same_weekday
        case Frequency.MONTHLY if not narrowed:
            return same_day
        case Frequency.YEARLY if not narrowed and c.weeks:
            return same_weekday
        case Frequency.YEARLY if not narrowed:
            return replace(same_day, months=c.months or frozenset({start.month}))
    return c


def _checks(cadence: Cadence) -> Iterator[Check]:
    """What a day must be, one check for each choice."""
    c = cadence
    if c.months:
        yield lambda day: day.month in c.months
    if c.month_days:
        yield lambda day: day.day in c.month_days or day.day - _month_length(day) - 1 in c.month_days
    if c.year_days:
        yield lambda day: bool({_year_day(day), _year_day(day) - _year_length(day.year) - 1} & c.year_days)
    if c.weeks:
        yield lambda day: bool(set(_week_numbers(day, c.week_start)) & c.weeks)
    if c.weekdays:
        yield _weekday_check(cadence)


def _weekday_check(cadence: Cadence) -> Check:
    """Ordinals count within the month, except in a year of which no months are chosen."""
    plain = {weekday.day for weekday in cadence.weekdays if weekday.ordinal is None}
    counted = {(weekday.day, weekday.ordinal) for weekday in cadence.weekdays if weekday.ordinal is not None}
    of_year = cadence.frequency is Frequency.YEARLY and not cadence.months

    def holds(day: date) -> bool:
        weekday = day.weekday()
        if weekday in plain or not counted:
            return weekday in plain
        place, length = (_year_day(day), _year_length(day.year)) if of_year else (day.day, _month_length(day))
        return (weekday, (place - 1) // 7 + 1) in counted or (weekday, -((length - place) // 7) - 1) in counted

    return holds


def _month_length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _year_length(year: int) -> int:
    return 366 if isleap(year) else 365


def _year_day(day: date) -> int:
    return day.timetuple().tm_yday


def _week_numbers(day: date, week_start: int) -> tuple[int, int]:
    """The number of a day's week from the year's beginning and from its end; a week is where four of its days are."""
    middle = day + (3 - (day.weekday() - week_start) % 7) * _DAY
    place, length = _year_day(middle), _year_length(middle.year)
    return (place - 1) // 7 + 1, -((length - place) // 7) - 1
