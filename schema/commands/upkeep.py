"""What is done at a home: inspections and cleans completed, stock moved."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from schema.enums import InventoryActionKind
from schema.vocabulary.command import command
from schema.vocabulary.given import given
from schema.vocabulary.role import STAFF

_COMPLETED_AT = "When it was done; now if left out."


@command(
    by=STAFF,
    subject="inspection_id",
    gives={"inspection": "Inspection"},
    example="""mutation {
  completeInspection(input: {
    inspectionId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", score: 92, notes: "The balcony door sticks."
  }) {
    inspection { status score completedAt }
    problems { code message path }
  }
}""",
)
class CompleteInspection:
    """Says that an inspection is done, and what it found. One that was cancelled or is done already is left alone."""

    inspection_id: UUID = given("The inspection.", of="Inspection")
    score: int | None = given("The condition found, 0 to 100.", default=None, least=0, most=100)
    notes: str | None = given(
        "What was seen; it takes the place of earlier notes.", default=None, longest=10_000, lines=True
    )
    completed_at: datetime | None = given(_COMPLETED_AT, default=None)


@command(
    by=STAFF,
    subject="clean_id",
    gives={"clean": "Clean"},
    example="""mutation {
  completeClean(input: {cleanId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", notes: "Two towels are missing."}) {
    clean { status completedAt }
    problems { code message path }
  }
}""",
)
class CompleteClean:
    """Says that a clean is done. One that was cancelled or is done already is left alone."""

    clean_id: UUID = given("The clean.", of="Clean")
    notes: str | None = given(
        "What the next visitor should know; it takes the place of earlier notes.",
        default=None,
        longest=10_000,
        lines=True,
    )
    completed_at: datetime | None = given(_COMPLETED_AT, default=None)


@command(
    by=STAFF,
    gives={"inventory_action": "InventoryAction", "ticket": "Ticket"},
    example="""mutation {
  recordInventoryAction(input: {
    propertyId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", item: "Light bulb E27", action: USE, quantity: "2"
    unitCostCents: 450, ticketId: "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20"
  }) {
    inventoryAction { id item quantity }
    problems { code message path }
  }
}""",
)
class RecordInventoryAction:
    """Writes down that stock was added to a home, removed from it or used there; by you, if you are of its staff."""

    property_id: UUID = given("The home.", of="Property")
    item: str = given("What was moved.", longest=200)
    action: InventoryActionKind = given("What happened to it.")
    quantity: Decimal = given("How much, in the item's own unit; above zero.", least=0, most=1_000_000)
    unit_cost_cents: int | None = given("What one costs, in cents.", default=None, least=0)
    occurred_at: datetime | None = given("When it happened; now if left out.", default=None)
    ticket_id: UUID | None = given("The ticket that used all of it.", default=None, of="Ticket")
