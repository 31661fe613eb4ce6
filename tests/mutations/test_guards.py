"""Every step with each of its guards unsatisfied, for everybody: what is missing is told, and who can supply it."""

from __future__ import annotations

import pytest

from db.pool import Connection
from tests.mutations.people import Players
from tests.mutations.scenery import scenes_that_matter
from tests.mutations.trial import Setting, Trial
from tests.mutations.verdict import STATES, STEPS, Asked, Told


def _with_reason(asked: Asked, there: str) -> Told:
    return asked.transition(there, reason=True)


def _without(asked: Asked, there: str) -> Told:
    return asked.transition(there, reason=False)


@pytest.mark.parametrize("workflow", STATES)
async def test_a_step_is_taken_where_its_guards_hold_and_else_told_what_is_missing(
    owner: Connection, players: Players, workflow: str
) -> None:
    trial = Trial(owner, players)
    inputs = {
        Setting(workflow, here, scene): {there: {"to": there.upper(), "reason": "They are here."} for there in targets}
        for here in STATES[workflow]
        for scene, targets in scenes_that_matter(workflow, here, reason=True).items()
    }
    await trial.take(inputs, "transitionTicket", _with_reason, look=True)
    taken = {(setting.here, there) for (setting, _, there), done in trial.done.items() if done}
    assert taken == STEPS[workflow].keys()


@pytest.mark.parametrize("workflow", STATES)
async def test_where_a_reason_is_wanted_none_is_refused(owner: Connection, players: Players, workflow: str) -> None:
    inputs = {
        Setting(workflow, here, scene): {
            there: {"to": there.upper()} for there in targets if _wants(workflow, here, there)
        }
        for here in STATES[workflow]
        for scene, targets in scenes_that_matter(workflow, here, reason=False).items()
    }
    wanting = {setting: given for setting, given in inputs.items() if given}
    await Trial(owner, players).take(wanting, "transitionTicket", _without)


def _wants(workflow: str, here: str, there: str) -> bool:
    return bool({"reason", "direct"} & set(STEPS[workflow][here, there].guards))
