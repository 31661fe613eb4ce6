"""Money that moved, its paper, and what was paid for a ticket."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from schema.enums import DocumentKind, PaymentMethod, PaymentStatus, TransactionType
from schema.vocabulary.column import column
from schema.vocabulary.edge import One, many, one
from schema.vocabulary.entity import entity
from schema.vocabulary.role import HOMEOWNER, VENDOR
from schema.vocabulary.row import Edited, Owned
from schema.vocabulary.scalar import BigInt
from schema.vocabulary.sight import seen

if TYPE_CHECKING:
    from schema.files import File
    from schema.property import Property
    from schema.reservations import Reservation
    from schema.team import Ticket


_OF_THEIR_TICKETS = seen("ticket_id", among="my_tickets", by={HOMEOWNER})
_PURCHASES = {"kind": ("purchase_order", "purchase_invoice")}


@entity("finance.transactions", sight=[seen("id", among="my_transactions", by={HOMEOWNER})])
class Transaction(Owned):
    """A movement of money about a home or a stay."""

    home: One[Property | None] = one(
        "property_id", "The home it concerns.", name="property", reverse=many("transactions", "Money moved for it.")
    )
    reservation: One[Reservation | None] = one(
        "reservation_id", "The stay it concerns.", reverse=many("transactions", "Money moved for this stay.")
    )
    amount_cents: BigInt = column("How much, in cents; negative where money came back.")
    currency: str = column("Its currency (ISO 4217).")
    type: TransactionType = column("Why it moved.")
    occurred_at: datetime = column("When it moved.", order=True)
    memo: str | None = column("What it was for.")


@entity(
    "finance.documents", sight=[seen("ticket_id", among="my_jobs", by={VENDOR}, only=_PURCHASES), _OF_THEIR_TICKETS]
)
class Document(Edited):
    """An order, invoice or journal entry about a ticket, as the accounting system knows it."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("documents", "Its orders and invoices."))
    kind: DocumentKind = column("What it is.")
    number: str | None = column("Its number in accounting.")
    url: str | None = column("Where it can be read.")
    file: One[File | None] = one(
        "file_id", "The document itself, where it was uploaded.", reverse=many("documents", "What this file documents.")
    )
    external_id: str | None = column("Its record's name in the accounting system.")
    amount_cents: BigInt | None = column("Its total, in cents.")
    currency: str | None = column("Its currency (ISO 4217).")
    issued_at: datetime | None = column("When it was issued.", order=True)


@entity("finance.payments", sight=[seen("ticket_id", among="my_jobs", by={VENDOR}), _OF_THEIR_TICKETS])
class Payment(Edited):
    """What was paid, or is to be paid, for a ticket."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("payments", "What was paid for it."))
    method: PaymentMethod = column("How it is paid.")
    reference: str | None = column("The bank's or the payer's reference.")
    amount_cents: BigInt = column("How much, in cents.")
    currency: str = column("Its currency (ISO 4217).")
    status: PaymentStatus = column("How far it has come.")
    paid_at: datetime | None = column("When the money arrived.", order=True)
