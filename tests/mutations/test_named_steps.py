"""Steps by the commands that bear their names: cancelled, held, resumed, from every state, for everybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.pool import Connection
from tests.lifecycle.scenes import FULL, Scene
from tests.lifecycle.tables import STAFF
from tests.mutations.people import Players
from tests.mutations.trial import Expected, Setting, Trial
from tests.mutations.verdict import NOT_FOUND, READ_ONLY, STATES, STEPS, Asked, Told

_HELD = {"general": "waiting", "maintenance": "on_hold"}
_NEEDS_A_ROLE = Told(kind="Forbidden", code="ROLE_NEEDED", role="agent")
_NO_VENDORS = STAFF | {"system", "tenant", "guest", "homeowner"}


def _scenes(workflow: str, here: str) -> list[Scene]:
    """Of a hold, from wherever it is held."""
    if (workflow, here) != ("maintenance", "on_hold"):
        return [FULL]
    held = [state for state in STATES[workflow] if (state, "on_hold") in STEPS[workflow]]
    return [replace(FULL, held_from=state, confirmed=state != "pending_tenant_confirmation") for state in held]


def _by(roles: frozenset[str], asked: Asked) -> Told | None:
    """The answer to whom the command is not for, or who sees no such ticket."""
    if asked.person.role == "analyst":
        return READ_ONLY
    if asked.person.role not in roles:
        return _NEEDS_A_ROLE
    return None if asked.sees else NOT_FOUND


def _cancelled(asked: Asked, _: str) -> Told:
    if refused := _by(_NO_VENDORS, asked):
        return refused
    if asked.here == "cancelled":
        return Told(kind="Conflict", code="ALREADY_CANCELLED")
    return asked.transition("cancelled", reason=True)


def _held(asked: Asked, _: str) -> Told:
    if refused := _by(STAFF, asked):
        return refused
    if asked.here == _HELD[asked.workflow]:
        return Told(kind="Conflict", code="ALREADY_ON_HOLD")
    return asked.transition(_HELD[asked.workflow], reason=True)


def _resumed(asked: Asked, _: str) -> Told:
    """A general ticket that waited before work began goes to work."""
    if refused := _by(STAFF, asked):
        return refused
    if asked.here != _HELD[asked.workflow]:
        return Told(kind="Conflict", code="NOT_ON_HOLD")
    there = asked.scene.held_from if asked.workflow == "maintenance" else "in_progress"
    return asked.transition(there, reason=False)


@pytest.mark.parametrize("workflow", STATES)
@pytest.mark.parametrize(
    ("command", "given", "expected"),
    [
        ("cancelTicket", {"reason": "NOT_NEEDED"}, _cancelled),
        ("holdTicket", {"reason": "The parts are ordered."}, _held),
        ("resumeTicket", {}, _resumed),
    ],
)
async def test_a_command_takes_its_step_where_and_for_whom_the_workflow_has_it(
    owner: Connection, players: Players, workflow: str, command: str, given: dict[str, str], expected: Expected
) -> None:
    settings = [Setting(workflow, here, scene) for here in STATES[workflow] for scene in _scenes(workflow, here)]
    await Trial(owner, players).take({setting: {"": given} for setting in settings}, command, expected)
