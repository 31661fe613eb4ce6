"""How tickets come to be, and become of another type."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.enums import Priority, TicketSource, TicketType, Urgency
from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given
from schema.vocabulary.role import GUEST, HOMEOWNER, STAFF, TENANT
from schema.vocabulary.scalar import BigInt

_OPENERS = STAFF | {TENANT, GUEST, HOMEOWNER}


@command(
    by=_OPENERS,
    gives={"ticket": "Ticket"},
    example="""mutation {
  createTicket(input: {
    ticketType: GUEST_REQUEST, title: "A cot for the second bedroom", propertyId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"
  }) {
    ticket { number status }
    problems { code message path }
  }
}""",
)
class CreateTicket:
    """Opens a ticket of any type but maintenance, which has a command of its own.

    A tenant, a guest or a homeowner opens it for its own home or stay, and is its requestor.
    """

    ticket_type: TicketType = given("What kind of work it is.")
    title: str = given("What it is about, in a line.", longest=200)
    description: str | None = given("What is wanted, in full.", default=None, longest=20_000, lines=True)
    priority: Priority = given("How soon it wants attention; staff says it.", default=Priority.NORMAL)
    source: TicketSource | None = given("How it came in; staff says it, for others it is the portal.", default=None)
    property_id: UUID | None = given("The home it is about.", default=None, of="Property")
    reservation_id: UUID | None = given("The stay it is about.", default=None, of="Reservation")
    requestor_contact_id: UUID | None = given("Who asks; staff says it.", default=None, of="Contact")
    agent_id: UUID | None = given("Who looks after it; staff says it.", default=None, of="TeamMember")
    team_id: UUID | None = given("The team that looks after it; staff says it.", default=None, of="Team")
    due_at: datetime | None = given("When it should be resolved; staff says it.", default=None)


@command(
    by=_OPENERS,
    gives={"ticket": "Ticket"},
    example="""mutation {
  createMaintenanceTicket(input: {
    title: "The tap in the kitchen drips", issueType: "plumbing", urgency: ROUTINE,
    propertyId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", accessNotes: "The key is with the neighbour."
  }) {
    ticket { number status job { urgency } }
    problems { code message path }
  }
}""",
)
class CreateMaintenanceTicket:
    """Reports that something is broken: a ticket of type maintenance with its job.

    Who lives there now is its tenant, unless another one is named; the urgency sets its priority.
    """

    title: str = given("What is broken, in a line.", longest=200)
    description: str | None = given("What is broken, in full.", default=None, longest=20_000, lines=True)
    issue_type: str = given("What kind of trouble it is, such as plumbing.", longest=60)
    urgency: Urgency = given("How soon it must be mended.", default=Urgency.ROUTINE)
    property_id: UUID = given("The home it is in.", of="Property")
    reservation_id: UUID | None = given("The stay during which it was found.", default=None, of="Reservation")
    unit: str | None = given("The unit it is in.", default=None, longest=60)
    location: str | None = given("Where in the home it is.", default=None, longest=200)
    access_notes: str | None = given("How to get in.", default=None, longest=2_000, lines=True)
    tenant_contact_id: UUID | Omitted | None = given(
        "Who lives there and confirms the visit; null for a vacant home or a common area.",
        default=OMITTED,
        of="Contact",
    )
    related_ticket_id: UUID | None = given("An earlier ticket about the same.", default=None, of="Ticket")
    estimated_cost_cents: BigInt | None = given("What it may cost, in cents; staff says it.", default=None)
    source: TicketSource | None = given("How it came in; staff says it, for others it is the portal.", default=None)
    requestor_contact_id: UUID | None = given("Who asks; staff says it.", default=None, of="Contact")
    agent_id: UUID | None = given("Who looks after it; staff says it.", default=None, of="TeamMember")
    team_id: UUID | None = given("The team that looks after it; staff says it.", default=None, of="Team")
    due_at: datetime | None = given("When it should be resolved; staff says it.", default=None)


@command(
    by=STAFF,
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  convertTicket(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", ticketType: MAINTENANCE, issueType: "heating", urgency: URGENT
  }) {
    ticket { ticketType workflow status }
    problems { code message path }
  }
}""",
)
class ConvertTicket:
    """Makes a ticket one of another type, before work on it has started. It keeps its number."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    ticket_type: TicketType = given("What it becomes.")
    issue_type: str | None = given("For maintenance: what kind of trouble it is.", default=None, longest=60)
    urgency: Urgency = given("For maintenance: how soon it must be mended.", default=Urgency.ROUTINE)
