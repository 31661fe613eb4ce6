"""A time entry is allocated at most once over, in each of three sums: to tickets, to shifts, to inspections."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.crowd import Act, at_once, crowd
from tests.lifecycle.refusals import refused

_ENTRY = """
INSERT INTO team.time_entries (operator_id, member_id, started_at, ended_at)
VALUES ($1, $2, $3::text::timestamptz, $3::text::timestamptz + make_interval(secs => $4)) RETURNING id
"""
_TICKET = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source) VALUES ($1, 'general', 'Drip', 'phone') RETURNING id
"""
_SHIFT = "INSERT INTO team.team_shifts (operator_id, member_id, starts_at) VALUES ($1, $2, now()) RETURNING id"
_INSPECTION = """
INSERT INTO property.inspections (operator_id, property_id, kind, status, scheduled_at)
VALUES ($1, $2, 'routine', 'scheduled', now()) RETURNING id
"""
_TO = {
    "ticket": "INSERT INTO team.ticket_time_entries (operator_id, ticket_id, time_entry_id, role, allocated_seconds)"
    " VALUES ($1, $2, $3, 'work', $4)",
    "shift": "INSERT INTO team.shift_time_entries (operator_id, shift_id, time_entry_id, allocated_seconds)"
    " VALUES ($1, $2, $3, $4)",
    "inspection": "INSERT INTO property.inspection_time_entries (operator_id, inspection_id, time_entry_id, role,"
    " allocated_seconds) VALUES ($1, $2, $3, 'work', $4)",
}
_HOUR = 3600


async def _entry(db: Connection, seconds: int | None = _HOUR, day: int = 1) -> UUID:
    made: UUID = await db.fetchval(_ENTRY, house.OPERATOR, house.BEN_AT_WORK, f"2026-05-{day:02}T08:00Z", seconds)
    return made


async def _target(db: Connection, kind: str) -> UUID:
    made: UUID
    if kind == "ticket":
        made = await db.fetchval(_TICKET, house.OPERATOR)
    elif kind == "shift":
        made = await db.fetchval(_SHIFT, house.OPERATOR, house.BEN_AT_WORK)
    else:
        made = await db.fetchval(_INSPECTION, house.OPERATOR, house.RATA_4)
    return made


@pytest.mark.parametrize("kind", _TO)
async def test_no_sum_exceeds_the_duration(db: Connection, kind: str) -> None:
    entry = await _entry(db)
    await db.execute(_TO[kind], house.OPERATOR, await _target(db, kind), entry, 3000)
    refusal = await refused(db, _TO[kind], house.OPERATOR, await _target(db, kind), entry, 601)
    assert (refusal.state, refusal.code) == ("TK003", "TIME_ALLOCATED")
    assert {key: refusal.detail[key] for key in ("limit", "taken", "asked")} == {
        "limit": 3600,
        "taken": 3000,
        "asked": 601,
    }
    await db.execute(_TO[kind], house.OPERATOR, await _target(db, kind), entry, 600)


async def test_the_three_sums_stand_apart(db: Connection) -> None:
    entry = await _entry(db)
    for kind, sql in _TO.items():
        await db.execute(sql, house.OPERATOR, await _target(db, kind), entry, _HOUR)


async def test_many_rows_of_one_statement_count_together(db: Connection) -> None:
    entry = await _entry(db)
    tickets = [await _target(db, "ticket") for _ in range(3)]
    several = (
        "INSERT INTO team.ticket_time_entries (operator_id, ticket_id, time_entry_id, role, allocated_seconds)"
        " SELECT $1, t, $3, 'work', $4 FROM unnest($2::uuid[]) AS t"
    )
    assert (await refused(db, several, house.OPERATOR, tickets, entry, 1201)).state == "TK003"
    await db.execute(several, house.OPERATOR, tickets, entry, 1200)


@pytest.mark.parametrize("kind", _TO)
async def test_a_running_entry_is_not_allocated(db: Connection, kind: str) -> None:
    entry = await _entry(db, None)
    refusal = await refused(db, _TO[kind], house.OPERATOR, await _target(db, kind), entry, 1)
    assert (refusal.state, refusal.code) == ("TK002", "TIME_IS_RUNNING")


@pytest.mark.parametrize("kind", _TO)
async def test_an_entry_is_not_cut_below_what_is_allocated(db: Connection, kind: str) -> None:
    entry = await _entry(db)
    await db.execute(_TO[kind], house.OPERATOR, await _target(db, kind), entry, 3000)
    for column in (
        "ended_at = started_at + interval '2999 seconds'",
        "started_at = ended_at - interval '2999 seconds'",
        "ended_at = NULL",
    ):
        refusal = await refused(db, f"UPDATE team.time_entries SET {column} WHERE id = $1", entry)  # noqa: S608 - above
        assert (refusal.state, refusal.detail["taken"]) == ("TK003", 3000)
    await db.execute(
        "UPDATE team.time_entries SET ended_at = started_at + interval '3000 seconds' WHERE id = $1", entry
    )


