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
    for here in STATES[workflow]:
        for scene, targets in scenes_that_matter(workflow, here, reason=True).items():
            setting = Setting(workflow, here, scene)
            inputs = {there: {"to": there.upper(), "reason": "The parts are here."} for there in targets}
            await trial.take(setting, "transitionTicket", inputs, _with_reason)
            await trial.look(setting)
    trial.settle()
    taken = {(setting.here, there) for (setting, _, there), done in trial.done.items() if done}
    assert taken == STEPS[workflow].keys()


@pytest.mark.parametrize("workflow", STATES)
async def test_where_a_reason_is_wanted_none_is_refused(owner: Connection, players: Players, workflow: str) -> None:
    trial = Trial(owner, players)
    for here in STATES[workflow]:
        for scene, targets in scenes_that_matter(workflow, here, reason=False).items():
            wanting = [there for there in targets if {"reason", "direct"} & set(STEPS[workflow][here, there].guards)]
            inputs = {there: {"to": there.upper()} for there in wanting}
            if inputs:
                await trial.take(Setting(workflow, here, scene), "transitionTicket", inputs, _without)
    trial.settle()
