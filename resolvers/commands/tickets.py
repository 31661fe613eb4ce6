"""Doing what may be done with a ticket itself."""

from __future__ import annotations

from resolvers.commands.contract.edit import edit, written
from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Forbidden, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.step import take_step
from schema.commands.tickets import AddComment, TransitionTicket, UpdateTicket
from schema.enums import CommentVisibility, TicketStatus

_ADD_COMMENT = """
INSERT INTO team.ticket_comments (operator_id, ticket_id, author_contact_id, body, visibility)
VALUES ($1, $2, $3, $4, $5) RETURNING id
"""
# Work that starts without its gates: where the step is such a one, for who may.
_OVERRIDE = """
UPDATE maintenance.jobs AS j SET gate_override = $2
FROM team.tickets AS t
JOIN team.workflow_transitions AS x
    ON x.workflow = t.workflow AND x.from_state = t.status AND x.to_state = $3 AND 'direct' = ANY (x.guards)
WHERE t.id = $1 AND j.ticket_id = t.id AND ($4 IN ('manager', 'admin') OR $4 = 'agent' AND j.urgency = 'emergency')
"""


@handles(AddComment)
async def add_comment(work: Work, given: AddComment) -> Given:
    """Raises Refused when an outsider writes what it could not read."""
    viewer = work.viewer
    if given.visibility is CommentVisibility.INTERNAL and not viewer.role.staff:
        message = "Only staff writes internal comments. Write a public one."
        raise Refused(Forbidden("INTERNAL_COMMENT", message, path=("input", "visibility"), role="agent"))
    comment = await work.value(
        _ADD_COMMENT,
        viewer.operator_id,
        given.ticket_id,
        viewer.contact_id,
        given.body,
        given.visibility.value,
    )
    return {"comment": comment}


@handles(TransitionTicket)
async def transition_ticket(work: Work, given: TransitionTicket) -> Given:
    """The database decides."""
    await work.because(given.reason)
    if given.reason is not None and given.to is TicketStatus.IN_PROGRESS:
        await work.run(_OVERRIDE, given.ticket_id, given.reason, given.to.value, work.viewer.role.value)
    await take_step(work, given.ticket_id, given.to, given.reason)
    return {"ticket": given.ticket_id}


@handles(UpdateTicket)
async def update_ticket(work: Work, given: UpdateTicket) -> Given:
    """Only what was written changes."""
    await edit(work, "team.tickets", given.ticket_id, written(given, besides={"ticket_id"}))
    return {"ticket": given.ticket_id}
