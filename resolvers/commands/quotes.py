"""Quotes, and decisions about them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Forbidden, Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.currency import currency_of
from resolvers.commands.repair import Repair, read_repair
from resolvers.commands.step import take_step
from schema.commands.quotes import DecideApproval, RequestApproval, SubmitQuote
from schema.enums import ApprovalDecision, TicketStatus
from schema.vocabulary.role import VENDOR

# From where a quote of the assigned vendor leads to `quoted`; from later states the gates lead on.
_UNQUOTED = ("reported", "vendor_contacted", "rejected", "in_progress", "disputed")

_PARTIES = """
SELECT j.assigned_vendor_id AS vendor, s.currency, ARRAY(
    SELECT v.vendor_id FROM team.ticket_vendors AS v
    WHERE v.ticket_id = j.ticket_id AND v.role IN ('quoting', 'assigned')) AS linked
FROM maintenance.jobs AS j JOIN directory.operator_settings AS s ON s.operator_id = j.operator_id
WHERE j.ticket_id = $1
"""
_SUBMIT = """
INSERT INTO maintenance.quotes (operator_id, ticket_id, vendor_id, amount_cents, currency, scope, visit_at, valid_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""
_TO_QUOTED = "UPDATE team.tickets SET status = 'quoted' WHERE id = $1 AND status = ANY ($2::text[])"
_FOLLOW = "SELECT lifecycle.follow_gates($1)"

_TO_APPROVAL = "UPDATE team.tickets SET status = 'pending_approval' WHERE id = $1 AND status <> 'pending_approval'"
_REQUEST = """
INSERT INTO maintenance.approvals (operator_id, ticket_id, quote_id, required, justification)
VALUES ($1, $2, $3, true, $4)
ON CONFLICT (ticket_id) WHERE decision IS NULL AND revoked_at IS NULL
DO UPDATE SET quote_id = excluded.quote_id, justification = coalesce(excluded.justification, approvals.justification)
RETURNING id
"""
_NAMED = """
SELECT amount_cents, currency, superseded_at IS NULL AND valid_until <= now() AS has_run_out
FROM maintenance.quotes WHERE id = $1
"""
_DECIDED = """
SELECT a.decision, coalesce(c.full_name, 'the limit') AS decider
FROM maintenance.approvals AS a LEFT JOIN directory.contacts AS c ON c.id = a.decided_by
WHERE a.quote_id = $1 AND a.revoked_at IS NULL AND (
    a.decision = 'approved' AND a.approved_amount_cents >= $2 OR a.decision = 'rejected' AND $3 = 'rejected')
ORDER BY a.decided_at DESC, a.id DESC LIMIT 1
"""
_DECIDE_WAITING = """
UPDATE maintenance.approvals
SET quote_id = $2, decision = $3, decided_by = $4, decided_at = now(), approved_amount_cents = $5, currency = $6,
    conditions = $7, justification = coalesce($8, justification)
WHERE ticket_id = $1 AND decision IS NULL AND revoked_at IS NULL
RETURNING id
"""
_DECIDE_UNASKED = """
INSERT INTO maintenance.approvals (operator_id, ticket_id, quote_id, required, decision, decided_by, decided_at,
                                   approved_amount_cents, currency, conditions, justification)
VALUES ($9, $1, $2, true, $3, $4, now(), $5, $6, $7, $8) RETURNING id
"""


@handles(SubmitQuote)
async def submit_quote(work: Work, given: SubmitQuote) -> Given:
    """Raises Refused for a vendor that was not asked, and for moments that have passed."""
    _refuse_past("validUntil", given.valid_until)
    _refuse_past("visitAt", given.visit_at)
    parties = await work.row(_PARTIES, given.ticket_id)
    if parties is None:
        raise Refused(Conflict("NO_REPAIR", "The ticket is no repair.", path=("input", "ticketId")))
    vendor = _quoting(work, given, parties)
    currency = parties["currency"] if given.currency is None else await currency_of(work, given.currency)
    quote = await work.value(
        _SUBMIT,
        work.viewer.operator_id,
        given.ticket_id,
        vendor,
        given.amount_cents,
        currency,
        given.scope,
        given.visit_at,
        given.valid_until,
    )
    if vendor == parties["vendor"]:
        await work.run(_TO_QUOTED, given.ticket_id, list(_UNQUOTED))
        await work.run(_FOLLOW, given.ticket_id)
    return {"quote": quote, "ticket": given.ticket_id}


def _quoting(work: Work, given: SubmitQuote, parties: Any) -> UUID:
    """Whose quote it is."""
    own = work.viewer.company_id if work.viewer.role is VENDOR else None
    if own is not None and given.vendor_id not in (None, own):
        message = "A vendor quotes for itself. Leave the vendor out."
        raise Refused(Forbidden("OWN_QUOTES_ONLY", message, path=("input", "vendorId"), role="agent"))
    vendor = own or given.vendor_id or parties["vendor"]
    if vendor is None or vendor not in parties["linked"]:
        message = "This vendor was not asked to quote. Contact it first."
        raise Refused(Conflict("VENDOR_NOT_ASKED", message, path=("input", "vendorId")))
    return UUID(str(vendor))


def _refuse_past(name: str, moment: datetime | None) -> None:
    if moment is not None and moment <= datetime.now(UTC):
        raise Refused(Invalid("MOMENT_PASSED", "That has passed already.", path=("input", name)))


@handles(RequestApproval)
async def request_approval(work: Work, given: RequestApproval) -> Given:
    """The guards say whether there is something to decide."""
    repair = await read_repair(work, given.ticket_id)
    await work.run(_TO_APPROVAL, given.ticket_id)
    approval = await work.value(_REQUEST, work.viewer.operator_id, given.ticket_id, repair.quote, given.justification)
    return {"approval": approval, "ticket": given.ticket_id}


@handles(DecideApproval)
async def decide_approval(work: Work, given: DecideApproval) -> Given:
    """Raises Refused where it is decided, or nothing is to be; who may decide is the database's rule."""
    rejecting = given.decision is ApprovalDecision.REJECTED
    if rejecting and given.justification is None:
        raise Refused(Invalid("REASON_NEEDED", "Say why it is rejected.", path=("input", "justification")))
    if not rejecting and given.quote_id is None and given.amount_cents is None:
        message = "Say which quote, or what amount: a newer quote than the one you read may have come in."
        raise Refused(Invalid("WHAT_IS_APPROVED", message, path=("input", "quoteId")))
    if work.viewer.contact_id is None:
        message = "A decision is a person's. Sign in as one."
        raise Refused(Forbidden("PERSON_NEEDED", message, path=("input",), role="manager"))
    repair = await read_repair(work, given.ticket_id)
    quote = given.quote_id or repair.quote
    asked, currency = await _asked(work, repair, given.quote_id)
    amount = given.amount_cents if given.amount_cents is not None else asked
    if (quote is None and not repair.overridden) or amount is None:
        message = "The repair has no quote that stands, so there is nothing to decide."
        raise Refused(Conflict("NO_LIVE_QUOTE", message, path=("input", "ticketId")))
    await _refuse_decided(work, repair, quote, amount, given.decision)
    terms = (
        given.ticket_id,
        quote,
        given.decision.value,
        work.viewer.contact_id,
        None if rejecting else amount,
        None if rejecting else currency or repair.usual_currency,
        given.conditions,
        given.justification,
    )
    await work.because(given.justification)
    approval = await work.value(_DECIDE_WAITING, *terms)
    if approval is None:
        approval = await work.value(_DECIDE_UNASKED, *terms, work.viewer.operator_id)
    if rejecting:
        await take_step(work, given.ticket_id, TicketStatus.REJECTED)
    return {"approval": approval, "ticket": given.ticket_id}


async def _asked(work: Work, repair: Repair, named: UUID | None) -> tuple[int | None, str | None]:
    """What the quote that is decided asks: another vendor's may be named too, before it is assigned."""
    if named in (None, repair.quote):
        return repair.amount_cents, repair.currency
    ((amount, currency, has_run_out),) = await work.rows(_NAMED, named)
    if has_run_out:
        message = "The quote has run out. Its vendor is to quote again."
        raise Refused(Conflict("NO_LIVE_QUOTE", message, path=("input", "quoteId")))
    return amount, currency


async def _refuse_decided(
    work: Work, repair: Repair, quote: UUID | None, amount: int, decision: ApprovalDecision
) -> None:
    """Two who decide at once: the second one is told what the first has done."""
    asked = max(amount if decision is ApprovalDecision.APPROVED else 0, repair.amount_cents or 0)
    made = await work.row(_DECIDED, quote, asked, repair.status)
    if made is not None:
        message = f"It is {made['decision']} already, by {made['decider']}."
        raise Refused(Conflict("ALREADY_DECIDED", message, path=("input", "ticketId")))
