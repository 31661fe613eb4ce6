"""Rows of the schemas directory and geo."""

from decimal import Decimal
from typing import NamedTuple

from asyncpg.pgproto.pgproto import UUID


class Company(NamedTuple):
    """directory.companies"""

    id: UUID
    operator_id: UUID
    name: str
    kind: str
    email: str | None
    phone: str | None
    active: bool
    tax_id: str | None
    number: str | None
    external_id: str | None
    external_user_id: str | None
    created_at: int
    updated_at: int
    version: int


class OperatorSettings(NamedTuple):
    """directory.operator_settings"""

    id: UUID
    operator_id: UUID
    time_zone: str
    currency: str
    auto_approval_limit_cents: int
    tenant_response_timeout: int
    visit_window: int
    message_window: int
    auto_reply_cap: int
    recurring_catch_up_limit: int
    reopening_window: int
    created_at: int
    updated_at: int
    version: int


class Contact(NamedTuple):
    """directory.contacts"""

    id: UUID
    operator_id: UUID
    full_name: str
    email: str | None
    phone: str | None
    kind: str
    company_id: UUID | None
    locale: str | None
    time_zone: str | None
    number: str | None
    external_id: str | None
    external_user_id: str | None
    created_at: int
    updated_at: int
    version: int


class VendorProfile(NamedTuple):
    """directory.vendor_profiles"""

    id: UUID
    operator_id: UUID
    company_id: UUID
    specialties: list[str]
    rating: Decimal | None
    rating_count: int
    active: bool
    primary_contact_id: UUID | None
    preferred_rank: int | None
    created_at: int
    updated_at: int
    version: int


class VendorServiceArea(NamedTuple):
    """directory.vendor_service_areas"""

    id: UUID
    operator_id: UUID
    vendor_profile_id: UUID
    area_id: UUID
    created_at: int


class Area(NamedTuple):
    """geo.areas"""

    id: UUID
    name: str
    kind: str
    parent_id: UUID | None
    created_at: int
