"""Writing down money, and the paper about it."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Forbidden, Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.currency import currency_of
from resolvers.commands.moments import happened
from resolvers.commands.places import home_of
from resolvers.commands.repair import read_repair
from schema.commands.money import RecordDocument, RecordPayment, RecordTransaction, UpdatePayment
from schema.enums import DocumentKind, PaymentStatus, TransactionType
from schema.vocabulary.role import MANAGERS, VENDOR

_COMES_BACK = (TransactionType.REFUND, TransactionType.ADJUSTMENT)
_STEPS = {
    PaymentStatus.PENDING: {PaymentStatus.PAID, PaymentStatus.FAILED, PaymentStatus.WAIVED},
    PaymentStatus.FAILED: {PaymentStatus.PENDING, PaymentStatus.PAID, PaymentStatus.WAIVED},
    PaymentStatus.PAID: {PaymentStatus.REFUNDED},
    PaymentStatus.REFUNDED: set(),
    PaymentStatus.WAIVED: set(),
}
"""Where a payment may go from where it stands."""

_RECORD_TRANSACTION = """
INSERT INTO finance.transactions (operator_id, property_id, reservation_id, amount_cents, currency, type, occurred_at,
                                  memo)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""
_FOR_TICKET = """
INSERT INTO team.ticket_transactions (operator_id, ticket_id, transaction_id, role) VALUES ($1, $2, $3, $4)
"""
_RECORD_DOCUMENT = """
INSERT INTO finance.documents (operator_id, ticket_id, kind, number, url, file_id, external_id, amount_cents, currency,
                               issued_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
"""
_RECORD_PAYMENT = """
INSERT INTO finance.payments (operator_id, ticket_id, method, reference, amount_cents, currency, status, paid_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""
_PAYMENT_STATUS = "SELECT status FROM finance.payments WHERE id = $1"
_UPDATE_PAYMENT = "UPDATE finance.payments SET status = $2, paid_at = coalesce(paid_at, $3) WHERE id = $1"


@handles(RecordTransaction)
async def record_transaction(work: Work, given: RecordTransaction) -> Given:
    """Raises Refused for a ticket without a role or a role without a ticket, and for an amount of the wrong sign."""
    _refuse_half_a_link(given)
    if given.amount_cents < 0 and given.type not in _COMES_BACK:
        message = "Only of refunds and adjustments an amount may be below zero."
        raise Refused(Invalid("AMOUNT_BELOW_ZERO", message, path=("input", "amountCents")))
    operator = work.viewer.operator_id
    transaction: UUID = await work.value(
        _RECORD_TRANSACTION,
        operator,
        await home_of(work, given.property_id, given.reservation_id),
        given.reservation_id,
        given.amount_cents,
        await currency_of(work, given.currency),
        given.type.value,
        happened(given.occurred_at, "occurredAt"),
        given.memo,
    )
    if given.ticket_id is not None and given.role is not None:
        await work.run(_FOR_TICKET, operator, given.ticket_id, transaction, given.role.value)
    return {"transaction": transaction, "ticket": given.ticket_id}


@handles(RecordDocument)
async def record_document(work: Work, given: RecordDocument) -> Given:
    """Raises Refused for what nobody could find, and for what is not the vendor's to add."""
    if work.viewer.role is VENDOR:
        await _refuse_others_paper(work, given)
    if not any((given.number, given.url, given.file_id, given.external_id)):
        message = "Say by what it can be found: a number, an address or a file."
        raise Refused(Invalid("DOCUMENT_NOWHERE", message, path=("input", "number")))
    if given.url is not None:
        _refuse_other_addresses(given.url)
    if given.amount_cents is None and given.currency is not None:
        message = "A currency without an amount says nothing. Give both, or neither."
        raise Refused(Invalid("AMOUNT_NEEDED", message, path=("input", "amountCents")))
    document = await work.value(
        _RECORD_DOCUMENT,
        work.viewer.operator_id,
        given.ticket_id,
        given.kind.value,
        given.number,
        given.url,
        given.file_id,
        given.external_id,
        given.amount_cents,
        None if given.amount_cents is None else await currency_of(work, given.currency),
        given.issued_at,
    )
    return {"ticket": given.ticket_id, "document": document}