async def test_a_changed_allocation_is_checked_without_itself(db: Connection) -> None:
    entry, other = await _entry(db), await _entry(db, 60, 2)
    ticket = await _target(db, "ticket")
    await db.execute(_TO["ticket"], house.OPERATOR, ticket, entry, 3000)
    change = "UPDATE team.ticket_time_entries SET allocated_seconds = $2 WHERE ticket_id = $1"
    assert (await refused(db, change, ticket, 3601)).state == "TK003"
    await db.execute(change, ticket, 3600)
    move = "UPDATE team.ticket_time_entries SET time_entry_id = $2 WHERE ticket_id = $1"
    assert (await refused(db, move, ticket, other)).state == "TK003"


async def test_active_time_is_the_sum_and_no_change_of_the_ticket(db: Connection) -> None:
    first, second = await _entry(db), await _entry(db, _HOUR, 2)
    here, there = await _target(db, "ticket"), await _target(db, "ticket")
    active = "SELECT active_time_seconds, version FROM team.tickets WHERE id = $1"

    async def seconds() -> list[tuple[int, int]]:
        return [tuple(await db.fetchrow(active, ticket) or ()) for ticket in (here, there)]

    await db.execute(_TO["ticket"], house.OPERATOR, here, first, 100)
    await db.execute(_TO["ticket"], house.OPERATOR, here, second, 200)
    assert await seconds() == [(300, 1), (0, 1)]
    move = "UPDATE team.ticket_time_entries SET ticket_id = $2 WHERE ticket_id = $1 AND time_entry_id = $3"
    await db.execute(move, here, there, second)
    assert await seconds() == [(100, 1), (200, 1)]
    await db.execute("DELETE FROM team.ticket_time_entries WHERE ticket_id = ANY ($1)", [here, there])
    assert await seconds() == [(0, 1), (0, 1)]
    told = "SELECT count(*) FROM audit.events WHERE entity = 'Ticket' AND entity_id = $1"
    assert [await db.fetchval(told, ticket) for ticket in (here, there)] == [1, 1]


@pytest.fixture
async def people(furnished: str) -> AsyncIterator[list[Connection]]:
    async with crowd(furnished, 8) as connections:
        yield connections


@pytest.mark.parametrize("kind", _TO)
async def test_however_many_allocate_it_at_once_it_is_not_exceeded(people: list[Connection], kind: str) -> None:
    db = people[0]
    for day in range(1, 6):
        entry = await _entry(db, _HOUR, day)
        targets = [await _target(db, kind) for _ in range(16)]
        outcomes = await at_once(people, [_allocation(kind, target, entry, 500) for target in targets])
        refusals = [outcome for outcome in outcomes if isinstance(outcome, asyncpg.PostgresError)]
        assert {error.sqlstate for error in refusals} == {"TK003"}
        assert len(outcomes) - len(refusals) == _HOUR // 500


async def test_an_entry_is_not_cut_while_it_is_allocated(people: list[Connection]) -> None:
    db = people[0]
    cut = "UPDATE team.time_entries SET ended_at = started_at + interval '1000 seconds' WHERE id = $1"
    for day in range(1, 11):
        entry = await _entry(db, _HOUR, day)

        async def shorten(connection: Connection, entry: UUID = entry) -> None:
            await connection.execute(cut, entry)

        targets = [await _target(db, "ticket") for _ in range(6)]
        acts = [_allocation("ticket", target, entry, 400) for target in targets]
        await at_once(people, [*acts[:3], shorten, *acts[3:]])
        fits = (
            "SELECT coalesce(sum(a.allocated_seconds), 0) <= min(e.duration_seconds) FROM team.time_entries AS e"
            " LEFT JOIN team.ticket_time_entries AS a ON a.time_entry_id = e.id WHERE e.id = $1"
        )
        assert await db.fetchval(fits, entry)


async def test_allocations_of_many_at_once_leave_the_right_sum(people: list[Connection]) -> None:
    db = people[0]
    ticket = await _target(db, "ticket")
    entries = [await _entry(db, _HOUR, day) for day in range(1, 29)]
    await at_once(people, [_allocation("ticket", ticket, entry, 60) for entry in entries])
    assert await db.fetchval("SELECT active_time_seconds FROM team.tickets WHERE id = $1", ticket) == 28 * 60


def _allocation(kind: str, target: UUID, entry: UUID, seconds: int) -> Act:
    async def act(connection: Connection) -> None:
        await connection.execute(_TO[kind], house.OPERATOR, target, entry, seconds)

    return act
