"""What the lifecycle answers about a ticket: its next steps, and how its gates stand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.enums import GateGround, TicketStatus
from schema.problems import Missing
from schema.vocabulary.result import record, told


@record
class AvailableTransition:
    """A step from where the ticket stands, and whether you may take it now."""

    to_state: TicketStatus = told("Where it leads.", name="to")
    open: bool = told("Whether nothing is missing, but perhaps a reason.")
    wants_reason: bool = told("Whether a reason must come with it.")
    missing: list[Missing] = told("What it waits for; the role comes first where it is not yours to take.", about=1)


@record
class Gate:
    """How one of a repair's two agreements stands."""

    passed: bool = told("Whether it is there.")
    ground: GateGround = told("Why, or why not; of costs that are not yours to know, whether they are approved.")
    since: datetime | None = told("Since when it is there.")
    by_contact: UUID | None = told(
        "Who gave it, as far as you may know; none where nobody had to.", name="by", of="Contact"
    )
    reopened_by: list[str] = told("What would undo it, in words; empty where it is not there.", about=3)


@record
class Gates:
    """What a repair waits for before work begins: that somebody agreed to the cost, and the tenant to the time."""

    cost: Gate = told("That the vendor's quote is approved, or within the limit.")
    time: Gate = told("That the tenant confirmed the time of the visit, where there is a tenant.")
