"""What follows from other rows: it is right, nobody writes it by hand, and it is no change of its own."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.house import AGENT, BEN, GUEST, KAURI, MANAGER, OWNER, TENANT, TUI, VENDOR, acting
from tests.lifecycle.refusals import refused
from tests.lifecycle.repair import CHEAP, COMPLETION, DEAR, STATUS, Repair

_GENERAL = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source, requestor_contact_id, created_at)
VALUES ($1, 'guest_request', 'More towels', 'portal', $2, now() - interval '50 hours') RETURNING id
"""
_COMMENT = """
INSERT INTO team.ticket_comments (operator_id, ticket_id, author_contact_id, body, visibility)
VALUES ($1, $2, $3, 'We are on it.', $4)
"""
_THREAD = "INSERT INTO messaging.threads (operator_id, ticket_id) VALUES ($1, $2) RETURNING id"
_MESSAGE = """
INSERT INTO messaging.messages (operator_id, thread_id, message_id, direction, sender, body, received_at)
VALUES ($1, $2, $3, $4, 'desk@example.org', 'We are on it.', now())
"""
_STATE = (
    "SELECT version, (SELECT count(*) FROM audit.events WHERE entity_id = t.id) FROM team.tickets AS t WHERE id = $1"
)


async def _general(db: Connection) -> UUID:
    made: UUID = await db.fetchval(_GENERAL, house.OPERATOR, house.KIM)
    return made


async def _responded(db: Connection, ticket: UUID) -> bool:
    found: bool = await db.fetchval("SELECT first_response_at IS NOT NULL FROM team.tickets WHERE id = $1", ticket)
    return found


@pytest.mark.parametrize(
    ("viewer", "visibility", "answers"),
    [
        (AGENT, "public", True),
        (MANAGER, "public", True),
        (VENDOR, "public", True),
        (AGENT, "internal", False),
        (GUEST, "public", False),
        (TENANT, "public", False),
        (OWNER, "public", False),
    ],
)
async def test_the_first_public_comment_of_staff_or_vendor_is_the_response(
    db: Connection, viewer: house.Viewer, visibility: str, *, answers: bool
) -> None:
    ticket = await _general(db)
    before = await db.fetchrow(_STATE, ticket)
    async with acting(db, viewer):
        await db.execute(_COMMENT, house.OPERATOR, ticket, viewer.contact, visibility)
    assert await _responded(db, ticket) is answers
    assert await db.fetchrow(_STATE, ticket) == before


async def test_a_comment_by_sql_is_its_authors(db: Connection) -> None:
    for author, answers in ((house.KIM, False), (BEN, True)):
        ticket = await _general(db)
        await db.execute(_COMMENT, house.OPERATOR, ticket, author, "public")
        assert await _responded(db, ticket) is answers


@pytest.mark.parametrize(("direction", "answers"), [("inbound", False), ("outbound", True)])
async def test_the_first_message_to_the_outside_is_the_response(
    db: Connection, direction: str, *, answers: bool
) -> None:
    ticket = await _general(db)
    thread = await db.fetchval(_THREAD, house.OPERATOR, ticket)
    await db.execute(_MESSAGE, house.OPERATOR, thread, f"<{ticket}>", direction)
    assert await _responded(db, ticket) is answers


@pytest.mark.parametrize(("viewer", "answers"), [(AGENT, True), (None, False)])
async def test_a_change_of_status_by_staff_is_the_response(
    db: Connection, viewer: house.Viewer | None, *, answers: bool
) -> None:
    ticket = await _general(db)
    async with acting(db, viewer):
        await db.execute(STATUS, ticket, "in_progress")
    assert await _responded(db, ticket) is answers


async def test_the_first_response_stays(db: Connection) -> None:
    ticket = await _general(db)
    await db.execute(_COMMENT, house.OPERATOR, ticket, BEN, "public")
    await db.execute("SET LOCAL session_replication_role = replica")
    await db.execute("UPDATE team.tickets SET first_response_at = '2020-01-01Z' WHERE id = $1", ticket)
    await db.execute("SET LOCAL session_replication_role = origin")
    await db.execute(_COMMENT, house.OPERATOR, ticket, BEN, "public")
    assert await db.fetchval("SELECT first_response_at < now() FROM team.tickets WHERE id = $1", ticket)


