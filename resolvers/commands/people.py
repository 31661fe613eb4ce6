"""Letting people take part in tickets."""

from __future__ import annotations

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Refused
from resolvers.commands.contract.work import Given, Work
from schema.commands.people import AddParticipant, RemoveParticipant

_ADD = """
INSERT INTO team.ticket_participants (operator_id, ticket_id, contact_id, role, notify)
VALUES ($1, $2, $3, $4, $5) RETURNING id
"""
_REMOVE = "DELETE FROM team.ticket_participants WHERE id = $1 AND ticket_id = $2 RETURNING id"


@handles(AddParticipant)
async def add_participant(work: Work, given: AddParticipant) -> Given:
    """Somebody who takes part in that role already is a conflict: the table's key says so."""
    operator = work.viewer.operator_id
    participant = await work.value(_ADD, operator, given.ticket_id, given.contact_id, given.role.value, given.notify)
    return {"ticket": given.ticket_id, "participant": participant}


@handles(RemoveParticipant)
async def remove_participant(work: Work, given: RemoveParticipant) -> Given:
    """Raises Refused for a part in another ticket."""
    if await work.row(_REMOVE, given.participant_id, given.ticket_id) is None:
        message = "This is no part in this ticket. Look at its participants again."
        raise Refused(Conflict("NOT_LINKED", message, path=("input", "participantId")))
    return {"ticket": given.ticket_id}
