"""Opening tickets, and making them tickets of another type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Forbidden, Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.members import refuse_inactive
from resolvers.commands.places import home_of
from schema.commands.creation import ConvertTicket, CreateMaintenanceTicket, CreateTicket
from schema.enums import Priority, TicketSource, TicketType, Urgency
from schema.vocabulary.given import OMITTED
from schema.vocabulary.role import TENANT

_PRIORITIES = {Urgency.ROUTINE: Priority.NORMAL, Urgency.URGENT: Priority.HIGH, Urgency.EMERGENCY: Priority.URGENT}

_OPEN = """
INSERT INTO team.tickets (operator_id, ticket_type, title, description, priority, source, property_id, reservation_id,
                          requestor_contact_id, current_agent_id, current_team_id, due_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id
"""
_INVOLVE = """
INSERT INTO team.ticket_participants (operator_id, ticket_id, contact_id, role) VALUES ($1, $2, $3, $4)
ON CONFLICT (ticket_id, contact_id, role) DO NOTHING
"""
_OPEN_JOB = """
INSERT INTO maintenance.jobs (operator_id, ticket_id, issue_type, urgency, unit, location, access_notes,
                              tenant_contact_id, related_ticket_id, estimated_cost_cents)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
_LIVES_THERE = """
SELECT contact_id FROM property.tenancies
WHERE property_id = $1 AND starts_on <= current_date AND (ends_on IS NULL OR ends_on >= current_date)
  AND ($2::text IS NULL OR unit IS NULL OR unit = $2)
ORDER BY contact_id
"""
_BELONGS_THERE = """
SELECT FROM property.tenancies
WHERE property_id = $1 AND contact_id = $2 AND starts_on <= current_date
  AND (ends_on IS NULL OR ends_on >= current_date)
UNION ALL
SELECT FROM reservations.reservations WHERE property_id = $1 AND guest_contact_id = $2 AND status = 'confirmed'
UNION ALL
SELECT FROM property.properties WHERE id = $1 AND homeowner_id = $2
LIMIT 1
"""
_CONVERT = "UPDATE team.tickets SET ticket_type = $2 WHERE id = $1"
_IS_REPAIR = "SELECT ticket_type = 'maintenance' FROM team.tickets WHERE id = $1"
_PLACE = "SELECT property_id, requestor_contact_id FROM team.tickets WHERE id = $1"
_DROP_JOB = "DELETE FROM maintenance.jobs WHERE ticket_id = $1"


@handles(CreateTicket)
async def create_ticket(work: Work, given: CreateTicket) -> Given:
    """Raises Refused for a repair, for another's home, and for what only staff says."""
    if given.ticket_type is TicketType.MAINTENANCE:
        message = "A repair has a job too. Use createMaintenanceTicket."
        raise Refused(Invalid("MAINTENANCE_ELSEWHERE", message, path=("input", "ticketType")))
    home = await _home(work, given)
    return {"ticket": await _open(work, given, given.ticket_type, given.priority, home)}


@handles(CreateMaintenanceTicket)
async def create_maintenance_ticket(work: Work, given: CreateMaintenanceTicket) -> Given:
    """Raises Refused for another's home, and for what only staff says."""
    home = await _home(work, given)
    tenant = await _tenant(work, given)
    ticket = await _open(work, given, TicketType.MAINTENANCE, _PRIORITIES[given.urgency], home)
    await work.run(
        _OPEN_JOB,
        work.viewer.operator_id,
        ticket,
        given.issue_type,
        given.urgency.value,
        given.unit,
        given.location,
        given.access_notes,
        tenant,
        given.related_ticket_id,
        given.estimated_cost_cents,
    )
    if tenant:
        await work.run(_INVOLVE, work.viewer.operator_id, ticket, tenant, "tenant")
    return {"ticket": ticket}


@handles(ConvertTicket)
async def convert_ticket(work: Work, given: ConvertTicket) -> Given:
    """Raises Refused where a repair's kind of trouble is not said; the database refuses once work has started."""
    repair = given.ticket_type is TicketType.MAINTENANCE
    if repair and given.issue_type is None:
        message = "A repair has a kind of trouble, such as plumbing. Say which."
        raise Refused(Invalid("ISSUE_TYPE_NEEDED", message, path=("input", "issueType")))
    was_repair = await work.value(_IS_REPAIR, given.ticket_id)
    await work.run(_CONVERT, given.ticket_id, given.ticket_type.value)
    if was_repair and not repair:
        await work.run(_DROP_JOB, given.ticket_id)
    elif repair and not was_repair:
        await _open_its_job(work, given)
    return {"ticket": given.ticket_id}


async def _open_its_job(work: Work, given: ConvertTicket) -> None:
    """Its tenant is who asked for it and lives there, else the only one who does."""
    ((home, requestor),) = await work.rows(_PLACE, given.ticket_id)
    living = await _living(work, home, None) if home else []
    tenant = requestor if requestor in living else _only(living)
    said = (given.issue_type, given.urgency.value, None, None, None, tenant, None, None)
    await work.run(_OPEN_JOB, work.viewer.operator_id, given.ticket_id, *said)
    if tenant:
        await work.run(_INVOLVE, work.viewer.operator_id, given.ticket_id, tenant, "tenant")


async def _open(
    work: Work,
    given: CreateTicket | CreateMaintenanceTicket,
    kind: TicketType,
    priority: Priority,
    home: UUID | None,
) -> UUID:
    viewer = work.viewer
    await refuse_inactive(work, given.agent_id)
    requestor = given.requestor_contact_id if viewer.role.staff else viewer.contact_id
    source = given.source or (TicketSource.AGENT if viewer.role.staff else TicketSource.PORTAL)
    ticket: UUID = await work.value(
        _OPEN,
        viewer.operator_id,
        kind.value,
        given.title,
        given.description,
        priority.value,
        source.value,
        home,
        given.reservation_id,
        requestor,
        given.agent_id,
        given.team_id,
        given.due_at,
    )
    if requestor:
        await work.run(_INVOLVE, viewer.operator_id, ticket, requestor, "requestor")
    return ticket


async def _home(work: Work, given: CreateTicket | CreateMaintenanceTicket) -> UUID | None:
    """The home that the ticket is about: the stay's where it has one."""
    home = await home_of(work, given.property_id, given.reservation_id)
    if not work.viewer.role.staff:
        _refuse_what_staff_says(given)
        if home is None:
            message = "Say which home or stay of yours it is about."
            raise Refused(Invalid("HOME_NEEDED", message, path=("input", "propertyId")))
        if await work.row(_BELONGS_THERE, home, work.viewer.contact_id) is None:
            message = "You neither live nor stay there, nor is it yours."
            raise Refused(Forbidden("NOT_YOUR_HOME", message, path=("input", "propertyId"), role="agent"))
    return home


def _refuse_what_staff_says(given: Any) -> None:
    names = {
        "source": "source",
        "requestor_contact_id": "requestorContactId",
        "agent_id": "agentId",
        "team_id": "teamId",
        "due_at": "dueAt",
        "estimated_cost_cents": "estimatedCostCents",
    }
    written = [field for name, field in names.items() if getattr(given, name, None) is not None]
    if getattr(given, "priority", Priority.NORMAL) is not Priority.NORMAL:
        written.append("priority")
    if getattr(given, "tenant_contact_id", OMITTED) is not OMITTED:
        written.append("tenantContactId")
    message = "Only staff says this. Leave it out."
    if written:
        raise Refused(*(Forbidden("STAFF_SAYS_IT", message, path=("input", name), role="agent") for name in written))


async def _tenant(work: Work, given: CreateMaintenanceTicket) -> UUID | None:
    """Who lives there: the one named, the tenant who asks, else the only one."""
    if given.tenant_contact_id is not OMITTED:
        return given.tenant_contact_id
    living = await _living(work, given.property_id, given.unit)
    if work.viewer.role is TENANT:
        return work.viewer.contact_id if work.viewer.contact_id in living else None
    return _only(living)


async def _living(work: Work, home: UUID, unit: str | None) -> list[UUID]:
    return [row["contact_id"] for row in await work.rows(_LIVES_THERE, home, unit)]


def _only(living: Sequence[UUID]) -> UUID | None:
    return living[0] if len(living) == 1 else None
