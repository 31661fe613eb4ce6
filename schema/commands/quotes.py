"""What a repair costs: quotes, and who agrees."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.enums import ApprovalDecision
from schema.vocabulary.command import command
from schema.vocabulary.given import given
from schema.vocabulary.role import HOMEOWNER, STAFF, SYSTEM, VENDOR
from schema.vocabulary.scalar import BigInt


@command(
    by=STAFF | {VENDOR},
    subject="ticket_id",
    gives={"quote": "Quote", "ticket": "Ticket"},
    example="""mutation {
  submitQuote(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", amountCents: "18500", scope: "A new cartridge, an hour of work"
  }) {
    quote { revision amountCents currency }
    ticket { status }
    problems { code message path }
  }
}""",
)
class SubmitQuote:
    """Says what a vendor asks for a repair. A newer quote of the same vendor takes the place of the former.

    Within the limit it needs nobody's approval; within an approved amount it keeps the approval. From work in
    progress it is a change order: the ticket is quoted again.
    """

    ticket_id: UUID = given("The repair.", of="Ticket")
    vendor_id: UUID | None = given("The vendor, where staff writes for it.", default=None, of="Company")
    amount_cents: BigInt = given("How much, in cents.")
    currency: str | None = given("Its currency (ISO 4217); the operator's if left out.", default=None, longest=3)
    scope: str = given("What it covers.", longest=10_000, lines=True)
    visit_at: datetime | None = given(
        "When the vendor would come; the former quote's time stays otherwise.", default=None
    )
    valid_until: datetime | None = given("Until when it stands.", default=None)


@command(
    by=STAFF | {SYSTEM},
    subject="ticket_id",
    gives={"approval": "Approval", "ticket": "Ticket"},
    example="""mutation {
  requestApproval(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", justification: "The boiler is 20 years old."
  }) {
    approval { id required }
    ticket { status }
    problems { code message path }
  }
}""",
)
class RequestApproval:
    """Asks for a decision about the live quote's cost."""

    ticket_id: UUID = given("The repair.", of="Ticket")
    justification: str | None = given("Why it should be approved.", default=None, longest=5_000, lines=True)


@command(
    by=STAFF | {HOMEOWNER},
    subject="ticket_id",
    gives={"approval": "Approval", "ticket": "Ticket"},
    example="""mutation {
  decideApproval(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", decision: APPROVED, amountCents: "18500",
    conditions: ["Before Christmas"]
  }) {
    approval { decision approvedAmountCents conditions }
    ticket { status }
    problems { code message path }
  }
}""",
)
class DecideApproval:
    """Approves or rejects what a repair costs. A manager decides, an agent within its own limit, or the owner.

    For less than the quote asks, the ticket is quoted again on the conditions that are given. An approval names the
    quote or the amount, so that none approves a newer quote unseen.
    """

    ticket_id: UUID = given("The repair.", of="Ticket")
    decision: ApprovalDecision = given("What is decided.")
    quote_id: UUID | None = given("The quote it is about; the live one if left out.", default=None, of="Quote")
    amount_cents: BigInt | None = given("Up to what amount, in cents; the quote's if left out.", default=None)
    conditions: list[str] = given("On what conditions.", default=[], longest=1_000, most_items=20)
    justification: str | None = given("Why; a rejection needs it.", default=None, longest=5_000, lines=True)
