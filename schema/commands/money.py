"""Money that moved, its paper, and what was paid for a ticket."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.enums import DocumentKind, PaymentMethod, PaymentStatus, TicketTransactionRole, TransactionType
from schema.vocabulary.command import command
from schema.vocabulary.given import given
from schema.vocabulary.role import STAFF, VENDOR
from schema.vocabulary.scalar import BigInt

_MOST = 10**12
_CURRENCY = "Its currency (ISO 4217); the operator's if left out."


@command(
    by=STAFF,
    gives={"transaction": "Transaction", "ticket": "Ticket"},
    example="""mutation {
  recordTransaction(input: {
    propertyId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", amountCents: "12500", type: CHARGE, memo: "New lock"
    ticketId: "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20", role: CHARGE
  }) {
    transaction { id amountCents currency }
    problems { code message path }
  }
}""",
)
class RecordTransaction:
    """Writes down that money moved, about a home or a stay, and for a ticket if one is named."""

    property_id: UUID | None = given("The home it concerns.", default=None, of="Property")
    reservation_id: UUID | None = given("The stay it concerns; its home is where.", default=None, of="Reservation")
    amount_cents: BigInt = given(
        "How much, in cents; below zero only of refunds and adjustments, where money came back.",
        least=-_MOST,
        most=_MOST,
    )
    currency: str | None = given(_CURRENCY, default=None, longest=3)
    type: TransactionType = given("Why it moved.")
    occurred_at: datetime | None = given("When it moved; now if left out.", default=None)
    memo: str | None = given("What it was for.", default=None, longest=2_000, lines=True)
    ticket_id: UUID | None = given("The ticket it was for.", default=None, of="Ticket")
    role: TicketTransactionRole | None = given("What it is to that ticket; goes with it.", default=None)


@command(
    by=STAFF | {VENDOR},
    subject="ticket_id",
    gives={"ticket": "Ticket", "document": "Document"},
    example="""mutation {
  recordDocument(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", kind: PURCHASE_INVOICE, number: "INV-2041"
    amountCents: "18000", currency: "EUR", url: "https://books.example/invoices/2041"
  }) {
    document { id kind number url }
    problems { code message path }
  }
}""",
)
class RecordDocument:
    """Adds an order, invoice or journal entry to a ticket. The assigned vendor adds its own purchase invoices.

    It has a number, an address or a file by which it can be found.
    """

    ticket_id: UUID = given("The ticket.", of="Ticket")
    kind: DocumentKind = given("What it is.")
    number: str | None = given("Its number in accounting.", default=None, longest=100)
    url: str | None = given("Where it can be read: an https address.", default=None, longest=2_000)
    file_id: UUID | None = given("The document itself, uploaded before.", default=None, of="File")
    external_id: str | None = given(
        "Its record's name in the accounting system, which only staff says.", default=None, longest=200
    )
    amount_cents: BigInt | None = given("Its total, in cents.", default=None)
    currency: str | None = given(
        "The total's currency (ISO 4217); the operator's if left out.", default=None, longest=3
    )
    issued_at: datetime | None = given("When it was issued.", default=None)


@command(
    by=STAFF,
    subject="ticket_id",
    gives={"ticket": "Ticket", "payment": "Payment"},
    example="""mutation {
  recordPayment(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", method: BANK_TRANSFER, reference: "R-7781"
    amountCents: "18000", status: PAID
  }) {
    payment { id status amountCents currency paidAt }
    problems { code message path }
  }
}""",
)
class RecordPayment:
    """Writes down what was paid for a ticket, is to be paid, or is waived; only a manager waives."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    method: PaymentMethod = given("How it is paid.")
    reference: str | None = given("The bank's or the payer's reference.", default=None, longest=200)
    amount_cents: BigInt = given("How much, in cents.")
    currency: str | None = given(_CURRENCY, default=None, longest=3)
    status: PaymentStatus = given("How far it has come.", default=PaymentStatus.PENDING)
    paid_at: datetime | None = given("When the money arrived, if it did; now if left out.", default=None)


@command(
    by=STAFF,
    subject="payment_id",
    gives={"payment": "Payment"},
    example="""mutation {
  updatePayment(input: {paymentId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", status: PAID}) {
    payment { status paidAt ticket { number } }
    problems { code message path }
  }
}""",
)
class UpdatePayment:
    """Says how far a payment has come. One that waits or failed may be paid or waived; one that is paid, refunded."""

    payment_id: UUID = given("The payment.", of="Payment")
    status: PaymentStatus = given("How far it has come; only a manager waives.")
    paid_at: datetime | None = given("When the money arrived, if it did; now if left out.", default=None)
