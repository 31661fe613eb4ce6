"""Numbers: per operator, prefix and year of the operator's clock; never twice, and without gaps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.crowd import Act, at_once, crowd, undo
from tests.lifecycle.refusals import refused

_NEW = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source, created_at, number)
VALUES ($1, $2, 'No hot water', 'phone', $3, $4) RETURNING number
"""
_NEW_YEAR = datetime(2030, 12, 31, 11, tzinfo=UTC)
"""Midnight in Auckland."""
_NUMBERS = "SELECT number FROM team.tickets WHERE operator_id = $1 ORDER BY length(number), number"


async def _open(
    connection: Connection,
    moment: datetime = _NEW_YEAR,
    *,
    kind: str = "maintenance",
    operator: UUID = house.OPERATOR,
    number: str | None = None,
) -> str:
    given: str = await connection.fetchval(_NEW, operator, kind, moment, number)
    return given


async def test_each_operator_prefix_and_year_counts_for_itself(db: Connection) -> None:
    before = _NEW_YEAR - timedelta(seconds=1)
    assert [
        await _open(db),
        await _open(db),
        await _open(db, kind="cleaning"),
        await _open(db, kind="billing"),
        await _open(db, before),
        await _open(db, operator=house.NEIGHBOUR),
        await _open(db, before),
    ] == [
        "MT-2031-001",
        "MT-2031-002",
        "TK-2031-001",
        "TK-2031-002",
        "MT-2030-001",
        "MT-2030-001",  # in Lisbon it is still the old year
        "MT-2030-002",
    ]


async def test_what_is_rolled_back_gives_its_number_back(db: Connection) -> None:
    assert await _open(db) == "MT-2031-001"
    for _ in range(3):
        undone = db.transaction()
        await undone.start()
        assert await _open(db) == "MT-2031-002"
        await undone.rollback()
    assert await _open(db) == "MT-2031-002"


async def test_the_next_one_is_above_the_highest_that_was_brought_along(db: Connection) -> None:
    assert await _open(db, number="MT-2031-041") == "MT-2031-041"
    assert await _open(db, number="MT-2031-017") == "MT-2031-017"
    assert await _open(db) == "MT-2031-042"
    assert await _open(db, number="MT-2031-043") == "MT-2031-043"
    assert await _open(db) == "MT-2031-044"
    assert await _open(db, number="TK-2031-900") == "TK-2031-900"
    assert await _open(db) == "MT-2031-045"


async def test_it_is_above_those_that_were_there_before_anybody_counted(db: Connection) -> None:
    await db.execute("SET LOCAL session_replication_role = replica")
    for number in ("MT-2031-009", "MT-2031-0100", "MT-2031-098"):
        await db.execute(
            "INSERT INTO team.tickets (operator_id, number, ticket_type, workflow, title, status, source)"
            " VALUES ($1, $2, 'maintenance', 'maintenance', 'Old', 'closed', 'import')",
            house.OPERATOR,
            number,
        )
    await db.execute("SET LOCAL session_replication_role = origin")
    assert await _open(db, number="MT-2031-050") == "MT-2031-050"
    assert await _open(db) == "MT-2031-101"


async def test_three_digits_grow_to_four(db: Connection) -> None:
    await _open(db, number="MT-2031-998")
    assert [await _open(db) for _ in range(3)] == ["MT-2031-999", "MT-2031-1000", "MT-2031-1001"]


async def test_a_number_is_not_given_twice_nor_in_another_form(db: Connection) -> None:
    await _open(db)
    for number, error in (
        ("MT-2031-001", asyncpg.UniqueViolationError),
        ("MT-31-001", asyncpg.CheckViolationError),
        ("MT-2031-01", asyncpg.CheckViolationError),
        ("mt-2031-001", asyncpg.CheckViolationError),
        ("MT-2031-99999999999999999999", asyncpg.NumericValueOutOfRangeError),
    ):
        with pytest.raises(error):
            async with db.transaction():
                await _open(db, number=number)


