"""When a repair happens: times offered, chosen, confirmed, asked for anew."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.vocabulary.command import command
from schema.vocabulary.given import given, part
from schema.vocabulary.result import told
from schema.vocabulary.role import STAFF, TENANT, VENDOR


@part
class Slot:
    """A time that is offered for a visit."""

    starts_at: datetime = given("When the visit would start.")
    ends_at: datetime | None = given(
        "When it would be over; after the operator's visit window if left out.", default=None
    )


@command(
    by=STAFF | {VENDOR},
    subject="ticket_id",
    gives={"slots": ["VisitSlot"], "ticket": "Ticket"},
    example="""mutation {
  offerSlots(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f",
    slots: [{startsAt: "2026-12-01T09:00:00Z"}, {startsAt: "2026-12-02T14:00:00Z"}]
  }) {
    slots { id startsAt endsAt }
    problems { code message path }
  }
}""",
)
class OfferSlots:
    """Offers the tenant times for the visit, on the live quote."""

    ticket_id: UUID = given("The repair.", of="Ticket")
    slots: list[Slot] = given("The times.", most_items=20)


@command(
    by=STAFF | {TENANT, VENDOR},
    subject="ticket_id",
    gives={"ticket": "Ticket", "visit_at": told("When the visit is; none while the vendor has to pick.", datetime)},
    example="""mutation {
  selectSlot(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", slotIds: ["018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20"]
  }) {
    visitAt
    ticket { status }
    problems { code message path }
  }
}""",
)
class SelectSlot:
    """Chooses the time of the visit. The tenant who chooses one confirms it; who chooses several lets the vendor pick.

    The vendor picks one that the tenant accepted. Staff chooses for the tenant.
    """

    ticket_id: UUID = given("The repair.", of="Ticket")
    slot_ids: list[UUID] = given("The times chosen.", of="VisitSlot", most_items=20)


@command(
    by=STAFF | {TENANT},
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  confirmTenantTime(input: {ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}) {
    ticket { status job { tenantTimeConfirmedAt lockedInAt } }
    problems { code message path }
  }
}""",
)
class ConfirmTenantTime:
    """Confirms the time of the visit for the tenant."""

    ticket_id: UUID = given("The repair.", of="Ticket")


@command(
    by=STAFF | {TENANT, VENDOR},
    subject="ticket_id",
    gives={
        "ticket": "Ticket",
        "warning": told("What happens next time, when the tenant has asked for the last time that is allowed.", str),
    },
    example="""mutation {
  requestReschedule(input: {ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", reason: "I am at work that day."}) {
    warning
    ticket { status job { rescheduleCount } }
    problems { code message path }
  }
}""",
)
class RequestReschedule:
    """Asks for another time. The tenant may do so twice; a third time cancels the ticket."""

    ticket_id: UUID = given("The repair.", of="Ticket")
    reason: str = given("Why.", longest=2_000, lines=True)
    slots: list[Slot] = given("Times that the vendor or staff offers instead.", default=[], most_items=20)
