"""Rows of the schema team that tie a ticket to something, and its comments."""

from dataclasses import dataclass
from typing import NamedTuple

from asyncpg.pgproto.pgproto import UUID


class TicketParticipant(NamedTuple):
    """team.ticket_participants"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    contact_id: UUID
    role: str
    notify: bool
    created_at: int


class TicketProperty(NamedTuple):
    """team.ticket_properties"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    property_id: UUID
    role: str
    created_at: int


class TicketHomeowner(NamedTuple):
    """team.ticket_homeowners"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    homeowner_id: UUID
    role: str
    created_at: int


@dataclass(slots=True)
class TicketVendor:
    """team.ticket_vendors"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    vendor_id: UUID
    role: str
    created_at: int


class TicketShift(NamedTuple):
    """team.ticket_shifts"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    shift_id: UUID
    role: str
    created_at: int


class TicketTimeEntry(NamedTuple):
    """team.ticket_time_entries"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    time_entry_id: UUID
    role: str
    allocated_seconds: int
    created_at: int


class TicketTransaction(NamedTuple):
    """team.ticket_transactions"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    transaction_id: UUID
    role: str
    created_at: int


class TicketInspection(NamedTuple):
    """team.ticket_inspections"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    inspection_id: UUID
    created_at: int


class TicketClean(NamedTuple):
    """team.ticket_cleans"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    clean_id: UUID
    created_at: int


class TicketInventoryEvent(NamedTuple):
    """team.ticket_inventory_events"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    inventory_event_id: UUID
    quantity_used: int
    unit_cost_cents: int | None
    created_at: int


class TicketPhoto(NamedTuple):
    """team.ticket_photos"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    file_id: UUID
    photo_type: str
    created_at: int


class TicketComment(NamedTuple):
    """team.ticket_comments"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    author_contact_id: UUID | None
    body: str
    visibility: str
    created_at: int


class TicketRecurring(NamedTuple):
    """team.ticket_recurring"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    recurring_rule_id: UUID
    occurrence_at: int
    property_id: UUID | None
    reservation_id: UUID | None
    created_at: int


class ProjectTicket(NamedTuple):
    """team.project_tickets"""

    id: UUID
    operator_id: UUID
    project_id: UUID
    ticket_id: UUID
    role: str
    created_at: int
