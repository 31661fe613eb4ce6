"""The occurrences of a rule by the clocks of a zone: their laws, nights when clocks change, the work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise, takewhile
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolvers.recurring.notation import read_cadence
from resolvers.recurring.occurrences import Series
from tests.recurring.cadences import cadences

NEW_YORK, DENVER, LORD_HOWE = ZoneInfo("America/New_York"), ZoneInfo("America/Denver"), ZoneInfo("Australia/Lord_Howe")
ZONES = st.sampled_from(
    [NEW_YORK, DENVER, LORD_HOWE, ZoneInfo("UTC"), ZoneInfo("Pacific/Apia"), ZoneInfo("Africa/Casablanca")]
)
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2014, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds it
LENGTHS = st.timedeltas(timedelta(0), timedelta(days=900))


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _local(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def _shown(found: list[datetime], zone: ZoneInfo) -> list[str]:
    return [moment.astimezone(zone).strftime("%m-%d %H:%M %z") for moment in found]


@settings(deadline=None)
@given(cadences(), MOMENTS, ZONES, ZONES, MOMENTS, LENGTHS)
def test_occurrences_ascend_and_keep_the_time_of_day(
    text: str, starts_at: datetime, own: ZoneInfo, zone: ZoneInfo, first: datetime, length: timedelta
) -> None:
    found = Series(read_cadence(text), starts_at, own).between(first, first + length, zone)
    time_of_day = starts_at.astimezone(own).time().replace(microsecond=0)
    assert all(earlier < later for earlier, later in pairwise(found))
    for moment in found:
        assert moment.tzinfo is UTC
        assert first <= moment <= first + length
        shown = moment.astimezone(zone)
        assert shown.fold == 0
        assert shown.time() == time_of_day or _skipped(shown, time_of_day, zone)


def _skipped(shown: datetime, time_of_day: object, zone: ZoneInfo) -> bool:
    """Whether clocks skipped the time on the day before or on this one, and it is as much later as they skipped."""
    for days in (0, 1):
        wanted = datetime.combine(shown.date() - timedelta(days=days), time_of_day, zone)  # type: ignore[arg-type]
        skipped = wanted.replace(fold=0).utcoffset() != wanted.replace(fold=1).utcoffset()
        if skipped and wanted.astimezone(UTC) == shown.astimezone(UTC):
            return True
    return False


@settings(deadline=None)
@given(cadences(), MOMENTS, ZONES, ZONES, MOMENTS, LENGTHS, LENGTHS)
def test_two_windows_hold_what_one_holds(
    text: str, starts_at: datetime, own: ZoneInfo, zone: ZoneInfo, first: datetime, length: timedelta, more: timedelta
) -> None:
    series = Series(read_cadence(text), starts_at, own)
    middle, last = first + length, first + length + more
    parts = series.between(first, middle, zone) + series.between(middle + timedelta(microseconds=1), last, zone)
    assert parts == series.between(first, last, zone)
    assert list(takewhile(lambda moment: moment <= last, series.later_than(middle, zone))) == [
        moment for moment in parts if moment > middle
    ]


def test_a_time_that_clocks_skip_is_as_much_later() -> None:
    series = Series(read_cadence("FREQ=DAILY"), _local("2026-03-01T02:30", NEW_YORK), NEW_YORK)
    found = series.between(_utc("2026-03-07"), _utc("2026-03-10"), NEW_YORK)
    assert _shown(found, NEW_YORK) == ["03-07 02:30 -0500", "03-08 03:30 -0400", "03-09 02:30 -0400"]


def test_a_time_that_clocks_show_twice_is_the_first() -> None:
    series = Series(read_cadence("FREQ=DAILY"), _local("2026-10-30T01:30", NEW_YORK), NEW_YORK)
    found = series.between(_utc("2026-10-31"), _utc("2026-11-03"), NEW_YORK)
    assert _shown(found, NEW_YORK) == ["10-31 01:30 -0400", "11-01 01:30 -0400", "11-02 01:30 -0500"]


def test_clocks_that_change_by_half_an_hour_move_it_by_half_an_hour() -> None:
    series = Series(read_cadence("FREQ=DAILY"), _local("2026-10-01T02:10", LORD_HOWE), LORD_HOWE)
    found = series.between(_utc("2026-10-02T20:00"), _utc("2026-10-04T20:00"), LORD_HOWE)
    assert _shown(found, LORD_HOWE) == ["10-04 02:40 +1100", "10-05 02:10 +1100"]


def test_a_day_that_a_place_skipped_has_one_occurrence_with_the_next() -> None:
    apia = ZoneInfo("Pacific/Apia")
    series = Series(read_cadence("FREQ=DAILY"), _local("2011-12-01T08:00", apia), apia)
    found = series.between(_local("2011-12-29T00:00", apia), _local("2012-01-01T00:00", apia), apia)
    assert _shown(found, apia) == ["12-29 08:00 -1000", "12-31 08:00 +1400"]


def test_other_clocks_have_the_same_time_of_day_on_the_same_days() -> None:
    series = Series(read_cadence("FREQ=WEEKLY;BYDAY=MO"), _local("2026-01-05T08:00", NEW_YORK), NEW_YORK)
    window = _utc("2026-03-01"), _utc("2026-03-10")
    assert _shown(series.between(*window, NEW_YORK), NEW_YORK) == ["03-02 08:00 -0500", "03-09 08:00 -0400"]
    assert _shown(series.between(*window, DENVER), DENVER) == ["03-02 08:00 -0700", "03-09 08:00 -0600"]


@pytest.mark.parametrize(("until", "count"), [("20260109T130000Z", 5), ("20260109T125959Z", 4)])
def test_until_is_compared_as_a_moment_and_is_the_last(until: str, count: int) -> None:
    series = Series(read_cadence(f"FREQ=DAILY;UNTIL={until}"), _local("2026-01-05T08:00", NEW_YORK), NEW_YORK)
    assert len(list(series.later_than(_utc("2026-01-01"), NEW_YORK))) == count


def test_a_count_is_counted_from_the_start_however_late_one_looks() -> None:
    series = Series(read_cadence("FREQ=WEEKLY;COUNT=3"), _utc("2026-01-05T08:00"), ZoneInfo("UTC"))
    assert series.between(_utc("2026-01-12"), _utc("2030-01-01"), ZoneInfo("UTC")) == [
        _utc("2026-01-12T08:00"),
        _utc("2026-01-19T08:00"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;UNTIL=20250101T000000Z",
    ],
)
def test_a_cadence_that_never_comes_has_no_first_and_is_found_out_soon(text: str) -> None:
    began = perf_counter()
    assert Series(read_cadence(text), _utc("2026-01-05T08:00"), NEW_YORK).first(NEW_YORK) is None
    assert perf_counter() - began < 1  # where a search until the year 9999 takes five


def test_the_first_occurrence_may_be_the_start_itself() -> None:
    starts_at = _local("2026-01-05T08:00", NEW_YORK)
    assert Series(read_cadence("FREQ=MONTHLY"), starts_at, NEW_YORK).first(NEW_YORK) == starts_at


@pytest.mark.parametrize("text", ["FREQ=DAILY", "FREQ=DAILY;COUNT=10000", "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR"])
def test_thirty_years_are_looked_through_at_once(text: str) -> None:
    took = []
    for _ in range(5):
        began = perf_counter()
        series = Series(read_cadence(text), _utc("1996-01-01T08:00"), NEW_YORK)
        assert len(series.between(_utc("1996-01-01"), _utc("2026-01-01"), NEW_YORK)) > 7000
        took.append(perf_counter() - began)
    assert min(took) < 0.25  # 25 ms on a machine at rest


def test_what_comes_next_does_not_depend_on_how_long_ago_it_started() -> None:
    series = Series(read_cadence("FREQ=DAILY;INTERVAL=3"), _utc("2000-01-01T08:00"), NEW_YORK)
    took = []
    for _ in range(5):
        began = perf_counter()
        assert next(series.later_than(_utc("2090-01-01"), NEW_YORK))
        took.append(perf_counter() - began)
    assert min(took) < 0.01
