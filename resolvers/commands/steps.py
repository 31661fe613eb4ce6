"""Taking the steps of a ticket that take more than a status."""

from __future__ import annotations

from resolvers.commands.contract.edit import edit, written
from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.members import refuse_inactive
from resolvers.commands.step import take_step
from schema.commands.steps import AssignTicket, CancelTicket, CloseTicket, HoldTicket, ResumeTicket
from schema.enums import CancelReason, TicketStatus
from schema.vocabulary.given import OMITTED
from schema.vocabulary.role import SYSTEM

_BY_THE_CLOCKWORK = {CancelReason.RESCHEDULE_LIMIT_REACHED, CancelReason.TENANT_NO_RESPONSE_TIMEOUT}

_CANCEL = """
UPDATE team.tickets SET status = 'cancelled', cancel_reason = $2, cancel_note = $3
WHERE id = $1 AND status <> 'cancelled' RETURNING id
"""
_HOLD = """
UPDATE team.tickets AS t SET status = s.name, hold_reason = $2, held_until = $3
FROM team.workflow_states AS s
WHERE t.id = $1 AND s.workflow = t.workflow AND s.held AND t.status <> s.name
RETURNING t.id
"""
# To where it was held, if the workflow leads there; a general ticket that waited before work began goes to work.
_RESUME = """
UPDATE team.tickets AS t SET status = coalesce((
    SELECT x.to_state FROM team.workflow_transitions AS x
    WHERE x.workflow = t.workflow AND x.from_state = t.status AND x.to_state = t.held_from), 'in_progress')
FROM team.workflow_states AS s
WHERE t.id = $1 AND s.workflow = t.workflow AND s.name = t.status AND s.held
RETURNING t.id
"""
_OVERRIDE = "UPDATE team.tickets SET closure_override = $2 WHERE id = $1"


@handles(CancelTicket)
async def cancel_ticket(work: Work, given: CancelTicket) -> Given:
    """Raises Refused for a reason that is the clockwork's, and for OTHER without a note."""
    if given.reason in _BY_THE_CLOCKWORK and work.viewer.role is not SYSTEM:
        message = "The clockwork gives this reason by itself. Give another one."
        raise Refused(Invalid("REASON_OF_CLOCKWORK", message, path=("input", "reason")))
    if given.reason is CancelReason.OTHER and given.note is None:
        raise Refused(Invalid("NOTE_NEEDED", "Say what the other reason is.", path=("input", "note")))
    await work.because(given.note)
    if await work.row(_CANCEL, given.ticket_id, given.reason.value, given.note) is None:
        raise Refused(Conflict("ALREADY_CANCELLED", "It is cancelled already.", path=("input", "ticketId")))
    return {"ticket": given.ticket_id}


@handles(HoldTicket)
async def hold_ticket(work: Work, given: HoldTicket) -> Given:
    """Raises Refused where it is on hold already."""
    await work.because(given.reason)
    if await work.row(_HOLD, given.ticket_id, given.reason, given.until) is None:
        raise Refused(Conflict("ALREADY_ON_HOLD", "It is on hold already.", path=("input", "ticketId")))
    return {"ticket": given.ticket_id}


@handles(ResumeTicket)
async def resume_ticket(work: Work, given: ResumeTicket) -> Given:
    """Raises Refused where it is not on hold."""
    if await work.row(_RESUME, given.ticket_id) is None:
        raise Refused(Conflict("NOT_ON_HOLD", "It is not on hold.", path=("input", "ticketId")))
    return {"ticket": given.ticket_id}


@handles(CloseTicket)
async def close_ticket(work: Work, given: CloseTicket) -> Given:
    """The guards are the database's; an override too, which is a manager's."""
    await work.because(given.override)
    if given.override is not None:
        await work.run(_OVERRIDE, given.ticket_id, given.override)
    await take_step(work, given.ticket_id, TicketStatus.CLOSED)
    return {"ticket": given.ticket_id}


@handles(AssignTicket)
async def assign_ticket(work: Work, given: AssignTicket) -> Given:
    """Raises Refused where nothing is said, and for a member who no longer works here."""
    values = written(given, besides={"ticket_id"})
    if not values:
        raise Refused(Invalid("NOTHING_SAID", "Name an agent, a team, or null for none.", path=("input",)))
    await refuse_inactive(work, None if given.agent_id is OMITTED else given.agent_id)
    await edit(work, "team.tickets", given.ticket_id, {f"current_{name}": value for name, value in values.items()})
    return {"ticket": given.ticket_id}
