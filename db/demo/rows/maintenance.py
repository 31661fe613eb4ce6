"""Rows of the schema maintenance."""

from dataclasses import dataclass, field
from decimal import Decimal

from asyncpg.pgproto.pgproto import UUID


@dataclass(slots=True)
class Job:
    """maintenance.jobs"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    issue_type: str
    urgency: str
    unit: str | None
    location: str | None
    access_notes: str | None
    tenant_contact_id: UUID | None
    created_at: int
    updated_at: int
    related_ticket_id: UUID | None = None
    assigned_vendor_id: UUID | None = None
    vendor_assigned_at: int | None = None
    estimated_arrival: int | None = None
    work_started_at: int | None = None
    arrival_notes: str | None = None
    estimated_cost_cents: int | None = None
    tenant_time_confirmed_at: int | None = None
    reschedule_count: int = 0
    locked_in_at: int | None = None
    gate_override: str | None = None
    completion_notes: str | None = None
    no_photo_reason: str | None = None
    actual_cost_cents: int | None = None
    cost_variance_cents: int | None = None
    cost_variance_percent: Decimal | None = None
    completed_at: int | None = None
    tenant_satisfied: bool | None = None
    tenant_rating: int | None = None
    tenant_feedback: str | None = None
    photo_save_failed_at: int | None = None
    feedback_sent_at: int | None = None
    start_reminder_sent_at: int | None = None
    completion_reminder_sent_at: int | None = None
    version: int = 1


@dataclass(slots=True)
class Quote:
    """maintenance.quotes"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    vendor_id: UUID
    revision: int
    amount_cents: int
    currency: str
    scope: str
    visit_at: int | None
    valid_until: int | None
    created_at: int
    updated_at: int
    slot_menu_sent_at: int | None = None
    tenant_multiple_accept: bool = False
    superseded_at: int | None = None
    version: int = 1


@dataclass(slots=True)
class VisitSlot:
    """maintenance.visit_slots"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    quote_id: UUID
    starts_at: int
    ends_at: int
    offered_at: int
    created_at: int
    updated_at: int
    accepted_at: int | None = None
    selected_at: int | None = None
    version: int = 1


@dataclass(slots=True)
class Approval:
    """maintenance.approvals"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    quote_id: UUID | None
    required: bool
    created_at: int
    updated_at: int
    decision: str | None = None
    decided_by: UUID | None = None
    decided_at: int | None = None
    approved_amount_cents: int | None = None
    currency: str | None = None
    conditions: list[str] = field(default_factory=list)
    justification: str | None = None
    revoked_at: int | None = None
    version: int = 1


@dataclass(slots=True)
class Escalation:
    """maintenance.escalations"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    type: str
    status: str
    raised_by: UUID | None
    raised_at: int
    resolved_at: int | None
    details: str | None
    created_at: int
    updated_at: int
    version: int = 1
