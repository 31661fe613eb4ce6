"""Repairs by vendors: the job, what it should cost and when, who agreed, and what went wrong."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from schema.enums import ApprovalDecision, EscalationStatus, EscalationType, Urgency
from schema.vocabulary.column import column
from schema.vocabulary.edge import One, many, one, single
from schema.vocabulary.entity import entity
from schema.vocabulary.role import GUEST, HOMEOWNER, RESIDENTS, TENANT, VENDOR
from schema.vocabulary.row import Edited
from schema.vocabulary.scalar import BigInt
from schema.vocabulary.sight import masked, seen

if TYPE_CHECKING:
    from schema.directory import Company, Contact
    from schema.team import Ticket


_OF_THEIR_TICKETS = seen("ticket_id", among="my_tickets", by={HOMEOWNER})
_QUOTES = (seen("id", among="my_quotes", by={VENDOR}), _OF_THEIR_TICKETS)
_APPROVALS = (seen("quote_id", among="my_quotes", by={VENDOR}), _OF_THEIR_TICKETS)


@entity("maintenance.jobs", sight=[seen("ticket_id", among="my_tickets")])
class Job(Edited):
    """What a maintenance ticket has beyond the ticket: one row each."""

    ticket: One[Ticket] = one(
        "ticket_id",
        "The ticket.",
        reverse=single("job", "The repair itself; only tickets of type maintenance have it."),
    )
    issue_type: str = column("What kind of trouble it is, such as plumbing.")
    urgency: Urgency = column("How soon it must happen.")
    unit: str | None = column("The unit it is in.")
    location: str | None = column("Where in the home it is.")
    access_notes: str | None = column(
        "How to get in; who lives there sees it, and the vendor once its work is approved.",
        hidden_from={GUEST, HOMEOWNER},
        mask=masked("ticket_id", among="my_entrusted_tickets", by={VENDOR, TENANT}),
    )
    tenant: One[Contact | None] = one(
        "tenant_contact_id",
        "Who lives there and confirms the visit; none for a vacant home or a common area.",
        reverse=many("tenant_jobs", "Repairs at this person's home."),
    )
    related_ticket: One[Ticket | None] = one(
        "related_ticket_id",
        "An earlier ticket about the same.",
        reverse=many("related_jobs", "Later repairs of the same."),
    )
    assigned_vendor: One[Company | None] = one(
        "assigned_vendor_id", "The vendor it is assigned to.", reverse=many("jobs", "Repairs assigned to this vendor.")
    )
    vendor_assigned_at: datetime | None = column("When that vendor was assigned.")
    estimated_arrival: datetime | None = column("When the vendor means to arrive.")
    work_started_at: datetime | None = column("When work began.")
    arrival_notes: str | None = column("What the vendor found on arrival.")
    estimated_cost_cents: BigInt | None = column("Our own estimate, in cents.", hidden_from={VENDOR, *RESIDENTS})
    tenant_time_confirmed_at: datetime | None = column("When the tenant confirmed the current visit time.")
    reschedule_count: int = column("How often the tenant asked for another time; the third request cancels.")
    locked_in_at: datetime | None = column("When cost and time were first both agreed; never set again.")
    gate_override: str | None = column("Why a manager started it without both agreements.")
    completion_notes: str | None = column("What was done.")
    no_photo_reason: str | None = column("Why there is no photo of the finished work.")
    actual_cost_cents: BigInt | None = column("What it cost, in cents.", hidden_from=RESIDENTS)
    cost_variance_cents: BigInt | None = column(
        "Actual cost less the approved amount, else less the estimate, in cents.", hidden_from={VENDOR, *RESIDENTS}
    )
    cost_variance_percent: Decimal | None = column(
        "The same in percent; none where that amount is zero.", hidden_from={VENDOR, *RESIDENTS}
    )
    completed_at: datetime | None = column("When it was last completed.", order=True)
    tenant_satisfied: bool | None = column("Whether the tenant was content.")
    tenant_rating: int | None = column("The tenant's rating, 1 to 5.")
    tenant_feedback: str | None = column("What the tenant said.")
    photo_save_failed_at: datetime | None = column("When a photo could not be saved.")
    feedback_sent_at: datetime | None = column("When the tenant was asked for feedback; once.")
    start_reminder_sent_at: datetime | None = column("When the vendor was reminded to start; once.")
    completion_reminder_sent_at: datetime | None = column("When the vendor was reminded to complete; once.")


@entity("maintenance.quotes", sight=_QUOTES)
class Quote(Edited):
    """What a vendor asks for a repair. A revision supersedes the one before, which stays as history."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("quotes", "What vendors ask for it."))
    vendor: One[Company] = one("vendor_id", "Who asks.", reverse=many("quotes", "What this vendor asked."))
    revision: int = column("Counts this vendor's quotes for this ticket, from 1.")
    amount_cents: BigInt = column("How much, in cents.", order=True)
    currency: str = column("Its currency (ISO 4217).")
    scope: str = column("What it covers.")
    visit_at: datetime | None = column("When the vendor would come.")
    valid_until: datetime | None = column("Until when it stands; an approved quote does not expire.")
    slot_menu_sent_at: datetime | None = column("When the tenant was offered times.")
    tenant_multiple_accept: bool = column("Whether the tenant accepted several times and the vendor picks.")
    superseded_at: datetime | None = column("When a newer revision took its place.")
    created_at: datetime = column("When it was submitted.", order=True)