@handles(RecordPayment)
async def record_payment(work: Work, given: RecordPayment) -> Given:
    """Raises Refused where somebody else than a manager waives it."""
    _refuse_waiving(work, given.status)
    payment = await work.value(
        _RECORD_PAYMENT,
        work.viewer.operator_id,
        given.ticket_id,
        given.method.value,
        given.reference,
        given.amount_cents,
        await currency_of(work, given.currency),
        given.status.value,
        _paid_at(given.status, given.paid_at),
    )
    return {"ticket": given.ticket_id, "payment": payment}


@handles(UpdatePayment)
async def update_payment(work: Work, given: UpdatePayment) -> Given:
    """Raises Refused for a step that payments do not take."""
    status = PaymentStatus(await work.value(_PAYMENT_STATUS, given.payment_id))
    if given.status not in _STEPS[status]:
        message = f"The payment is {status.value}, from where it does not become {given.status.value}."
        raise Refused(Conflict("PAYMENT_SETTLED", message, path=("input", "status")))
    _refuse_waiving(work, given.status)
    await work.run(_UPDATE_PAYMENT, given.payment_id, given.status.value, _paid_at(given.status, given.paid_at))
    return {"payment": given.payment_id}


def _refuse_half_a_link(given: RecordTransaction) -> None:
    if given.ticket_id is not None and given.role is None:
        message = "Say what the money is to the ticket."
        raise Refused(Invalid("LINK_ROLE_NEEDED", message, path=("input", "role")))
    if given.ticket_id is None and given.role is not None:
        message = "A role is one to a ticket. Name the ticket, or leave the role out."
        raise Refused(Invalid("TICKET_NEEDED", message, path=("input", "ticketId")))


async def _refuse_others_paper(work: Work, given: RecordDocument) -> None:
    """A vendor adds its own invoices, to repairs that it is assigned to."""
    await read_repair(work, given.ticket_id)
    if given.kind is not DocumentKind.PURCHASE_INVOICE:
        message = "A vendor adds its own invoices: purchase invoices to us."
        raise Refused(Forbidden("OWN_INVOICES_ONLY", message, path=("input", "kind"), role="agent"))
    if given.external_id is not None:
        message = "Only staff says this. Leave it out."
        raise Refused(Forbidden("STAFF_SAYS_IT", message, path=("input", "externalId"), role="agent"))


def _refuse_other_addresses(url: str) -> None:
    try:
        parts = urlsplit(url)
        fit = parts.scheme == "https" and parts.hostname and not parts.username and not any(map(str.isspace, url))
    except ValueError:
        fit = False
    if not fit:
        message = "It is no https address. Write it whole, as in https://books.example/invoices/2041."
        raise Refused(Invalid("ADDRESS_NOT_HTTPS", message, path=("input", "url")))


def _refuse_waiving(work: Work, status: PaymentStatus) -> None:
    if status is PaymentStatus.WAIVED and work.viewer.role not in MANAGERS:
        message = "Only a manager waives a payment."
        raise Refused(Forbidden("MANAGER_NEEDED", message, path=("input", "status"), role="manager"))


def _paid_at(status: PaymentStatus, given: datetime | None) -> datetime | None:
    """When the money arrived; now where it is paid and nothing was said."""
    if status is PaymentStatus.PAID:
        return happened(given, "paidAt")
    if given is not None and status is not PaymentStatus.REFUNDED:
        message = f"What is {status.value} has no moment of payment. Leave it out."
        raise Refused(Invalid("NOT_PAID", message, path=("input", "paidAt")))
    return None if given is None else happened(given, "paidAt")
