"""Every pair of states, for everybody, where all guards hold: by the mutation, and by what is told to be open."""

from __future__ import annotations

import pytest

from db.pool import Connection
from schema.enums import TicketStatus
from tests.lifecycle.scenes import FULL
from tests.mutations.people import Players
from tests.mutations.trial import Setting, Trial
from tests.mutations.verdict import STATES, Asked, Told

_ELSEWHERE = {"general": ["quoted", "on_hold"], "maintenance": ["resolved", "waiting"]}
"""States of the other workflow, which an input can name too."""


def _expected(asked: Asked, there: str) -> Told:
    return asked.transition(there, reason=True)


@pytest.mark.parametrize("workflow", STATES)
async def test_what_is_specified_passes_and_everything_else_is_refused_and_changes_nothing(
    owner: Connection, players: Players, workflow: str
) -> None:
    targets = [TicketStatus(there) for there in STATES[workflow] + _ELSEWHERE[workflow]]
    inputs = {there.value: {"to": there.name, "reason": "The parts are here."} for there in targets}
    settings = {Setting(workflow, here, FULL): inputs for here in STATES[workflow]}
    await Trial(owner, players).take(settings, "transitionTicket", _expected, look=True)
