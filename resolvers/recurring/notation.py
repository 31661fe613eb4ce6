"""Reads a cadence as people and calendars write it: an RRULE of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO,TH."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType
from typing import Any, TypeAlias

from resolvers.recurring.cadence import Cadence, Frequency, Weekday

_MOST_PERIODS = 1000
_MOST_TIMES = 10_000
_WEEKDAYS = MappingProxyType({name: day for day, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))})
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_TIME_OF_DAY = {"BYHOUR", "BYMINUTE", "BYSECOND"}
_ELSEWHERE = re.compile(r"\s|:|DTSTART|EXDATE|RDATE|EXRULE|TZID")


class BadCadence(Exception):  # noqa: N818 - it is about what was given
    """A cadence that cannot be followed; `mistakes` are sentences that say what is wrong and how to mend it."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__(" ".join(mistakes))
        self.mistakes = tuple(mistakes)


class _Mistake(Exception):  # noqa: N818 - of one part
    pass


Read: TypeAlias = Callable[[str, str], Any]


def read_cadence(text: str) -> Cadence:
    """The cadence.

    Raises:
        BadCadence: with every mistake that it has.
    """
    if _ELSEWHERE.search(text):
        raise BadCadence(
            ["Write the rule alone, such as FREQ=WEEKLY;BYDAY=MO: no RRULE: before it, no DTSTART, no other line."]
        )
    mistakes: list[str] = []
    parts = dict(_parts(text, mistakes))
    values: dict[str, Any] = {}
    for name, value in parts.items():
        try:
            field, read = _known(name)
            values[field] = read(name, value)
        except _Mistake as mistake:
            mistakes.append(str(mistake))
    if not mistakes:
        mistakes += _at_odds(values["frequency"], parts, values)
    if mistakes:
        raise BadCadence(mistakes)
    return Cadence(**values)


def _parts(text: str, mistakes: list[str]) -> Iterator[tuple[str, str]]:
    """The parts by name, each once."""
    seen: set[str] = set()
    for at, part in enumerate(text.split(";")):
        name, _, value = part.partition("=")
        if at == 0 and name != "FREQ":
            mistakes.append("It begins with FREQ=, such as FREQ=DAILY.")
        if not name or not value:
            mistakes.append(f"'{part}' is not NAME=VALUE; parts are divided by one semicolon, and none ends it.")
        elif name in seen:
            mistakes.append(f"{name} is there twice; write its values in one list, divided by commas.")
        else:
            yield name, value
        seen.add(name)


def _known(name: str) -> tuple[str, Read]:
    if name in _READERS:
        return _READERS[name]
    if name in _TIME_OF_DAY:
        raise _Mistake(f"{name} does not apply: the time of day is that of the rule's start.")
    if name.upper() in _READERS:
        raise _Mistake(f"{name} is written in capitals: {name.upper()}.")
    raise _Mistake(f"{name} is unknown; there are {', '.join(_READERS)}.")


def _frequency(_name: str, value: str) -> Frequency:
    if value in _TOO_OFTEN:
        raise _Mistake(f"FREQ={value} is too often: a rule comes at most once a day, by FREQ=DAILY.")
    if value not in Frequency.__members__:
        raise _Mistake(f"FREQ={value} is unknown; there are {', '.join(Frequency.__members__)}.")
    return Frequency[value]


def _number(most: int, name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value) or not 1 <= int(value) <= most:
        raise _Mistake(f"{name}={value} is not a whole number from 1 to {most}.")
    return int(value)


def _numbers(most: int, name: str, value: str, *, least: int = 1) -> frozenset[int]:
    below = f" or from -{most} to -1" if least < 0 else ""
    found: set[int] = set()
    for item in value.split(","):
        if not re.fullmatch(r"[+-]?[0-9]{1,3}", item) or int(item) == 0 or not least <= int(item) <= most:
            raise _Mistake(f"{name} has '{item}', which is not a whole number from 1 to {most}{below}.")
        found.add(int(item))
    return frozenset(found)


