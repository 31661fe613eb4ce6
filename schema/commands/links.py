"""What hangs on a ticket, put there and taken off: homes, owners, vendors, shifts, visits, stock, money, photos."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar, dataclass_transform
from uuid import UUID

from schema.assembly.names import lower_first
from schema.enums import (
    TicketHomeownerRole,
    TicketPropertyRole,
    TicketShiftRole,
    TicketTransactionRole,
    TicketVendorRole,
)
from schema.vocabulary.command import command
from schema.vocabulary.given import given
from schema.vocabulary.role import STAFF

C = TypeVar("C")

_TICKET = "The ticket."
_IN_WHICH_ROLE = "In which role; in every one if left out."
_OTHER = '"018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20"'
_EXAMPLE = """mutation {{
  {name}(input: {{
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", {values}
  }}) {{
    {told}
    problems {{ code message path }}
  }}
}}"""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(given,))
def _links(entity: str, values: str, told: str) -> Callable[[type[C]], type[C]]:
    """A command of staff that writes a row of the entity: `values` of its input and what is `told`, for example."""

    def bind(cls: type[C]) -> type[C]:
        example = _EXAMPLE.format(name=lower_first(cls.__name__), values=values, told=f"link {{ {told} }}")
        gives = {"ticket": "Ticket", "link": entity}
        return command(by=STAFF, subject="ticket_id", gives=gives, example=example)(cls)

    return bind


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(given,))
def _unlinks(values: str) -> Callable[[type[C]], type[C]]:
    """A command of staff that removes such a row."""

    def bind(cls: type[C]) -> type[C]:
        example = _EXAMPLE.format(name=lower_first(cls.__name__), values=values, told="events { eventType }")
        return command(by=STAFF, subject="ticket_id", gives={"ticket": "Ticket"}, example=example)(cls)

    return bind


@_links("TicketProperty", f"propertyId: {_OTHER}, role: AFFECTED", "role property { name }")
class LinkProperty:
    """Says that a ticket concerns a further home."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    property_id: UUID = given("The home.", of="Property")
    role: TicketPropertyRole = given("How the home is concerned.")


@_unlinks(f"propertyId: {_OTHER}")
class UnlinkProperty:
    """Says that a ticket does not concern a further home after all. Its own home stays."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    property_id: UUID = given("The home.", of="Property")
    role: TicketPropertyRole | None = given(_IN_WHICH_ROLE, default=None)


@_links("TicketHomeowner", f"homeownerId: {_OTHER}, role: CO_OWNER", "role homeowner { fullName }")
class LinkHomeowner:
    """Says that a ticket concerns a further homeowner, who sees it from now on."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    homeowner_id: UUID = given("The homeowner.", of="Contact")
    role: TicketHomeownerRole = given("What they are to the home.")


@_unlinks(f"homeownerId: {_OTHER}")
class UnlinkHomeowner:
    """Says that a ticket does not concern a further homeowner after all."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    homeowner_id: UUID = given("The homeowner.", of="Contact")
    role: TicketHomeownerRole | None = given(_IN_WHICH_ROLE, default=None)


@_links("TicketVendor", f"vendorId: {_OTHER}, role: QUOTING", "role vendor { name }")
class LinkVendor:
    """Involves a vendor, who sees the ticket from now on: to quote beside others, or to supply something.

    The vendor that does the work comes by `assignVendor`.
    """

    ticket_id: UUID = given(_TICKET, of="Ticket")
    vendor_id: UUID = given("The vendor.", of="Company")
    role: TicketVendorRole = given("QUOTING or SUPPLIER; the other roles come by other commands.")


@_unlinks(f"vendorId: {_OTHER}")
class UnlinkVendor:
    """Ends a vendor's part in a ticket, which it sees no more. One that was quoting is declined.

    The vendor that does the work goes when `assignVendor` names another one.
    """

    ticket_id: UUID = given(_TICKET, of="Ticket")
    vendor_id: UUID = given("The vendor.", of="Company")
    role: TicketVendorRole | None = given("QUOTING or SUPPLIER; both if left out.", default=None)


@_links("TicketShift", f"shiftId: {_OTHER}, role: WORKED", "role shift { startsAt }")
class LinkShift:
    """Says that a ticket was worked on in a shift, or only covered by it."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    shift_id: UUID = given("The shift.", of="TeamShift")
    role: TicketShiftRole = given("Whether it was worked on or only covered.")


@_unlinks(f"shiftId: {_OTHER}")
class UnlinkShift:
    """Says that a ticket has nothing to do with a shift after all."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    shift_id: UUID = given("The shift.", of="TeamShift")
    role: TicketShiftRole | None = given(_IN_WHICH_ROLE, default=None)


@_links("TicketInspection", f"inspectionId: {_OTHER}", "inspection { kind score }")
class LinkInspection:
    """Says that an inspection belongs to a ticket."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    inspection_id: UUID = given("The inspection.", of="Inspection")


@_unlinks(f"inspectionId: {_OTHER}")
class UnlinkInspection:
    """Says that an inspection does not belong to a ticket after all."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    inspection_id: UUID = given("The inspection.", of="Inspection")


@_links("TicketClean", f"cleanId: {_OTHER}", "clean { kind status }")
class LinkClean:
    """Says that a clean belongs to a ticket."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    clean_id: UUID = given("The clean.", of="Clean")


@_unlinks(f"cleanId: {_OTHER}")
class UnlinkClean:
    """Says that a clean does not belong to a ticket after all."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    clean_id: UUID = given("The clean.", of="Clean")


@_links(
    "TicketInventoryEvent",
    f'inventoryEventId: {_OTHER}, quantityUsed: "2", unitCostCents: 450',
    "quantityUsed inventoryEvent { item }",
)
class LinkInventoryAction:
    """Says how much of a movement of stock a ticket used."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    inventory_event_id: UUID = given("The movement of stock.", of="InventoryAction")
    quantity_used: Decimal = given("How much of it, above zero.", least=0, most=1_000_000)
    unit_cost_cents: int | None = given("What one cost then, in cents.", default=None, least=0)


@_unlinks(f"inventoryEventId: {_OTHER}")
class UnlinkInventoryAction:
    """Says that a ticket used nothing of a movement of stock after all."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    inventory_event_id: UUID = given("The movement of stock.", of="InventoryAction")


@_links("TicketTransaction", f"transactionId: {_OTHER}, role: CHARGE", "role transaction { amountCents currency }")
class LinkTransaction:
    """Says that money moved for a ticket. Its homeowners see it from now on."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    transaction_id: UUID = given("The transaction.", of="Transaction")
    role: TicketTransactionRole = given("What the money is to the ticket.")


@_unlinks(f"transactionId: {_OTHER}")
class UnlinkTransaction:
    """Says that money did not move for a ticket after all."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    transaction_id: UUID = given("The transaction.", of="Transaction")
    role: TicketTransactionRole | None = given(_IN_WHICH_ROLE, default=None)


@_unlinks(f"fileId: {_OTHER}")
class UnlinkPhoto:
    """Takes a photo off a ticket. The file stays."""

    ticket_id: UUID = given(_TICKET, of="Ticket")
    file_id: UUID = given("The picture.", of="File")
