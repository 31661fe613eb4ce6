"""Doing what may be done with a ticket itself."""

from __future__ import annotations

from resolvers.commands.contract.edit import edit, written
from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Forbidden, Missing, Refused, TransitionRefused
from resolvers.commands.contract.work import Given, Work
from schema.commands.tickets import AddComment, TransitionTicket, UpdateTicket
from schema.enums import CommentVisibility, TicketStatus

_ADD_COMMENT = """
INSERT INTO team.ticket_comments (operator_id, ticket_id, author_contact_id, body, visibility)
VALUES ($1, $2, $3, $4, $5) RETURNING id
"""
# What a guard asks for is written before the step: why it is held or cancelled, why work starts without its gates.
_TRANSITION = """
UPDATE team.tickets AS t
SET status = $2,
    hold_reason = CASE WHEN s.held THEN $3 ELSE t.hold_reason END,
    cancel_reason = CASE WHEN s.cancels AND $3 <> '' THEN 'other' ELSE t.cancel_reason END,
    cancel_note = CASE WHEN s.cancels THEN $3 ELSE t.cancel_note END
FROM team.workflow_states AS s
WHERE t.id = $1 AND s.workflow = t.workflow AND s.name = $2
RETURNING t.id
"""
_OVERRIDE = """
UPDATE maintenance.jobs AS j SET gate_override = $2
FROM team.tickets AS t
JOIN team.workflow_transitions AS x
    ON x.workflow = t.workflow AND x.from_state = t.status AND x.to_state = $3 AND 'direct' = ANY (x.guards)
WHERE t.id = $1 AND j.ticket_id = t.id AND ($4 IN ('manager', 'admin') OR $4 = 'agent' AND j.urgency = 'emergency')
"""
_STATUS = "SELECT status FROM team.tickets WHERE id = $1"


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
    """The database decides. Raises Refused for a status that the ticket's workflow does not have."""
    await work.because(given.reason)
    if given.reason is not None and given.to is TicketStatus.IN_PROGRESS:
        await work.run(_OVERRIDE, given.ticket_id, given.reason, given.to.value, work.viewer.role.value)
    if await work.row(_TRANSITION, given.ticket_id, given.to.value, given.reason) is None:
        raise Refused(await _no_such_state(work, given))
    return {"ticket": given.ticket_id}


async def _no_such_state(work: Work, given: TransitionTicket) -> TransitionRefused:
    status = TicketStatus(await work.value(_STATUS, given.ticket_id))
    message = f"The ticket's workflow has no status {given.to.value}."
    missing = [Missing(code="NO_SUCH_STATE", message=message)]
    return TransitionRefused(
        "TRANSITION_REFUSED",
        message,
        path=("input", "to"),
        from_status=status,
        to_status=given.to,
        allowed=[],
        missing=missing,
    )


@handles(UpdateTicket)
async def update_ticket(work: Work, given: UpdateTicket) -> Given:
    """Only what was written changes."""
    await edit(work, "team.tickets", given.ticket_id, written(given, besides={"ticket_id"}))
    return {"ticket": given.ticket_id}
