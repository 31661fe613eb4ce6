"""Completing and closing a repair: notes, cost, photo; paid or waived; and again after rework."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.house import AGENT, MANAGER, SYSTEM, acting
from tests.lifecycle.refusals import refused, tried
from tests.lifecycle.repair import COMPLETION, DEAR, PAYMENT, PHOTO, STATUS, Repair

_PARTS = {
    "COMPLETION_NOTES": "completion_notes = NULL",
    "ACTUAL_COST": "actual_cost_cents = NULL",
    "COMPLETION_PHOTO": "no_photo_reason = ''",
}
_OVERRIDE = "UPDATE team.tickets SET closure_override = 'The vendor went bankrupt' WHERE id = $1"


@pytest.mark.parametrize("part", _PARTS)
async def test_each_part_is_missed(db: Connection, part: str) -> None:
    repair = await Repair.working(db)
    await repair.run(COMPLETION, DEAR)
    await repair.run(f"UPDATE maintenance.jobs SET {_PARTS[part]} WHERE ticket_id = $1")  # noqa: S608 - above
    refusal = await refused(db, STATUS, repair.id, "completed")
    assert (refusal.missing, refusal.detail["missing"][0]["role"]) == ([part], "vendor")
    assert await repair.job("completed_at") is None


async def test_a_photo_stands_for_the_reason_why_there_is_none(db: Connection) -> None:
    repair = await Repair.working(db)
    await repair.run(COMPLETION, DEAR)
    await repair.run("UPDATE maintenance.jobs SET no_photo_reason = NULL WHERE ticket_id = $1")
    assert (await refused(db, STATUS, repair.id, "completed")).missing == ["COMPLETION_PHOTO"]
    now = await db.fetchval("SELECT now()")
    await db.execute(PHOTO, house.OPERATOR, repair.id, now)
    await repair.go("completed")
    assert await repair.job("completed_at") == now


@pytest.mark.parametrize("path", [["in_progress"], ["disputed", "in_progress"]])
async def test_after_rework_all_of_it_is_new(db: Connection, path: list[str]) -> None:
    repair = await Repair.working(db)
    now = await db.fetchval("SELECT now()")
    await db.execute(PHOTO, house.OPERATOR, repair.id, now)
    await repair.complete()
    for status in path:
        await repair.go(status)
    assert await repair.job("num_nulls(completion_notes, no_photo_reason, actual_cost_cents, cost_variance_cents)") == 4
    assert (await refused(db, STATUS, repair.id, "completed")).missing == list(_PARTS)
    await repair.run(COMPLETION, DEAR + 1)
    await repair.run("UPDATE maintenance.jobs SET no_photo_reason = NULL WHERE ticket_id = $1")
    assert (await refused(db, STATUS, repair.id, "completed")).missing == ["COMPLETION_PHOTO"]
    await db.execute(PHOTO, house.OPERATOR, repair.id, now + timedelta(seconds=1))
    await repair.go("completed")
    assert await repair.job("actual_cost_cents") == DEAR + 1


async def test_completed_at_is_the_last(db: Connection) -> None:
    repair = await Repair.working(db)
    await repair.complete()
    await repair.go("in_progress")
    await _a_day_earlier(db, repair)
    await repair.complete()
    assert await repair.job("completed_at = now()")
    await repair.go("disputed")
    await _a_day_earlier(db, repair)
    await repair.go("completed")
    assert await repair.job("completed_at < now()")  # nothing was done again


async def _a_day_earlier(db: Connection, repair: Repair) -> None:
    await db.execute("SET LOCAL session_replication_role = replica")
    await repair.run("UPDATE maintenance.jobs SET completed_at = completed_at - interval '1 day' WHERE ticket_id = $1")
    await db.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize(
    ("payments", "closes"),
    [
        ([], False),
        ([("pending", DEAR)], False),
        ([("failed", DEAR)], False),
        ([("refunded", DEAR)], False),
        ([("paid", DEAR - 1)], False),
        ([("paid", DEAR)], True),
        ([("paid", DEAR - 1), ("paid", 1)], True),
        ([("paid", DEAR - 1), ("pending", 1)], False),
        ([("paid", 1), ("waived", DEAR - 1)], True),
        ([("waived", 0)], True),
    ],
)
async def test_it_closes_when_its_cost_is_paid_or_waived(
    db: Connection, payments: list[tuple[str, int]], *, closes: bool
) -> None:
    repair = await Repair.working(db)
    await repair.complete()
    for status, cents in payments:
        await db.execute(PAYMENT, house.OPERATOR, repair.id, cents, status)
    for here in ("completed", "disputed"):
        if here == "disputed":
            await repair.go(here)
        refusal = await tried(db, STATUS, repair.id, "closed") if not closes else None
        assert closes or (refusal and refusal.missing == ["PAYMENT"])
    if closes:
        await repair.go("closed")


async def test_what_cost_nothing_needs_no_payment(db: Connection) -> None:
    repair = await Repair.working(db)
    await repair.complete(0)
    await repair.go("closed")
    assert await repair.ticket("closed_at = now() AND total_days_open = 0")


async def test_a_manager_closes_it_although_it_is_not_paid_and_nobody_else(db: Connection) -> None:
    repair = await Repair.working(db)
    await repair.complete()
    async with acting(db, AGENT):
        refusal = await refused(db, _OVERRIDE, repair.id)
        assert (refusal.state, refusal.code, refusal.detail["role"]) == ("TK004", "MANAGER_NEEDED", "manager")
    opened = (
        "INSERT INTO team.tickets (operator_id, ticket_type, title, source, closure_override)"
        " VALUES ($1, 'maintenance', 'Leak', 'phone', 'Just so')"
    )
    async with acting(db, AGENT):
        assert (await refused(db, opened, house.OPERATOR)).code == "MANAGER_NEEDED"
    async with acting(db, MANAGER):
        await repair.run(_OVERRIDE)
        await repair.go("closed")
    assert await repair.status() == "closed"


async def test_the_clockwork_closes_it_once_it_is_paid(db: Connection) -> None:
    repair = await Repair.working(db)
    await repair.complete(0)
    async with acting(db, SYSTEM):
        await repair.go("closed")
    assert (await repair.events())[-1] == ("status_changed", "system")


async def test_an_operator_without_settings_closes_its_tickets(db: Connection) -> None:
    await db.execute("DELETE FROM directory.operator_settings WHERE operator_id = $1", house.NEIGHBOUR)
    ticket = await db.fetchval(
        "INSERT INTO team.tickets (operator_id, ticket_type, title, source) VALUES ($1, 'billing', 'Invoice', 'email')"
        " RETURNING id",
        house.NEIGHBOUR,
    )
    for status in ("resolved", "closed"):
        await db.execute(STATUS, ticket, status)
    assert await db.fetchval("SELECT status FROM team.tickets WHERE id = $1", ticket) == "closed"
