"""Writing down what was done at homes."""

from __future__ import annotations

from uuid import UUID

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.members import own_member
from resolvers.commands.moments import happened
from schema.commands.upkeep import CompleteClean, CompleteInspection, RecordInventoryAction

_COMPLETE_INSPECTION = """
UPDATE property.inspections
SET status = 'completed', completed_at = $2, notes = coalesce($3, notes), score = coalesce($4, score)
WHERE id = $1 AND status IN ('scheduled', 'in_progress') RETURNING id
"""
_COMPLETE_CLEAN = """
UPDATE property.cleans SET status = 'completed', completed_at = $2, notes = coalesce($3, notes)
WHERE id = $1 AND status IN ('scheduled', 'in_progress') RETURNING id
"""
_RECORD = """
INSERT INTO property.inventory_actions (operator_id, property_id, item, action, quantity, unit_cost_cents, member_id,
                                        occurred_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""
_USED_BY = """
INSERT INTO team.ticket_inventory_events (operator_id, ticket_id, inventory_event_id, quantity_used, unit_cost_cents)
VALUES ($1, $2, $3, $4, $5)
"""


@handles(CompleteInspection)
async def complete_inspection(work: Work, given: CompleteInspection) -> Given:
    """Raises Refused where it has ended."""
    completed_at = happened(given.completed_at, "completedAt")
    values = (completed_at, given.notes, given.score)
    if await work.row(_COMPLETE_INSPECTION, given.inspection_id, *values) is None:
        raise Refused(_ended("inspectionId"))
    return {"inspection": given.inspection_id}


@handles(CompleteClean)
async def complete_clean(work: Work, given: CompleteClean) -> Given:
    """Raises Refused where it has ended."""
    completed_at = happened(given.completed_at, "completedAt")
    if await work.row(_COMPLETE_CLEAN, given.clean_id, completed_at, given.notes) is None:
        raise Refused(_ended("cleanId"))
    return {"clean": given.clean_id}


@handles(RecordInventoryAction)
async def record_inventory_action(work: Work, given: RecordInventoryAction) -> Given:
    """By the viewer, where it is a member of staff; a program is none."""
    operator = work.viewer.operator_id
    action: UUID = await work.value(
        _RECORD,
        operator,
        given.property_id,
        given.item,
        given.action.value,
        given.quantity,
        given.unit_cost_cents,
        await own_member(work),
        happened(given.occurred_at, "occurredAt"),
    )
    if given.ticket_id is not None:
        await work.run(_USED_BY, operator, given.ticket_id, action, given.quantity, given.unit_cost_cents)
    return {"inventory_action": action, "ticket": given.ticket_id}


def _ended(field: str) -> Conflict:
    return Conflict("VISIT_ENDED", "It is done or cancelled already.", path=("input", field))
