"""Vendors of a repair: asked, assigned."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.enums import Urgency
from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given
from schema.vocabulary.role import STAFF, VENDOR
from schema.vocabulary.scalar import BigInt


@command(
    by=STAFF,
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  contactVendor(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", vendorId: "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20"
  }) {
    ticket { status job { assignedVendor { name } } vendors { nodes { role vendor { name } } } }
    problems { code message path }
  }
}""",
)
class ContactVendor:
    """Asks a vendor for a quote. The first one is assigned; others quote beside it.

    The assigned vendor is asked again by the same command, from wherever that leads back to. A vendor is named by its
    id, or by a telephone number or an e-mail address: of several records it is the active one, then the one used last.
    """

    ticket_id: UUID = given("The repair.", of="Ticket")
    vendor_id: UUID | None = given("The vendor.", default=None, of="Company")
    phone: str | None = given("Its telephone number, or that of somebody who speaks for it.", default=None, longest=40)
    email: str | None = given("Its e-mail address, or that of somebody who speaks for it.", default=None, longest=320)


@command(
    by=STAFF,
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  assignVendor(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", vendorId: "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20"
  }) {
    ticket { status job { assignedVendor { name } vendorAssignedAt } }
    problems { code message path }
  }
}""",
)
class AssignVendor:
    """Gives a repair to a vendor. Its newest quote is the live one then; without one, the vendor is to quote.

    The former vendor sees the ticket no more, and the tenant is asked for a time again.
    """

    ticket_id: UUID = given("The repair.", of="Ticket")
    vendor_id: UUID = given("The vendor.", of="Company")


@command(
    by=STAFF | {VENDOR},
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  updateJob(input: {ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", estimatedArrival: "2026-12-01T09:00:00Z"}) {
    ticket { job { estimatedArrival } }
    problems { code message path }
  }
}""",
)
class UpdateJob:
    """Changes what is known of a repair. The assigned vendor says when it arrives and what it found, staff the rest."""

    ticket_id: UUID = given("The repair.", of="Ticket")
    issue_type: str | Omitted = given("What kind of trouble it is.", default=OMITTED, longest=60)
    urgency: Urgency | Omitted = given("How soon it must be mended.", default=OMITTED)
    unit: str | Omitted | None = given("The unit it is in.", default=OMITTED, longest=60)
    location: str | Omitted | None = given("Where in the home it is.", default=OMITTED, longest=200)
    access_notes: str | Omitted | None = given("How to get in.", default=OMITTED, longest=2_000, lines=True)
    tenant_contact_id: UUID | Omitted | None = given(
        "Who lives there; another one is to confirm the visit anew.", default=OMITTED, of="Contact"
    )
    related_ticket_id: UUID | Omitted | None = given("An earlier ticket about the same.", default=OMITTED, of="Ticket")
    estimated_cost_cents: BigInt | Omitted | None = given("What it may cost, in cents.", default=OMITTED)
    estimated_arrival: datetime | Omitted | None = given("When the vendor means to arrive.", default=OMITTED)
    arrival_notes: str | Omitted | None = given(
        "What the vendor found on arrival.", default=OMITTED, longest=5_000, lines=True
    )