def _signed(most: int) -> Read:
    return partial(_numbers, most, least=-most)


def _weekdays(name: str, value: str) -> frozenset[Weekday]:
    found: set[Weekday] = set()
    for item in value.split(","):
        match = _WEEKDAY.fullmatch(item)
        ordinal = int(match[1]) if match and match[1] else None
        if match is None or ordinal == 0 or abs(ordinal or 1) > 53:
            raise _Mistake(f"{name} has '{item}'; write MO, TU, WE, TH, FR, SA or SU, or such as 1MO or -1FR.")
        found.add(Weekday(_WEEKDAYS[match[2]], ordinal))
    return frozenset(found)


def _until(name: str, value: str) -> datetime:
    try:
        if not _UNTIL.fullmatch(value):
            raise ValueError(value)
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise _Mistake(f"{name}={value} is not a moment in UTC, such as 20261231T235959Z.") from None


def _week_start(name: str, value: str) -> int:
    if value not in _WEEKDAYS:
        raise _Mistake(f"{name}={value} is not one of {', '.join(_WEEKDAYS)}.")
    return _WEEKDAYS[value]


_READERS: Mapping[str, tuple[str, Read]] = MappingProxyType(
    {
        "FREQ": ("frequency", _frequency),
        "INTERVAL": ("interval", partial(_number, _MOST_PERIODS)),
        "COUNT": ("count", partial(_number, _MOST_TIMES)),
        "UNTIL": ("until", _until),
        "BYMONTH": ("months", partial(_numbers, 12)),
        "BYMONTHDAY": ("month_days", _signed(31)),
        "BYYEARDAY": ("year_days", _signed(366)),
        "BYWEEKNO": ("weeks", _signed(53)),
        "BYDAY": ("weekdays", _weekdays),
        "BYSETPOS": ("positions", _signed(366)),
        "WKST": ("week_start", _week_start),
    }
)


def _at_odds(frequency: Frequency, parts: Mapping[str, str], values: Mapping[str, Any]) -> Iterator[str]:
    """Parts that do not go together. Source: RFC 5545, section 3.3.10."""
    if "COUNT" in parts and "UNTIL" in parts:
        yield "COUNT and UNTIL are both there; leave one out."
    if "BYSETPOS" in parts and not any(name.startswith("BY") and name != "BYSETPOS" for name in parts):
        yield "BYSETPOS picks among the days of another part; add one, such as BYDAY, or leave it out."
    for name, frequencies in _ONLY_WITH.items():
        if name in parts and frequency not in frequencies:
            yield f"{name} does not go with FREQ={frequency.name}, only with {_listed(frequencies)}."
    ordinals = [abs(day.ordinal) for day in values.get("weekdays", ()) if day.ordinal is not None]
    if ordinals and frequency not in (Frequency.MONTHLY, Frequency.YEARLY):
        yield f"BYDAY has numbers before its days, which FREQ={frequency.name} has no use for; leave the numbers out."
    elif ordinals and "BYWEEKNO" in parts:
        yield "BYDAY has numbers before its days, which do not go with BYWEEKNO; leave one or the other out."
    elif max(ordinals, default=0) > 5 and (frequency is Frequency.MONTHLY or "BYMONTH" in parts):
        yield "BYDAY counts further than 5, but no month has six of a day."


def _listed(frequencies: tuple[Frequency, ...]) -> str:
    return " or ".join(f"FREQ={frequency.name}" for frequency in frequencies)


_ONLY_WITH = MappingProxyType(
    {
        "BYMONTHDAY": (Frequency.DAILY, Frequency.MONTHLY, Frequency.YEARLY),
        "BYYEARDAY": (Frequency.YEARLY,),
        "BYWEEKNO": (Frequency.YEARLY,),
    }
)
