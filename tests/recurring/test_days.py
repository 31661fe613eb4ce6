"""The days of a cadence, against dateutil where that is right, and against RFC 5545 where it is not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from resolvers.recurring.cadence import Cadence, Frequency
from resolvers.recurring.days import days
from resolvers.recurring.notation import read_cadence
from resolvers.recurring.occurrences import HORIZON
from tests.recurring.cadences import cadences

STARTS = st.dates(date(2019, 1, 1), date(2025, 12, 31))


def _found(text: str, start: date, first: date, last: date) -> list[date]:
    return list(days(read_cadence(text), start, first, last))


def _dateutil_errs(cadence: Cadence, text: str) -> bool:
    """It counts BYSETPOS in what is left of the first week, and takes all days of a BYWEEKNO without BYDAY."""
    return (cadence.frequency is Frequency.WEEKLY and bool(cadence.positions)) or (
        "BYWEEKNO" in text and not (cadence.weekdays or cadence.month_days or cadence.year_days)
    )


@settings(deadline=None)
@given(cadences(), STARTS, st.integers(0, 2500))
def test_the_days_are_those_of_dateutil(text: str, start: date, length: int) -> None:
    cadence, last = read_cadence(text), start + timedelta(days=length)
    assume(not _dateutil_errs(cadence, text))
    assume(next(days(cadence, start, last + timedelta(days=1), HORIZON), None))  # or dateutil looks until the year 9999
    theirs = rrulestr(text, dtstart=datetime.combine(start, time(8)))
    expected = [
        found.date() for found in theirs.between(datetime.combine(start, time()), datetime.combine(last, time(9)))
    ]
    assert list(days(cadence, start, start, last)) == expected


@settings(deadline=None)
@given(cadences(), STARTS, st.integers(1, 40))
def test_a_count_ends_the_same_days_sooner(text: str, start: date, count: int) -> None:
    without = list(islice(days(read_cadence(text), start, start, HORIZON), count))
    assert _found(f"{text};COUNT={count}", start, start, HORIZON) == without


@settings(deadline=None)
@given(cadences(), STARTS, st.integers(0, 3000), st.integers(0, 1500))
def test_looking_from_later_on_finds_the_same_days(text: str, start: date, late: int, length: int) -> None:
    first = start + timedelta(days=late)
    last = first + timedelta(days=length)
    for ending in ("", ";COUNT=30"):
        whole = _found(text + ending, start, start, last)
        assert _found(text + ending, start, first, last) == [day for day in whole if day >= first]


@settings(deadline=None)
@given(st.integers(1, 60), STARTS, st.integers(0, 3000))
def test_every_so_many_days_is_a_step_of_days(interval: int, start: date, length: int) -> None:
    last = start + timedelta(days=length)
    expected = [start + timedelta(days=at) for at in range(0, length + 1, interval)]
    assert _found(f"FREQ=DAILY;INTERVAL={interval}", start, start, last) == expected


@settings(deadline=None)
@given(st.integers(1, 12), st.sets(st.integers(0, 6), min_size=1), st.integers(0, 6), STARTS)
def test_weekly_days_are_in_every_so_many_weeks(interval: int, chosen: set[int], begins: int, start: date) -> None:
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    text = f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(names[day] for day in chosen)};WKST={names[begins]}"
    week = start - timedelta(days=(start.weekday() - begins) % 7)
    expected = [
        day
        for day in (start + timedelta(days=at) for at in range(800))
        if day.weekday() in chosen and (day - week).days // 7 % interval == 0
    ]
    assert _found(text, start, start, start + timedelta(days=799)) == expected


@settings(deadline=None)
@given(st.integers(1, 14), st.integers(1, 31), STARTS)
def test_monthly_days_are_in_months_that_have_them(interval: int, day_of_month: int, start: date) -> None:
    expected = [
        day
        for day in (start + timedelta(days=at) for at in range(1500))
        if day.day == day_of_month and ((day.year - start.year) * 12 + day.month - start.month) % interval == 0
    ]
    text = f"FREQ=MONTHLY;INTERVAL={interval};BYMONTHDAY={day_of_month}"
    assert _found(text, start, start, start + timedelta(days=1499)) == expected


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("FREQ=YEARLY", "2024-02-29", ["2024-02-29", "2028-02-29", "2032-02-29"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2025-01-01", ["2028-02-29", "2032-02-29", "2036-02-29"]),
        ("FREQ=MONTHLY", "2026-01-31", ["2026-01-31", "2026-03-31", "2026-05-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", ["2026-01-31", "2026-02-28", "2026-03-31"]),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", ["1998-02-13", "1998-03-13", "1998-11-13"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-01", ["2026-01-30", "2026-02-27", "2026-03-31"]),
        ("FREQ=MONTHLY;BYDAY=MO,1FR", "2026-05-20", ["2026-05-25", "2026-06-01", "2026-06-05"]),
        ("FREQ=YEARLY;BYWEEKNO=20", "2026-01-01", ["2026-05-14", "2027-05-20", "2028-05-18"]),
        ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", ["1997-05-19", "1998-05-18", "1999-05-17"]),
        ("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO", "2026-01-01", ["2026-12-28", "2027-12-27", "2028-12-25"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1", "2026-01-07", ["2026-01-12", "2026-01-19", "2026-01-26"]),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            "1997-08-05",
            ["1997-08-05", "1997-08-10", "1997-08-19"],
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            "1997-08-05",
            ["1997-08-05", "1997-08-17", "1997-08-19"],
        ),
        ("FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10,11", "1997-09-10", ["1997-09-10", "1997-09-11", "1999-03-10"]),
    ],
)
def test_days_are_as_rfc_5545_has_them(text: str, start: str, expected: list[str]) -> None:
    begin = date.fromisoformat(start)
    found = [day.isoformat() for day in islice(days(read_cadence(text), begin, begin, HORIZON), 3)]
    assert found == expected
