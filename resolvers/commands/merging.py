"""Making one ticket of two about the same."""

from __future__ import annotations

from uuid import UUID

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from schema.commands.merging import MergeTickets

_LINKS = {
    "team.ticket_participants": "l.contact_id = o.contact_id AND l.role = o.role",
    "team.ticket_properties": "l.property_id = o.property_id AND l.role = o.role",
    "team.ticket_homeowners": "l.homeowner_id = o.homeowner_id AND l.role = o.role",
    "team.ticket_shifts": "l.shift_id = o.shift_id AND l.role = o.role",
    "team.ticket_time_entries": "l.time_entry_id = o.time_entry_id AND l.role = o.role",
    "team.ticket_transactions": "l.transaction_id = o.transaction_id AND l.role = o.role",
    "team.ticket_inspections": "l.inspection_id = o.inspection_id",
    "team.ticket_cleans": "l.clean_id = o.clean_id",
    "team.ticket_inventory_events": "l.inventory_event_id = o.inventory_event_id",
    "team.ticket_photos": "l.file_id = o.file_id",
    "team.project_tickets": "l.project_id = o.project_id AND l.role = o.role",
}
"""Where a ticket's links stand, and what makes one of the other ticket the same. Vendors stay with the repair."""

_MOVE = """
UPDATE {table} AS l SET ticket_id = $2
WHERE l.ticket_id = $1 AND NOT EXISTS (SELECT FROM {table} AS o WHERE o.ticket_id = $2 AND {same})
"""
_TARGET = """
SELECT t.number, s.final FROM team.tickets AS t
JOIN team.workflow_states AS s ON s.workflow = t.workflow AND s.name = t.status
WHERE t.id = $1 FOR NO KEY UPDATE OF t
"""
_CANCEL = """
UPDATE team.tickets SET status = 'cancelled', cancel_reason = 'duplicate', cancel_note = $2 WHERE id = $1
"""


@handles(MergeTickets)
async def merge_tickets(work: Work, given: MergeTickets) -> Given:
    """Raises Refused for a ticket and itself, and where the other one has ended."""
    if given.ticket_id == given.into_ticket_id:
        message = "A ticket is not a duplicate of itself. Name the other one."
        raise Refused(Invalid("SAME_TICKET", message, path=("input", "intoTicketId")))
    target = await work.row(_TARGET, given.into_ticket_id)
    if target is None or target["final"]:
        message = "The ticket that should stay has ended. Reopen it, or merge the other way."
        raise Refused(Conflict("TARGET_ENDED", message, path=("input", "intoTicketId")))
    await _move_links(work, given.ticket_id, given.into_ticket_id)
    await work.run(_CANCEL, given.ticket_id, f"Merged into {target['number']}.")
    return {"ticket": given.ticket_id, "into": given.into_ticket_id}


async def _move_links(work: Work, source: UUID, target: UUID) -> None:
    """What the other ticket has already stays behind."""
    for table, same in _LINKS.items():
        await work.run(_MOVE.format(table=table, same=same), source, target)