@entity(
    "maintenance.visit_slots",
    sight=[seen("quote_id", among="my_quotes", by={VENDOR}), seen("ticket_id", among="my_tickets", by={TENANT})],
)
class VisitSlot(Edited):
    """A time that a vendor offers for a visit."""

    ticket: One[Ticket] = one(
        "ticket_id", "The ticket.", reverse=many("visit_slots", "The times offered for a visit, by whatever vendor.")
    )
    quote: One[Quote] = one("quote_id", "The quote it belongs to.", reverse=many("visit_slots", "The times offered."))
    starts_at: datetime = column("When the visit would start.", order=True)
    ends_at: datetime = column("When it would be over.")
    offered_at: datetime = column("When it was offered.")
    accepted_at: datetime | None = column("When the tenant accepted it.")
    selected_at: datetime | None = column("When it became the visit; at most one a quote.")


@entity("maintenance.approvals", sight=_APPROVALS)
class Approval(Edited):
    """A decision about a repair's cost, or the record that none was needed."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("approvals", "The decisions about its cost."))
    quote: One[Quote | None] = one(
        "quote_id", "The quote it is about.", reverse=many("approvals", "The decisions about it.")
    )
    required: bool = column("Whether the amount was above the limit, so that somebody had to decide.")
    decision: ApprovalDecision | None = column("What was decided; none while it waits.")
    decider: One[Contact | None] = one(
        "decided_by", "Who decided; none where no decision was needed.", reverse=many("approvals", "What they decided.")
    )
    decided_at: datetime | None = column("When it was decided.", order=True)
    approved_amount_cents: BigInt | None = column("Up to what amount, in cents.")
    currency: str | None = column("Its currency (ISO 4217).")
    conditions: list[str] = column("On what conditions.")
    justification: str | None = column("Why.")
    revoked_at: datetime | None = column("When it was withdrawn.")


@entity("maintenance.escalations")
class Escalation(Edited):
    """Something about a ticket that needs a manager's eye."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("escalations", "What went wrong with it."))
    type: EscalationType = column("What went wrong.")
    status: EscalationStatus = column("How far it has been dealt with.")
    raiser: One[Contact | None] = one(
        "raised_by", "Who raised it; none for the clockwork.", reverse=many("escalations", "What this person raised.")
    )
    raised_at: datetime = column("When it was raised.", order=True)
    resolved_at: datetime | None = column("When it was settled.")
    details: str | None = column("What happened.")