async def test_a_conversion_keeps_the_number_and_begins_the_other_lifecycle(db: Connection) -> None:
    number = await _open(db, kind="guest_request")
    row = (
        "UPDATE team.tickets SET ticket_type = $2 WHERE operator_id = $3 AND number = $1"
        " RETURNING number, workflow, status"
    )
    for kind, expected in (
        ("maintenance", ("maintenance", "reported")),
        ("billing", ("general", "open")),
        ("cleaning", ("general", "open")),
    ):
        assert tuple(await db.fetchrow(row, number, kind, house.OPERATOR) or ()) == (number, *expected)
    assert await _open(db, kind="billing") == "TK-2031-002"
    events = "SELECT event_type FROM audit.events AS e JOIN team.tickets AS t ON t.id = e.ticket_id WHERE number = $1"
    assert [row[0] for row in await db.fetch(f"{events} ORDER BY sequence", number)] == [
        "ticket_created",
        *["ticket_converted"] * 3,
    ]


async def test_a_ticket_is_not_converted_once_work_has_begun_or_a_vendor_is_there(db: Connection) -> None:
    convert = "UPDATE team.tickets SET ticket_type = $2 WHERE id = $1"
    made = (
        "INSERT INTO team.tickets (operator_id, ticket_type, title, source)"
        " VALUES ($1, $2, 'Drip', 'chat') RETURNING id"
    )
    begun = await db.fetchval(made, house.OPERATOR, "general")
    await db.execute("UPDATE team.tickets SET status = 'in_progress' WHERE id = $1", begun)
    assert (await refused(db, convert, begun, "maintenance")).code == "WORK_HAS_STARTED"
    repair = await db.fetchval(made, house.OPERATOR, "maintenance")
    await db.execute(
        "INSERT INTO maintenance.jobs (operator_id, ticket_id, issue_type, urgency, assigned_vendor_id)"
        " VALUES ($1, $2, 'plumbing', 'routine', $3)",
        house.OPERATOR,
        repair,
        house.KAURI,
    )
    assert (await refused(db, convert, repair, "general")).code == "VENDOR_INVOLVED"


async def test_a_ticket_begins_at_the_beginning(db: Connection) -> None:
    begun = (
        "INSERT INTO team.tickets (operator_id, ticket_type, title, source, status)"
        " VALUES ($1, 'maintenance', 'Drip', 'chat', 'approved')"
    )
    refusal = await refused(db, begun, house.OPERATOR)
    assert (refusal.state, refusal.detail["allowed"]) == ("TK001", ["reported"])


@pytest.fixture
async def people(furnished: str) -> AsyncIterator[list[Connection]]:
    """Sixteen who open tickets."""
    async with crowd(furnished, 16) as connections:
        yield connections


async def test_a_hundred_at_once_around_new_year_are_counted_without_gaps(people: list[Connection]) -> None:
    """Every fifth is rolled back; half are of the old year, and some bring their own number."""
    acts = [_opening(n) for n in range(100)]
    outcomes = await at_once(people, acts)
    numbers = [row["number"] for row in await people[0].fetch(_NUMBERS, house.OPERATOR)]
    assert sum(isinstance(outcome, str) for outcome in outcomes) == len(numbers) == 80
    for prefix in ("MT-2030-", "MT-2031-", "TK-2030-", "TK-2031-"):
        found = [number for number in numbers if number.startswith(prefix)]
        assert found == [f"{prefix}{n:03}" for n in range(1, len(found) + 1)]
        assert len(found) == 20


def _opening(n: int) -> Act:
    moment = _NEW_YEAR + timedelta(milliseconds=n - 50)
    kind = "maintenance" if n % 2 else "general"

    async def act(connection: Connection) -> str:
        number = await _open(connection, moment, kind=kind)
        if n % 5 == 0:
            await undo()
        return number

    return act
