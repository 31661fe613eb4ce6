"""Taking a step of a workflow: what every command that moves a ticket comes down to."""

from __future__ import annotations

from uuid import UUID

from resolvers.commands.contract.problems import Missing, Refused, TransitionRefused
from resolvers.commands.contract.work import Work
from schema.enums import TicketStatus

# What a guard asks for is written before the step: why it is held or cancelled.
_STEP = """
UPDATE team.tickets AS t
SET status = $2,
    hold_reason = CASE WHEN s.held THEN $3 ELSE t.hold_reason END,
    cancel_reason = CASE WHEN s.cancels AND $3 <> '' THEN 'other' ELSE t.cancel_reason END,
    cancel_note = CASE WHEN s.cancels THEN $3 ELSE t.cancel_note END
FROM team.workflow_states AS s
WHERE t.id = $1 AND s.workflow = t.workflow AND s.name = $2 AND t.status <> $2
RETURNING t.id
"""
# In the workflow's order; what is held returns to where it was held and nowhere else.
_STATUS = """
SELECT t.status, ARRAY(
    SELECT x.to_state FROM team.workflow_transitions AS x
    JOIN team.workflow_states AS s ON s.workflow = x.workflow AND s.name = x.to_state
    WHERE x.workflow = t.workflow AND x.from_state = t.status
      AND ('held_from' <> ALL (x.guards) OR x.to_state = t.held_from)
    ORDER BY s.position) AS next
FROM team.tickets AS t WHERE t.id = $1
"""


async def take_step(work: Work, ticket: UUID, to: TicketStatus, reason: str | None = None) -> None:
    """Moves a ticket; the database checks the step, the role and the guards.

    Raises:
        Refused: where the ticket stands there already, or its workflow has no such status.
    """
    if await work.row(_STEP, ticket, to.value, reason) is None:
        raise Refused(await _refused(work, ticket, to))


async def _refused(work: Work, ticket: UUID, to: TicketStatus) -> TransitionRefused:
    row = await work.row(_STATUS, ticket)
    if row is None:
        raise TypeError("a step is taken by a ticket that is there")
    there = row["status"] == to.value
    message = f"It is {to.value} already." if there else f"The ticket's workflow has no status {to.value}."
    return TransitionRefused(
        "TRANSITION_REFUSED",
        message,
        path=("input",),
        from_status=TicketStatus(row["status"]),
        to_status=to,
        allowed=[TicketStatus(name) for name in row["next"]],
        missing=[Missing(code="ALREADY_THERE" if there else "NO_SUCH_STATE", message=message)],
    )
