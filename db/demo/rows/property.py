"""Rows of the schemas property and reservations."""

from datetime import date
from typing import NamedTuple

from asyncpg.pgproto.pgproto import UUID


class Property(NamedTuple):
    """property.properties"""

    id: UUID
    operator_id: UUID
    code: str
    name: str
    kind: str
    unit: str | None
    resort_id: UUID | None
    homeowner_id: UUID | None
    address: str | None
    time_zone: str | None
    active: bool
    approval_limit_cents: int | None
    external_id: str | None
    created_at: int
    updated_at: int
    version: int


class Tenancy(NamedTuple):
    """property.tenancies"""

    id: UUID
    operator_id: UUID
    property_id: UUID
    contact_id: UUID
    unit: str | None
    starts_on: date
    ends_on: date | None
    created_at: int
    updated_at: int
    version: int


class Reservation(NamedTuple):
    """reservations.reservations"""

    id: UUID
    operator_id: UUID
    property_id: UUID
    guest_contact_id: UUID | None
    confirmation_code: str
    starts_on: date
    ends_on: date
    status: str
    channel: str | None
    created_at: int
    updated_at: int
    version: int


class Inspection(NamedTuple):
    """property.inspections"""

    id: UUID
    operator_id: UUID
    property_id: UUID
    kind: str
    status: str
    scheduled_at: int
    completed_at: int | None
    score: int | None
    notes: str | None
    created_at: int
    updated_at: int
    version: int


class Clean(NamedTuple):
    """property.cleans"""

    id: UUID
    operator_id: UUID
    property_id: UUID
    reservation_id: UUID | None
    kind: str
    status: str
    scheduled_at: int
    completed_at: int | None
    notes: str | None
    created_at: int
    updated_at: int
    version: int


class InventoryAction(NamedTuple):
    """property.inventory_actions"""

    id: UUID
    operator_id: UUID
    property_id: UUID
    item: str
    action: str
    quantity: int
    unit_cost_cents: int | None
    member_id: UUID | None
    occurred_at: int
    created_at: int


class InspectionTimeEntry(NamedTuple):
    """property.inspection_time_entries"""

    id: UUID
    operator_id: UUID
    inspection_id: UUID
    time_entry_id: UUID
    allocated_seconds: int
    role: str
    created_at: int
