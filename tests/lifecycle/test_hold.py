"""On hold: nothing is offered or decided, and it returns to where it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.refusals import refused
from tests.lifecycle.repair import (
    ASSIGN,
    CONFIRM,
    DEAR,
    DECISION,
    HOLD,
    QUOTE,
    REVOKE,
    SLOT,
    STATUS,
    TUESDAY,
    WEDNESDAY,
    Repair,
)

_PAST = datetime(2020, 1, 1, tzinfo=UTC)


async def test_while_held_nothing_is_offered_or_decided(db: Connection) -> None:
    repair = await Repair.quoted(db)
    quote, approval = await repair.live(), await repair.approve()
    assert quote
    slot = await repair.slot(quote, WEDNESDAY)
    await repair.hold()
    acts: list[tuple[str, tuple[object, ...]]] = [
        (QUOTE, (house.OPERATOR, repair.id, house.KAURI, 1, "NZD", None, None)),
        (QUOTE, (house.OPERATOR, repair.id, house.TUI, 1, "NZD", None, None)),
        ("UPDATE maintenance.quotes SET visit_at = now() WHERE id = $1", (quote,)),
        (SLOT, (house.OPERATOR, quote, TUESDAY)),
        ("UPDATE maintenance.visit_slots SET selected_at = now() WHERE id = $1", (slot,)),
        ("UPDATE maintenance.visit_slots SET accepted_at = now() WHERE id = $1", (slot,)),
        ("DELETE FROM maintenance.visit_slots WHERE id = $1", (slot,)),
        (DECISION, (house.OPERATOR, repair.id, quote, "rejected", house.BEN, None, "NZD", None)),
        (REVOKE, (approval,)),
        (ASSIGN, (repair.id, house.TUI)),
        (CONFIRM, (repair.id,)),
    ]
    before = await repair.events()
    for sql, values in acts:
        refusal = await refused(db, sql, *values)
        assert (refusal.state, refusal.code) == ("TK002", "TICKET_ON_HOLD"), sql
    assert await repair.events() == before


@pytest.mark.parametrize("status", ["vendor_contacted", "quoted", "pending_approval", "in_progress"])
async def test_it_returns_to_where_it_was_held_and_nowhere_else(db: Connection, status: str) -> None:
    repair = await Repair.quoted(db)
    await db.execute("SET LOCAL session_replication_role = replica")
    await repair.go(status)
    await db.execute("SET LOCAL session_replication_role = origin")
    await repair.hold()
    assert await repair.ticket("held_from") == status
    assert await repair.ticket("held_at IS NOT NULL AND hold_reason IS NOT NULL")
    for other in ("reported", "approved", "completed"):
        refusal = await refused(db, STATUS, repair.id, other)
        assert refusal.missing == ["HELD_FROM"]
        assert refusal.detail["allowed"] == [status, "cancelled"]
    await repair.go(status)
    assert await repair.ticket("num_nulls(held_from, held_at, held_until, hold_reason)") == 4


async def test_a_hold_wants_a_reason_each_time(db: Connection) -> None:
    repair = await Repair.quoted(db)
    assert (await refused(db, STATUS, repair.id, "on_hold")).missing == ["REASON"]
    empty = "UPDATE team.tickets SET status = 'on_hold', hold_reason = '' WHERE id = $1"
    assert (await refused(db, empty, repair.id)).missing == ["REASON"]
    await repair.hold()
    await repair.go("quoted")
    assert (await refused(db, STATUS, repair.id, "on_hold")).missing == ["REASON"]


async def test_a_visit_whose_time_has_passed_meanwhile_is_to_be_confirmed_again(db: Connection) -> None:
    repair = await Repair.approved(db)
    await repair.hold()
    await _let_the_visit_pass(db, repair)
    await repair.go("approved")
    assert (await repair.status(), await repair.gates()) == ("pending_tenant_confirmation", (True, False))


async def test_so_it_is_after_a_change_order(db: Connection) -> None:
    repair = await Repair.working(db)
    await repair.go("quoted")
    await repair.quote(DEAR)
    assert await repair.status() == "approved"
    await repair.hold()
    await _let_the_visit_pass(db, repair)
    await repair.go("approved")
    assert await repair.status() == "pending_tenant_confirmation"


async def test_work_that_was_held_goes_on_though_its_visit_has_passed(db: Connection) -> None:
    repair = await Repair.working(db)
    await repair.hold()
    await _let_the_visit_pass(db, repair)
    await repair.go("in_progress")
    assert (await repair.status(), await repair.gates()) == ("in_progress", (True, True))


async def _let_the_visit_pass(db: Connection, repair: Repair) -> None:
    await db.execute("SET LOCAL session_replication_role = replica")
    await repair.run("UPDATE maintenance.quotes SET visit_at = $2 WHERE ticket_id = $1", _PAST)
    await db.execute("SET LOCAL session_replication_role = origin")


async def test_resuming_checks_no_guard_again(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.go("pending_approval")
    await repair.hold()
    await db.execute("SET LOCAL session_replication_role = replica")
    await repair.run("UPDATE maintenance.quotes SET valid_until = $2 WHERE ticket_id = $1", _PAST)
    await db.execute("SET LOCAL session_replication_role = origin")
    await repair.go("pending_approval")
    assert (await repair.status(), await repair.live()) == ("pending_approval", None)


async def test_a_tenant_that_moves_in_while_held_is_asked(db: Connection) -> None:
    repair = await Repair.approved(db)
    await repair.hold()
    await repair.run("UPDATE maintenance.jobs SET tenant_contact_id = $2 WHERE ticket_id = $1", house.GRACE)
    assert await repair.status() == "on_hold"
    await repair.go("approved")
    assert await repair.status() == "pending_tenant_confirmation"


async def test_where_the_tenant_moves_out_while_held_nobody_is_asked(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.approve()
    await repair.hold()
    await repair.run("UPDATE maintenance.jobs SET tenant_contact_id = NULL WHERE ticket_id = $1")
    await repair.go("pending_tenant_confirmation")
    assert await repair.status() == "approved"


async def test_a_repair_that_was_held_in_reported_keeps_its_vendor(db: Connection) -> None:
    repair = await Repair.begin(db, vendor=None)
    await repair.assign(house.KAURI)
    await repair.run(HOLD)
    await repair.go("reported")
    assert await repair.job("assigned_vendor_id") == house.KAURI


async def test_a_hold_that_ends_in_a_cancellation_is_no_hold_any_more(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.hold()
    await repair.run("UPDATE team.tickets SET status = 'cancelled', cancel_reason = 'duplicate' WHERE id = $1")
    assert await repair.ticket("num_nulls(held_from, held_at, hold_reason)") == 3
    assert await repair.ticket("cancelled_by") == "database"


async def test_waiting_holds_a_general_ticket(db: Connection) -> None:
    ticket = await db.fetchval(
        "INSERT INTO team.tickets (operator_id, ticket_type, title, source) VALUES ($1, 'billing', 'Invoice', 'email')"
        " RETURNING id",
        house.OPERATOR,
    )
    await db.execute("UPDATE team.tickets SET status = 'waiting', hold_reason = 'The bank' WHERE id = $1", ticket)
    held = "SELECT held_from, held_at IS NULL AND hold_reason IS NULL FROM team.tickets WHERE id = $1"
    assert tuple(await db.fetchrow(held, ticket) or ()) == ("open", False)
    await db.execute(STATUS, ticket, "in_progress")
    assert tuple(await db.fetchrow(held, ticket) or ()) == (None, True)
