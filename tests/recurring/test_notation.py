"""How a cadence is written, and what one is told who writes it wrongly."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.recurring.cadence import Cadence, Frequency, Weekday
from resolvers.recurring.notation import BadCadence, read_cadence
from tests.recurring.cadences import cadences


def test_every_part_is_read() -> None:
    text = (
        "FREQ=MONTHLY;INTERVAL=2;UNTIL=20261231T235959Z;BYMONTH=1,12;BYMONTHDAY=-1,+5;BYDAY=TU,-1FR;BYSETPOS=1;WKST=SU"
    )
    assert read_cadence(text) == Cadence(
        frequency=Frequency.MONTHLY,
        interval=2,
        until=datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
        months=frozenset({1, 12}),
        month_days=frozenset({-1, 5}),
        weekdays=frozenset({Weekday(1), Weekday(4, -1)}),
        positions=frozenset({1}),
        week_start=6,
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "begins with FREQ="),
        ("BYDAY=MO;FREQ=WEEKLY", "begins with FREQ="),
        ("RRULE:FREQ=DAILY", "no RRULE: before it"),
        ("DTSTART:20260101T080000Z\nRRULE:FREQ=DAILY", "no DTSTART"),
        ("FREQ=DAILY; COUNT=3", "Write the rule alone"),
        ("FREQ=DAILY;", "'' is not NAME=VALUE"),
        ("FREQ=DAILY;COUNT", "'COUNT' is not NAME=VALUE"),
        ("FREQ=DAILY;INTERVAL=2;INTERVAL=3", "INTERVAL is there twice"),
        ("FREQ=DAILY;count=3", "written in capitals: COUNT"),
        ("FREQ=DAILY;BYEASTER=1", "BYEASTER is unknown; there are FREQ,"),
        ("FREQ=DAILY;X-NAME=1", "X-NAME is unknown"),
        ("FREQ=daily", "FREQ=daily is unknown"),
        ("FREQ=HOURLY", "FREQ=HOURLY is too often"),
        ("FREQ=MINUTELY", "FREQ=MINUTELY is too often"),
        ("FREQ=SECONDLY", "FREQ=SECONDLY is too often"),
        ("FREQ=DAILY;BYHOUR=8,20", "the time of day is that of the rule's start"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is not a whole number from 1 to 1000"),
        ("FREQ=DAILY;INTERVAL=1e3", "INTERVAL=1e3 is not a whole number"),
        ("FREQ=DAILY;INTERVAL=٣", "is not a whole number"),
        ("FREQ=DAILY;COUNT=99999999999999", "COUNT=99999999999999 is not a whole number from 1 to 10000"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20261231T235959Z", "COUNT and UNTIL are both there"),
        ("FREQ=DAILY;UNTIL=20261231", "UNTIL=20261231 is not a moment in UTC"),
        ("FREQ=DAILY;UNTIL=20261231T235959", "is not a moment in UTC"),
        ("FREQ=DAILY;UNTIL=20260230T000000Z", "is not a moment in UTC"),
        ("FREQ=DAILY;UNTIL=00000101T000000Z", "is not a moment in UTC"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH has '13'"),
        ("FREQ=YEARLY;BYMONTH=-1", "from 1 to 12."),
        ("FREQ=YEARLY;BYMONTH=1,,2", "BYMONTH has ''"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "from 1 to 31 or from -31 to -1"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY does not go with FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYYEARDAY=3", "only with FREQ=YEARLY"),
        ("FREQ=DAILY;BYWEEKNO=3", "BYWEEKNO does not go with FREQ=DAILY"),
        ("FREQ=WEEKLY;BYDAY=MONDAY", "BYDAY has 'MONDAY'"),
        ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY has '0MO'"),
        ("FREQ=YEARLY;BYDAY=54MO", "BYDAY has '54MO'"),
        ("FREQ=MONTHLY;BYDAY=6MO", "no month has six of a day"),
        ("FREQ=WEEKLY;BYDAY=1MO", "leave the numbers out"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "do not go with BYWEEKNO"),
        ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS picks among the days of another part"),
        ("FREQ=WEEKLY;WKST=XX", "WKST=XX is not one of MO,"),
    ],
)
def test_a_mistake_is_told_with_how_to_mend_it(text: str, words: str) -> None:
    with pytest.raises(BadCadence) as refused:
        read_cadence(text)
    assert any(words in mistake for mistake in refused.value.mistakes), refused.value.mistakes


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(BadCadence) as refused:
        read_cadence("FREQ=HOURLY;BYHOUR=3;BYMONTH=13;COUNT=0")
    assert len(refused.value.mistakes) == 4


@given(st.text(st.sampled_from("FREQ=DAILYWKUNTBSOP;,0123456789-+Z:\x00é "), max_size=60) | st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for written in (text, f"FREQ=DAILY;{text}"):
        with suppress(BadCadence):
            assert isinstance(read_cadence(written), Cadence)


@given(cadences())
def test_what_people_write_is_read(text: str) -> None:
    read_cadence(text)
