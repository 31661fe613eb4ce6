"""How a repair stands, as its commands need to know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from resolvers.commands.contract.problems import Conflict, Forbidden, Refused
from resolvers.commands.contract.work import Work
from schema.vocabulary.role import TENANT, VENDOR

_REPAIR = """
SELECT t.status, j.assigned_vendor_id AS vendor, j.tenant_contact_id AS tenant,
       j.tenant_time_confirmed_at AS confirmed_at, j.reschedule_count, j.urgency,
       j.gate_override IS NOT NULL AS overridden,
       q.id AS quote, q.amount_cents, q.currency, q.visit_at, s.currency AS usual_currency, s.visit_window
FROM team.tickets AS t
JOIN maintenance.jobs AS j ON j.ticket_id = t.id
JOIN directory.operator_settings AS s ON s.operator_id = t.operator_id
LEFT JOIN LATERAL lifecycle.live_quote(t.id) AS q ON true
WHERE t.id = $1
"""

BEFORE_WORK = (
    "reported",
    "vendor_contacted",
    "quoted",
    "pending_approval",
    "pending_tenant_confirmation",
    "approved",
)
"""Where cost and time are agreed."""


@dataclass(frozen=True)
class Repair:
    """A repair while its ticket is locked. `quote` and what follows are of the live quote, None without one."""

    status: str
    vendor: UUID | None
    tenant: UUID | None
    confirmed_at: datetime | None
    reschedule_count: int
    urgency: str
    overridden: bool
    quote: UUID | None
    amount_cents: int | None
    currency: str | None
    visit_at: datetime | None
    usual_currency: str
    visit_window: int


async def read_repair(work: Work, ticket: UUID) -> Repair:
    """Raises Refused for a ticket that is no repair, and for who is neither staff nor its vendor or tenant."""
    row = await work.row(_REPAIR, ticket)
    if row is None:
        raise Refused(Conflict("NO_REPAIR", "The ticket is no repair.", path=("input", "ticketId")))
    repair = Repair(**row)
    viewer = work.viewer
    if viewer.role is VENDOR and repair.vendor != viewer.company_id:
        message = "The repair is not assigned to your company."
        raise Refused(Forbidden("NOT_ASSIGNED", message, path=("input", "ticketId"), role="vendor"))
    if viewer.role is TENANT and repair.tenant != viewer.contact_id:
        message = "Only the tenant who lives there says this, or staff."
        raise Refused(Forbidden("NOT_THE_TENANT", message, path=("input", "ticketId"), role="tenant"))
    return repair