async def test_a_resolution_takes_from_creation_and_is_cleared_by_a_reopening(db: Connection) -> None:
    ticket = await _general(db)
    row = "SELECT resolved_at = now(), resolution_seconds, closed_at = now(), total_days_open, reopened_count"
    row += " FROM team.tickets WHERE id = $1"
    for status, expected in (
        ("resolved", (True, 180_000, None, None, 0)),
        ("in_progress", (None, None, None, None, 1)),
        ("resolved", (True, 180_000, None, None, 1)),
        ("closed", (True, 180_000, True, 2, 1)),
        ("in_progress", (None, None, None, None, 2)),
    ):
        await db.execute(STATUS, ticket, status)
        assert tuple(await db.fetchrow(row, ticket) or ()) == expected


async def test_a_repair_is_resolved_when_it_is_completed_and_not_when_it_is_reworked(db: Connection) -> None:
    repair = await Repair.working(db)
    await repair.complete()
    resolved = "resolved_at = now() AND resolution_seconds = 0"
    assert await repair.ticket(resolved)
    await repair.go("disputed")
    assert await repair.ticket(resolved)
    await repair.go("in_progress")
    assert await repair.ticket("num_nulls(resolved_at, resolution_seconds)") == 2


@pytest.mark.parametrize(
    "column",
    [
        "first_response_at = now()",
        "resolved_at = now()",
        "resolution_seconds = 1",
        "closed_at = now()",
        "total_days_open = 1",
        "active_time_seconds = 1",
        "reopened_count = 1",
        "held_from = 'open'",
        "held_at = now()",
        "cancelled_at = now()",
        "cancelled_by = 'agent'",
        "escalated_at = now()",
        "number = 'TK-2000-001'",
        "created_at = now() - interval '1 year'",
    ],
)
async def test_a_ticket_takes_none_of_it_by_hand(db: Connection, column: str) -> None:
    ticket = await _general(db)
    for viewer in (None, MANAGER):
        async with acting(db, viewer):
            change = f"UPDATE team.tickets SET {column} WHERE id = $1"  # noqa: S608 - above
            assert (await refused(db, change, ticket)).state == "TK005"


@pytest.mark.parametrize(
    "column", ["first_response_at", "resolved_at", "closed_at", "held_at", "cancelled_at", "escalated_at"]
)
async def test_a_ticket_does_not_begin_with_it(db: Connection, column: str) -> None:
    begun = (
        f"INSERT INTO team.tickets (operator_id, ticket_type, title, source, {column})"  # noqa: S608 - above
        " VALUES ($1, 'general', 'Later', 'phone', now())"
    )
    assert (await refused(db, begun, house.OPERATOR)).state == "TK005"


async def test_a_job_takes_none_of_it_by_hand(db: Connection) -> None:
    repair = await Repair.quoted(db)
    for column in ("locked_in_at = now()", "cost_variance_cents = 1", "cost_variance_percent = 1"):
        change = f"UPDATE maintenance.jobs SET {column} WHERE ticket_id = $1"  # noqa: S608 - above
        assert (await refused(db, change, repair.id)).state == "TK005"
    await repair.approve()
    await repair.confirm()
    unlocked = "UPDATE maintenance.jobs SET locked_in_at = NULL WHERE ticket_id = $1"
    assert (await refused(db, unlocked, repair.id)).state == "TK005"


async def test_variance_is_to_the_approved_amount_or_else_to_the_estimate(db: Connection) -> None:
    variance = "(cost_variance_cents, cost_variance_percent)"
    repair = await Repair.working(db, vendor=KAURI)
    await repair.run("UPDATE maintenance.jobs SET estimated_cost_cents = 1 WHERE ticket_id = $1")
    await repair.run(COMPLETION, DEAR + 20_000)
    assert await repair.job(variance) == (20_000, Decimal("25.00"))
    await repair.run("UPDATE maintenance.jobs SET actual_cost_cents = $2 WHERE ticket_id = $1", DEAR - 7)
    assert await repair.job(variance) == (-7, Decimal("-0.01"))
    other = await Repair.begin(db)
    await other.run(COMPLETION, 300)
    assert await other.job(variance) == (None, None)
    await other.run("UPDATE maintenance.jobs SET estimated_cost_cents = 900 WHERE ticket_id = $1")
    assert await other.job(variance) == (-600, Decimal("-66.67"))
    await other.run("UPDATE maintenance.jobs SET estimated_cost_cents = 0 WHERE ticket_id = $1")
    assert await other.job(variance) == (300, None)
    await other.run("UPDATE maintenance.jobs SET actual_cost_cents = NULL WHERE ticket_id = $1")
    assert await other.job(variance) == (None, None)


