"""What a ticket and its job begin with, and what a cancellation and an escalation leave."""

from __future__ import annotations

from uuid import UUID

import asyncpg
import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.house import AGENT, TENANT, acting
from tests.lifecycle.refusals import refused
from tests.lifecycle.repair import JOB, STATUS, Repair

_TICKET = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source, property_id, homeowner_id)
VALUES ($1, $2, 'Drip', 'phone', $3, $4) RETURNING id
"""
_CANCEL = "UPDATE team.tickets SET status = 'cancelled', cancel_reason = $2, cancel_note = $3 WHERE id = $1"
_ESCALATE = """
INSERT INTO maintenance.escalations (operator_id, ticket_id, type, status)
VALUES ($1, $2, 'safety_risk', $3) RETURNING id
"""


@pytest.mark.parametrize(
    ("kind", "workflow", "status"),
    [
        ("maintenance", "maintenance", "reported"),
        *((kind, "general", "open") for kind in ("guest_request", "owner_request", "cleaning", "inspection_followup")),
        *((kind, "general", "open") for kind in ("inventory", "billing", "general")),
    ],
)
async def test_its_type_names_its_workflow(db: Connection, kind: str, workflow: str, status: str) -> None:
    ticket = await db.fetchval(_TICKET, house.OPERATOR, kind, None, None)
    row = await db.fetchrow("SELECT workflow, status FROM team.tickets WHERE id = $1", ticket)
    assert tuple(row or ()) == (workflow, status)


@pytest.mark.parametrize(("given", "expected"), [(None, house.HANA), (house.IAN, house.IAN)])
async def test_its_homeowner_is_the_propertys(db: Connection, given: UUID | None, expected: UUID) -> None:
    ticket = await db.fetchval(_TICKET, house.OPERATOR, "general", house.RATA_4, given)
    assert await db.fetchval("SELECT homeowner_id FROM team.tickets WHERE id = $1", ticket) == expected
    seen = "SELECT EXISTS (SELECT FROM access.ticket_viewers WHERE ticket_id = $1 AND principal = $2)"
    assert await db.fetchval(seen, ticket, expected)


async def test_urgency_sets_the_priority(db: Connection) -> None:
    for urgency, priority in (("routine", "normal"), ("urgent", "high"), ("emergency", "urgent")):
        repair = await Repair.begin(db, urgency=urgency)
        assert await repair.ticket("priority") == priority
    await repair.run("UPDATE maintenance.jobs SET urgency = 'urgent' WHERE ticket_id = $1")
    assert await repair.ticket("priority") == "high"
    await repair.run("UPDATE team.tickets SET priority = 'low' WHERE id = $1")
    await repair.run("UPDATE maintenance.jobs SET location = 'Cellar' WHERE ticket_id = $1")
    assert await repair.ticket("priority") == "low"


async def test_only_a_maintenance_ticket_has_a_job_and_only_one(db: Connection) -> None:
    ticket = await db.fetchval(_TICKET, house.OPERATOR, "cleaning", None, None)
    assert (await refused(db, JOB, house.OPERATOR, ticket, "routine", None)).code == "NO_MAINTENANCE"
    repair = await Repair.begin(db)
    with pytest.raises(asyncpg.UniqueViolationError):
        async with db.transaction():
            await db.execute(JOB, house.OPERATOR, repair.id, "routine", None)


async def test_a_repair_without_a_job_lacks_it(db: Connection) -> None:
    ticket = await db.fetchval(_TICKET, house.OPERATOR, "maintenance", None, None)
    assert (await refused(db, STATUS, ticket, "in_progress")).missing == ["JOB"]


async def test_a_cancellation_says_who_and_why(db: Connection) -> None:
    repair = await Repair.quoted(db)
    assert (await refused(db, STATUS, repair.id, "cancelled")).missing == ["REASON"]
    with pytest.raises(asyncpg.CheckViolationError, match="tickets_other_reason_has_a_note"):
        async with db.transaction():
            await repair.run(_CANCEL, "other", None)
    async with acting(db, TENANT):
        await repair.run(_CANCEL, "other", "We moved")
    assert await repair.ticket("(cancelled_by, cancelled_at = now(), closed_at IS NULL)") == ("tenant", True, True)
    for status in ("reported", "in_progress", "closed"):
        assert (await refused(db, STATUS, repair.id, status)).detail["allowed"] == []


async def test_an_escalation_marks_its_ticket_and_is_resolved_when_its_status_says_so(db: Connection) -> None:
    repair = await Repair.begin(db)
    async with acting(db, AGENT):
        row = await db.fetchval(_ESCALATE, house.OPERATOR, repair.id, "open")
    assert await repair.ticket("escalated_at = now()")
    turn = "UPDATE maintenance.escalations SET status = $2 WHERE id = $1 RETURNING resolved_at = now()"
    assert [await db.fetchval(turn, row, status) for status in ("in_review", "resolved", "closed", "open")] == [
        None,
        True,
        True,
        None,
    ]
    assert ("escalation_raised", "agent") in await repair.events()
