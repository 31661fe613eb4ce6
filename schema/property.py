"""Homes, who lives in them, and what is done at them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from schema.enums import CleanKind, InspectionKind, InventoryActionKind, PropertyKind, TimeRole, VisitStatus
from schema.vocabulary.column import column
from schema.vocabulary.edge import One, many, one
from schema.vocabulary.entity import entity
from schema.vocabulary.role import RESIDENTS, VENDOR
from schema.vocabulary.row import Edited, Owned
from schema.vocabulary.scalar import BigInt
from schema.vocabulary.sight import seen

if TYPE_CHECKING:
    from schema.directory import Contact
    from schema.geo import Area
    from schema.reservations import Reservation
    from schema.team import TeamMember, TimeEntry


@entity("property.properties", search=True, sight=[seen("id", among="my_properties")])
class Property(Edited):
    """A home under management, or a common area."""

    code: str = column("The code people say, such as ASP-104.", natural_key="code")
    name: str = column("What it is called.", order=True)
    kind: PropertyKind = column("Its type.")
    unit: str | None = column("The unit within its building.")
    resort: One[Area | None] = one("resort_id", "The resort it lies in.", reverse=many("properties", "The homes here."))
    homeowner: One[Contact | None] = one(
        "homeowner_id", "Who owns it.", reverse=many("owned_properties", "The homes this person owns.")
    )
    address: str | None = column("Where it stands.")
    time_zone: str | None = column("Where its clock is, by IANA name; the operator's where empty.")
    active: bool = column("Whether it is under management now.")
    approval_limit_cents: BigInt | None = column(
        "Its own limit for quotes without a decision, in cents.", hidden_from={VENDOR, *RESIDENTS}
    )
    external_id: str | None = column("Its record's name in the accounting system.")


@entity("property.tenancies")
class Tenancy(Edited):
    """Who lives in a home, from when to when."""

    home: One[Property] = one(
        "property_id", "The home.", name="property", reverse=many("tenancies", "Who lives or lived here.")
    )
    contact: One[Contact] = one("contact_id", "The tenant.", reverse=many("tenancies", "Where this person lives."))
    unit: str | None = column("The unit, where a home has several.")
    starts_on: date = column("The first day.", order=True)
    ends_on: date | None = column("The last day; open where empty.")


@entity("property.inspections")
class Inspection(Edited):
    """A look at a home's condition."""

    home: One[Property] = one(
        "property_id", "The home.", name="property", reverse=many("inspections", "Inspections of this home.")
    )
    kind: InspectionKind = column("Why it is inspected.")
    status: VisitStatus = column("How far it has come.")
    scheduled_at: datetime = column("When it is planned.", order=True)
    completed_at: datetime | None = column("When it was done.")
    score: int | None = column("The condition found, 0 to 100.")
    notes: str | None = column("What was seen.")


@entity("property.cleans")
class Clean(Edited):
    """A clean of a home, as a rule between two stays."""

    home: One[Property] = one(
        "property_id", "The home.", name="property", reverse=many("cleans", "Cleans of this home.")
    )
    reservation: One[Reservation | None] = one(
        "reservation_id", "The stay it follows, if any.", reverse=many("cleans", "Cleans for this stay.")
    )
    kind: CleanKind = column("How thorough it is.")
    status: VisitStatus = column("How far it has come.")
    scheduled_at: datetime = column("When it is planned.", order=True)
    completed_at: datetime | None = column("When it was done.")
    notes: str | None = column("What the next visitor should know.")


@entity("property.inventory_actions")
class InventoryAction(Owned):
    """Stock that was added to, removed from or used at a home."""

    home: One[Property] = one(
        "property_id", "The home.", name="property", reverse=many("inventory_actions", "What happened to its stock.")
    )
    item: str = column("What was moved.")
    action: InventoryActionKind = column("What happened to it.")
    quantity: Decimal = column("How much, in the item's own unit; always positive.")
    unit_cost_cents: int | None = column("What one costs, in cents.")
    member: One[TeamMember | None] = one(
        "member_id", "Who did it.", reverse=many("inventory_actions", "The stock this member moved.")
    )
    occurred_at: datetime = column("When it happened.", order=True)


@entity("property.inspection_time_entries")
class InspectionTimeEntry(Owned):
    """Time that was spent on an inspection."""

    inspection: One[Inspection] = one(
        "inspection_id", "The inspection.", reverse=many("time_entries", "The time it took.")
    )
    time_entry: One[TimeEntry] = one(
        "time_entry_id", "The time.", reverse=many("inspection_allocations", "What of it went to inspections.")
    )
    allocated_seconds: int = column("How much of the time entry, in seconds.")
    role: TimeRole = column("What it was spent on.")
