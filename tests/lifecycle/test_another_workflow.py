"""A workflow for another type of ticket is rows: what the migration of a new one would write, and nothing else."""

from __future__ import annotations

import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.house import AGENT, MANAGER, SYSTEM, acting
from tests.lifecycle.refusals import refused, tried
from tests.lifecycle.repair import STATUS

_ROWS = """
UPDATE team.workflows SET ticket_types = array_remove(ticket_types, 'inventory') WHERE name = 'general';
INSERT INTO team.workflows (name, description, ticket_types, number_prefix)
VALUES ('stock', 'Stock that is reported, approved, bought.', '{inventory}', 'ST');
INSERT INTO team.workflow_states (workflow, position, name, initial, held, final, resolves, cancels) VALUES
    ('stock', 1, 'reported', true, false, false, false, false),
    ('stock', 2, 'approved', false, false, false, false, false),
    ('stock', 3, 'on_hold', false, true, false, false, false),
    ('stock', 4, 'completed', false, false, false, true, false),
    ('stock', 5, 'closed', false, false, true, false, false),
    ('stock', 6, 'cancelled', false, false, true, false, true);
INSERT INTO team.workflow_transitions (workflow, from_state, to_state, roles, guards, reopening) VALUES
    ('stock', 'reported', 'approved', '{manager}', '{}', false),
    ('stock', 'reported', 'cancelled', '{staff}', '{reason}', false),
    ('stock', 'approved', 'on_hold', '{staff}', '{reason}', false),
    ('stock', 'on_hold', 'approved', '{staff}', '{held_from}', false),
    ('stock', 'approved', 'completed', '{staff}', '{}', false),
    ('stock', 'completed', 'approved', '{staff}', '{}', true),
    ('stock', 'completed', 'closed', '{staff,system}', '{reopening_window}', false);
"""
_OPEN = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source) VALUES ($1, 'inventory', 'Towels', 'phone')
RETURNING id
"""
_HOLD = "UPDATE team.tickets SET status = 'on_hold', hold_reason = 'Out of stock' WHERE id = $1"
_TICKET = "SELECT workflow, status, number LIKE 'ST-%-001' AS numbered FROM team.tickets WHERE id = $1"
_STANDS = (
    "SELECT status, held_from, resolved_at IS NOT NULL AS resolved, reopened_count FROM team.tickets WHERE id = $1"
)
_VERDICTS = "SELECT to_state, open FROM lifecycle.verdicts(ARRAY[$1::uuid])"


@pytest.fixture
async def ticket(db: Connection) -> object:
    await db.execute(_ROWS)
    return await db.fetchval(_OPEN, house.OPERATOR)


async def test_its_type_its_beginning_and_its_numbers_are_rows(db: Connection, ticket: object) -> None:
    assert tuple(await db.fetchrow(_TICKET, ticket) or ()) == ("stock", "reported", True)


async def test_its_steps_roles_and_guards_are_rows(db: Connection, ticket: object) -> None:
    async with acting(db, AGENT):
        assert (await refused(db, STATUS, ticket, "approved")).missing == ["ROLE"]
        assert (await refused(db, STATUS, ticket, "completed")).missing == ["NO_SUCH_STEP"]
        verdicts = {row["to_state"]: row["open"] for row in await db.fetch(_VERDICTS, ticket)}
    assert verdicts == {"approved": False, "cancelled": True}
    async with acting(db, MANAGER):
        assert await tried(db, STATUS, ticket, "approved") is None


async def test_what_follows_from_its_states_is_rows(db: Connection, ticket: object) -> None:
    await db.execute(STATUS, ticket, "approved")
    assert (await refused(db, STATUS, ticket, "on_hold")).missing == ["REASON"]
    await db.execute(_HOLD, ticket)
    assert tuple(await db.fetchrow(_STANDS, ticket) or ()) == ("on_hold", "approved", False, 0)
    await db.execute(STATUS, ticket, "approved")
    await db.execute(STATUS, ticket, "completed")
    assert tuple(await db.fetchrow(_STANDS, ticket) or ()) == ("completed", None, True, 0)
    async with acting(db, SYSTEM):
        assert (await refused(db, STATUS, ticket, "closed")).missing == ["REOPENING_WINDOW"]
    await db.execute(STATUS, ticket, "approved")
    assert tuple(await db.fetchrow(_STANDS, ticket) or ()) == ("approved", None, False, 1)


async def test_its_picture_is_drawn_from_its_rows(db: Connection, ticket: object) -> None:  # noqa: ARG001 - its rows
    drawn = await db.fetchval("SELECT m.mermaid FROM lifecycle.mermaid('{stock}') AS m (name, mermaid)")
    assert "completed --> approved: staff" in drawn
