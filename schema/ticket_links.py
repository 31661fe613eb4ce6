"""What hangs on a ticket: people, homes, vendors, time, stock, money, pictures."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from schema.enums import (
    ParticipantRole,
    PhotoType,
    TicketHomeownerRole,
    TicketPropertyRole,
    TicketShiftRole,
    TicketTransactionRole,
    TicketVendorRole,
    TimeRole,
)
from schema.vocabulary.column import column
from schema.vocabulary.edge import One, many, one
from schema.vocabulary.entity import entity
from schema.vocabulary.role import HOMEOWNER
from schema.vocabulary.row import Owned
from schema.vocabulary.sight import seen

if TYPE_CHECKING:
    from schema.directory import Company, Contact
    from schema.files import File
    from schema.finance import Transaction
    from schema.property import Clean, Inspection, InventoryAction, Property
    from schema.team import TeamShift, Ticket, TimeEntry


@entity("team.ticket_participants", sight=[seen("ticket_id", among="my_tickets")])
class TicketParticipant(Owned):
    """A person on a ticket."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("participants", "The people on it."))
    contact: One[Contact] = one(
        "contact_id", "The person.", reverse=many("participations", "The tickets this person is on.")
    )
    role: ParticipantRole = column("What they are to the ticket.")
    notify: bool = column("Whether they are told of what happens.")


@entity("team.ticket_properties")
class TicketProperty(Owned):
    """A further home that a ticket concerns."""

    ticket: One[Ticket] = one(
        "ticket_id", "The ticket.", reverse=many("extra_properties", "Further homes it concerns.")
    )
    home: One[Property] = one(
        "property_id",
        "The home.",
        name="property",
        reverse=many("ticket_links", "Tickets that concern it beside their own home."),
    )
    role: TicketPropertyRole = column("How the home is concerned.")


@entity("team.ticket_homeowners")
class TicketHomeowner(Owned):
    """A further homeowner that a ticket concerns."""

    ticket: One[Ticket] = one(
        "ticket_id", "The ticket.", reverse=many("extra_homeowners", "Further homeowners it concerns.")
    )
    homeowner: One[Contact] = one(
        "homeowner_id", "The homeowner.", reverse=many("homeowner_links", "Tickets that concern them as an owner.")
    )
    role: TicketHomeownerRole = column("What they are to the home.")


@entity("team.ticket_vendors")
class TicketVendor(Owned):
    """A vendor involved in a ticket."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("vendors", "The vendors involved in it."))
    vendor: One[Company] = one(
        "vendor_id", "The vendor.", reverse=many("ticket_links", "The tickets this vendor is involved in.")
    )
    role: TicketVendorRole = column("What the vendor does on it.")


@entity("team.ticket_shifts")
class TicketShift(Owned):
    """A shift in which a ticket was worked on."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("shifts", "The shifts it was worked on in."))
    shift: One[TeamShift] = one("shift_id", "The shift.", reverse=many("tickets", "The tickets worked on in it."))
    role: TicketShiftRole = column("Whether it was worked on or only covered.")


@entity("team.ticket_time_entries")
class TicketTimeEntry(Owned):
    """Time that was spent on a ticket."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("time_entries", "The time spent on it."))
    time_entry: One[TimeEntry] = one(
        "time_entry_id", "The time.", reverse=many("ticket_allocations", "What of it went to tickets.")
    )
    allocated_seconds: int = column("How much of the time entry, in seconds.")
    role: TimeRole = column("What it was spent on.")


@entity("team.ticket_transactions", sight=[seen("ticket_id", among="my_tickets", by={HOMEOWNER})])
class TicketTransaction(Owned):
    """Money that moved for a ticket."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("transactions", "The money moved for it."))
    transaction: One[Transaction] = one(
        "transaction_id", "The transaction.", reverse=many("ticket_links", "The tickets it was for.")
    )
    role: TicketTransactionRole = column("What the money is to the ticket.")


@entity("team.ticket_inspections")
class TicketInspection(Owned):
    """An inspection that belongs to a ticket."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("inspections", "The inspections it led to."))
    inspection: One[Inspection] = one(
        "inspection_id", "The inspection.", reverse=many("ticket_links", "The tickets it belongs to.")
    )


@entity("team.ticket_cleans")
class TicketClean(Owned):
    """A clean that belongs to a ticket."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("cleans", "The cleans it led to."))
    clean: One[Clean] = one("clean_id", "The clean.", reverse=many("ticket_links", "The tickets it belongs to."))


@entity("team.ticket_inventory_events")
class TicketInventoryEvent(Owned):
    """Stock that a ticket used."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("inventory_events", "The stock it used."))
    inventory_event: One[InventoryAction] = one(
        "inventory_event_id", "The movement of stock.", reverse=many("ticket_links", "The tickets that used it.")
    )
    quantity_used: Decimal = column("How much of it the ticket used.")
    unit_cost_cents: int | None = column("What one cost then, in cents.")


@entity("team.ticket_photos", sight=[seen("ticket_id", among="my_tickets")])
class TicketPhoto(Owned):
    """A photo on a ticket."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("photos", "Its photos."))
    file: One[File] = one("file_id", "The picture.", reverse=many("ticket_photos", "The tickets it is shown on."))
    photo_type: PhotoType = column("What it shows.")
