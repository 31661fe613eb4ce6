"""The cadence of a recurring rule: a recurrence rule of RFC 5545, as far as a day at a time goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Frequency(Enum):
    """The period that a cadence counts in."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday is 0; with an ordinal the first, second or, below zero, last of a month or year."""

    day: int
    ordinal: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """When something comes again: a choice of days in every so many periods. The time of day is the rule's start's.

    An empty choice allows every day, or is filled in from the start where the frequency asks for one. Numbers below
    zero count from the end. `until` is the last moment, in UTC.
    Source: RFC 5545, section 3.3.10.
    """

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    weekdays: frozenset[Weekday] = frozenset()
    positions: frozenset[int] = frozenset()
    week_start: int = 0
