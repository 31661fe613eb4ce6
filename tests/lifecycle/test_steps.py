"""Every pair of states, with guards satisfied and with each of them not, for a client of the database itself."""

from __future__ import annotations

import pytest

from db.pool import Connection
from tests.lifecycle.refusals import tried
from tests.lifecycle.scenes import SCENES, STEP, Scene, arrange
from tests.lifecycle.tables import GENERAL, GENERAL_STATES, MAINTENANCE, MAINTENANCE_STATES, Steps

_KNOWN = "SELECT from_state, to_state FROM team.workflow_transitions WHERE workflow = $1"
_ROW = "SELECT to_jsonb(t) - '{updated_at,version}'::text[] AS row FROM team.tickets AS t WHERE id = $1"


@pytest.mark.parametrize(("workflow", "steps"), [("general", GENERAL), ("maintenance", MAINTENANCE)])
async def test_a_lifecycle_has_the_steps_that_are_specified(db: Connection, workflow: str, steps: Steps) -> None:
    assert {(row[0], row[1]) for row in await db.fetch(_KNOWN, workflow)} == steps.keys()


@pytest.mark.parametrize("scene", ["everything", "no reason"])
@pytest.mark.parametrize("here", GENERAL_STATES)
async def test_a_general_ticket_takes_the_steps_that_are_specified_and_no_others(
    db: Connection, here: str, scene: str
) -> None:
    await _attempt(db, "general", GENERAL, GENERAL_STATES, here, SCENES[scene])


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("here", MAINTENANCE_STATES)
async def test_a_repair_takes_the_steps_that_are_specified_where_their_guards_hold_and_no_others(
    db: Connection, here: str, scene: str
) -> None:
    await _attempt(db, "maintenance", MAINTENANCE, MAINTENANCE_STATES, here, SCENES[scene])


async def _attempt(db: Connection, workflow: str, steps: Steps, states: list[str], here: str, scene: Scene) -> None:
    """Tries every state from here; what passes is undone."""
    ticket = await arrange(db, scene, workflow, here)
    before = await db.fetchval(_ROW, ticket)
    allowed = [there for there in states if (here, there) in steps]
    if here == "on_hold":
        allowed = [there for there in allowed if there in ("cancelled", scene.held_from)]
    for there in set(states) - {here}:
        step = steps.get((here, there))
        lacks = scene.lacks(step, there) if step else ["NO_SUCH_STEP"]
        undone = db.transaction()
        await undone.start()
        refusal = await tried(db, STEP, ticket, there, scene.reason)
        status = await db.fetchval("SELECT status FROM team.tickets WHERE id = $1", ticket)
        if lacks:
            assert refusal is not None, (there, lacks)
            assert (refusal.state, refusal.code, refusal.missing) == ("TK001", "TRANSITION_REFUSED", lacks), there
            assert (refusal.detail["from"], refusal.detail["to"]) == (here, there)
            assert refusal.detail["allowed"] == allowed
            assert await db.fetchval(_ROW, ticket) == before
        else:
            assert (refusal, status) == (None, _lands(here, there, scene))
        await undone.rollback()


def _lands(here: str, there: str, scene: Scene) -> str:
    """Where a step ends: what is resumed as approved, but for another tenant that was not asked, waits for it."""
    if (here, there) != ("on_hold", "approved") or scene.confirmed:
        return there
    return "pending_tenant_confirmation" if scene.vendor and scene.quote and scene.approved else "pending_approval"
