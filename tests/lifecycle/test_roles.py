"""Who may take which step, as handlers take it: with the viewer's settings and the role that writes."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from db.pool import Connection
from tests.lifecycle.house import CAST, acting
from tests.lifecycle.refusals import tried
from tests.lifecycle.scenes import FULL, SCENES, STEP, Scene, arrange
from tests.lifecycle.tables import GENERAL, GENERAL_STATES, MAINTENANCE, MAINTENANCE_STATES, Step, Steps

_TO_A_REPAIR = {
    "vendor": "vendor",
    "tenant": "tenant",
    "owner": "owner",
    "co-owner": "owner",
    "requestor": "requestor",
}
_TO_A_TICKET = {"requestor": "requestor"}
_ON_STAFF = {name: name for name in ("agent", "manager", "admin", "system")}
_FITTING = [
    *SCENES.values(),
    replace(FULL, emergency=True),
    *(
        replace(FULL, held_from=state)
        for state in MAINTENANCE_STATES
        if state not in ("on_hold", "closed", "cancelled")
    ),
]
_A_REASON = True
_OUTSIDE = {"vendor", "tenant", "guest", "homeowner"}
_VERDICTS = "SELECT to_state, open, missing, wants_reason FROM lifecycle.verdicts(ARRAY[$1::uuid])"


def _who(name: str, workflow: str) -> str:
    """What somebody is to the ticket of a scene."""
    return (_ON_STAFF | (_TO_A_REPAIR if workflow == "maintenance" else _TO_A_TICKET)).get(name, "nobody")


def _may(who: str, step: Step, scene: Scene) -> bool:
    """By the specification; of a hold the ticket is cancelled by whoever might have where it was held."""
    if "cancellable" in step.guards:
        before = MAINTENANCE.get((scene.held_from, "cancelled"))
        return before is not None and who in before.who & step.who
    if who == "agent" and "direct" in step.guards:
        return scene.emergency
    return who in step.who


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize(
    ("workflow", "here"),
    [("general", state) for state in GENERAL_STATES] + [("maintenance", state) for state in MAINTENANCE_STATES],
)
async def test_who_is_specified_may_take_a_step_and_nobody_else(
    db: Connection, workflow: str, here: str, name: str
) -> None:
    steps = GENERAL if workflow == "general" else MAINTENANCE
    for (start, there), step in steps.items():
        for scene in _scenes(here, there, step) if start == here else ():
            undone = db.transaction()
            await undone.start()
            await _attempt(db, workflow, (here, there), scene, name)
            await undone.rollback()


def _scenes(here: str, there: str, step: Step) -> list[Scene]:
    """The first in which every guard holds; all of them where who may depends on the scene."""
    fitting = [scene for scene in _FITTING if not scene.lacks(step, there)]
    depends = here == "on_hold" or "direct" in step.guards
    return fitting if depends else fitting[:1]


async def _attempt(db: Connection, workflow: str, pair: tuple[str, str], scene: Scene, name: str) -> None:
    here, there = pair
    steps: Steps = GENERAL if workflow == "general" else MAINTENANCE
    step = steps[pair]
    ticket = await arrange(db, scene, workflow, here)
    viewer = CAST[name]
    async with acting(db, viewer):
        refusal = await tried(db, STEP, ticket, there, _A_REASON)
    status = await db.fetchval("SELECT status FROM team.tickets WHERE id = $1", ticket)
    if _may(_who(name, workflow), step, scene):
        assert refusal is None, (name, pair, scene, refusal)
        assert status != here
        return
    assert refusal is not None, (name, pair, scene)
    assert (refusal.code, status) == ("TRANSITION_REFUSED", here)
    assert set(refusal.missing) & {"ROLE", "MANAGER"}, (name, pair, refusal)
    if viewer.role in _OUTSIDE:
        assert refusal.missing == ["ROLE"], (name, pair)
    for lack in refusal.detail["missing"]:
        if lack["code"] == "ROLE":
            assert {"homeowner": "owner"}.get(lack["role"], lack["role"]) in step.who, (name, pair, lack)


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("scene", ["everything", "gates open, not overridden", "nothing of the work"])
async def test_a_step_is_told_to_be_open_where_it_can_be_taken(db: Connection, scene: str, name: str) -> None:
    for workflow, states in (("general", GENERAL_STATES), ("maintenance", MAINTENANCE_STATES)):
        for here in states:
            undone = db.transaction()
            await undone.start()
            ticket = await arrange(db, SCENES[scene], workflow, here)
            await _compare(db, ticket, here, name, GENERAL if workflow == "general" else MAINTENANCE)
            await undone.rollback()


async def _compare(db: Connection, ticket: UUID, here: str, name: str, steps: Steps) -> None:
    async with acting(db, CAST[name]):
        verdicts = await db.fetch(_VERDICTS, ticket)
        sees = await db.fetchval("SELECT $1 IN (SELECT id FROM access.my_tickets)", ticket)
        if CAST[name].role in _OUTSIDE and not sees:
            assert verdicts == []
            return
        known = {there for start, there in steps if start == here}
        found = {row["to_state"] for row in verdicts}
        assert found <= known
        if here != "on_hold":
            assert found == known
        for row in verdicts:
            undone = db.transaction()
            await undone.start()
            refusal = await tried(db, STEP, ticket, row["to_state"], _A_REASON)
            await undone.rollback()
            if not (row["wants_reason"] and refusal and refusal.missing == ["REASON"]):  # of a direct start
                assert row["open"] == (refusal is None), (name, here, dict(row), refusal)
