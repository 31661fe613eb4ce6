"""A gate that passes or reopens moves the ticket in the same transaction, in whatever order and state."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from db.pool import Connection
from tests.lifecycle.repair import CHEAP, DEAR, REVOKE, STATUS, TUESDAY, WEDNESDAY, Repair

_FOLLOW = "SELECT lifecycle.follow_gates($1)"
_LOCKED = "SELECT locked_in_at IS NOT NULL FROM maintenance.jobs WHERE ticket_id = $1"


async def test_cost_then_time(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.go("pending_approval")
    await repair.approve()
    assert await repair.status() == "pending_tenant_confirmation"
    await repair.confirm()
    assert await repair.status() == "approved"


async def test_time_then_cost(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.go("pending_approval")
    await repair.confirm()
    assert await repair.status() == "pending_approval"
    await repair.approve()
    assert await repair.status() == "approved"


@pytest.mark.parametrize("order", list(permutations(["approve", "confirm", "quoted"])), ids="-".join)
async def test_gates_pass_in_any_order_and_in_any_earlier_state(db: Connection, order: tuple[str, ...]) -> None:
    """Who submits the quote says so to the gates, as its command does."""
    repair = await Repair.begin(db)
    await repair.quote(DEAR, visit_at=TUESDAY)
    for act in order:
        if act == "approve":
            await repair.approve()
        elif act == "confirm":
            await repair.confirm()
        else:
            await repair.run(STATUS, "quoted")
            await repair.run(_FOLLOW)
    assert (await repair.status(), await repair.gates()) == ("approved", (True, True))


async def test_who_moved_it_is_the_system_and_whose_act_it_was_comes_first(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.go("pending_approval")
    before = len(await repair.events())
    await repair.approve()
    assert (await repair.events())[before:] == [("approval_decided", "database"), ("status_changed", "system")]


async def test_a_reason_belongs_to_the_act_and_not_to_what_follows(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.go("pending_approval")
    await db.execute("SELECT set_config('command.reason', 'The owner agreed by phone', true)")
    await repair.approve()
    rows = await db.fetch(
        "SELECT details ->> 'reason' AS reason FROM audit.events WHERE ticket_id = $1 ORDER BY sequence DESC LIMIT 2",
        repair.id,
    )
    assert [row["reason"] for row in rows] == [None, "The owner agreed by phone"]
    await db.execute("SELECT set_config('command.reason', '', true)")


async def test_it_is_locked_in_once_when_both_have_passed(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.approve()
    assert not await db.fetchval(_LOCKED, repair.id)
    await repair.confirm()
    first = await repair.job("locked_in_at")
    assert first
    await db.execute("SET LOCAL session_replication_role = replica")
    await repair.run("UPDATE maintenance.jobs SET locked_in_at = locked_in_at - interval '1 day' WHERE ticket_id = $1")
    await db.execute("SET LOCAL session_replication_role = origin")
    await repair.quote(DEAR + 1, visit_at=WEDNESDAY)
    assert await repair.status() == "pending_approval"
    await repair.approve()
    await repair.confirm()
    assert (await repair.status(), await repair.job("locked_in_at")) == ("approved", first - timedelta(days=1))


async def test_it_is_locked_in_at_once_where_nobody_has_to_be_asked(db: Connection) -> None:
    repair = await Repair.begin(db, tenant=None)
    await repair.quote(CHEAP)
    assert (await repair.status(), await db.fetchval(_LOCKED, repair.id)) == ("vendor_contacted", True)


async def test_work_that_has_begun_is_not_moved_by_gates(db: Connection) -> None:
    repair = await Repair.working(db)
    approval = await db.fetchval("SELECT id FROM maintenance.approvals WHERE ticket_id = $1", repair.id)
    await db.execute(REVOKE, approval)
    assert await repair.status() == "in_progress"
    await repair.quote(DEAR + 1, visit_at=WEDNESDAY)
    assert await repair.status() == "in_progress"


async def test_a_change_order_goes_through_the_gates_again(db: Connection) -> None:
    repair = await Repair.working(db)
    await repair.go("quoted")
    assert await repair.status() == "quoted"
    await repair.quote(DEAR + 1)
    assert (await repair.status(), await repair.gates()) == ("quoted", (False, True))
    await repair.go("pending_approval")
    await repair.approve()
    assert await repair.status() == "approved"
    started = await repair.job("work_started_at")
    await repair.go("in_progress")
    assert await repair.job("work_started_at") == started