async def test_variance_follows_an_approval_that_comes_later(db: Connection) -> None:
    repair = await Repair.begin(db)
    await repair.quote(DEAR)
    await repair.run(COMPLETION, DEAR + 100)
    assert await repair.job("cost_variance_cents") is None
    approval = await repair.approve()
    assert await repair.job("cost_variance_cents") == 100
    await db.execute("UPDATE maintenance.approvals SET revoked_at = now() WHERE id = $1", approval)
    assert await repair.job("cost_variance_cents") is None


async def test_a_vendors_rating_is_the_mean_of_what_tenants_gave(db: Connection) -> None:
    rate = "UPDATE maintenance.jobs SET tenant_rating = $2 WHERE ticket_id = $1"
    rating = "SELECT rating, rating_count FROM directory.vendor_profiles WHERE company_id = $1"
    first, second, third = [await Repair.quoted(db, CHEAP) for _ in range(3)]
    for repair, stars, mean in ((first, 5, "5"), (second, 4, "4.5"), (third, 4, "4.33"), (third, 1, "3.33")):
        await repair.run(rate, stars)
        assert await db.fetchval(rating, KAURI) == Decimal(mean)
    await third.assign(TUI)
    assert tuple(await db.fetchrow(rating, KAURI) or ()) == (Decimal("4.5"), 2)
    assert tuple(await db.fetchrow(rating, TUI) or ()) == (Decimal(1), 1)
    await third.run(rate, None)
    assert tuple(await db.fetchrow(rating, TUI) or ()) == (None, 0)


async def test_a_rating_is_not_written_by_hand_and_changes_no_version(db: Connection) -> None:
    profile = "SELECT version, (SELECT count(*) FROM audit.events WHERE entity_id = p.id)"
    profile += " FROM directory.vendor_profiles AS p WHERE company_id = $1"
    repair, before = await Repair.quoted(db), await db.fetchrow(profile, KAURI)
    await repair.run("UPDATE maintenance.jobs SET tenant_rating = 3 WHERE ticket_id = $1")
    assert await db.fetchrow(profile, KAURI) == before
    for column in ("rating = 5", "rating_count = 99"):
        change = f"UPDATE directory.vendor_profiles SET {column} WHERE company_id = $1"  # noqa: S608 - above
        assert (await refused(db, change, KAURI)).state == "TK005"
    begun = "INSERT INTO directory.vendor_profiles (operator_id, company_id, rating) VALUES ($1, $2, 5)"
    assert (await refused(db, begun, house.NEIGHBOUR, house.CANOS)).state == "TK005"


async def test_a_profile_that_comes_later_has_the_rating_of_the_jobs_before(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.run("UPDATE maintenance.jobs SET tenant_rating = 2 WHERE ticket_id = $1")
    await db.execute("DELETE FROM directory.vendor_profiles WHERE company_id = $1", KAURI)
    await db.execute(
        "INSERT INTO directory.vendor_profiles (operator_id, company_id) VALUES ($1, $2)", house.OPERATOR, KAURI
    )
    assert await db.fetchval("SELECT rating FROM directory.vendor_profiles WHERE company_id = $1", KAURI) == 2


async def test_a_checklist_row_is_done_when_its_status_says_so(db: Connection) -> None:
    project = await db.fetchval(
        "INSERT INTO team.projects (operator_id, name, project_type, scope_type)"
        " VALUES ($1, 'Smoke detectors', 'safety', 'property') RETURNING id",
        house.OPERATOR,
    )
    row = await db.fetchval(
        "INSERT INTO team.project_properties (operator_id, project_id, property_id) VALUES ($1, $2, $3) RETURNING id",
        house.OPERATOR,
        project,
        house.RATA_4,
    )
    turn = "UPDATE team.project_properties SET status = $2 WHERE id = $1 RETURNING completed_at = now()"
    assert await db.fetchval(turn, row, "in_progress") is None
    assert await db.fetchval(turn, row, "done") is True
    by_hand = (
        "UPDATE team.project_properties SET completed_at = '2020-01-01Z' WHERE id = $1 RETURNING completed_at = now()"
    )
    assert await db.fetchval(by_hand, row) is True
    assert await db.fetchval(turn, row, "skipped") is None
