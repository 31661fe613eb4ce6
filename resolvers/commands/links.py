"""Putting things on tickets and taking them off.

A link is a row of a join table whose columns are named as the values of the commands' inputs; so one function puts all
of them on, and one takes all of them off.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final
from uuid import UUID

from resolvers.commands.contract.edit import written
from resolvers.commands.contract.handlers import Handler, handles
from resolvers.commands.contract.problems import Conflict, Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.vendors import refuse_idle
from resolvers.planner.parameters import quote
from resolvers.planner.parameters import table as quoted
from schema.assembly.names import camel
from schema.commands.links import (
    LinkClean,
    LinkHomeowner,
    LinkInspection,
    LinkInventoryAction,
    LinkProperty,
    LinkShift,
    LinkTransaction,
    LinkVendor,
    UnlinkClean,
    UnlinkHomeowner,
    UnlinkInspection,
    UnlinkInventoryAction,
    UnlinkPhoto,
    UnlinkProperty,
    UnlinkShift,
    UnlinkTransaction,
    UnlinkVendor,
)
from schema.enums import TicketVendorRole

_VENDORS = "team.ticket_vendors"
_BY_HAND: Final = (TicketVendorRole.QUOTING, TicketVendorRole.SUPPLIER)

_PARTS_OF_VENDOR = """
SELECT role FROM team.ticket_vendors WHERE ticket_id = $1 AND vendor_id = $2
"""
_UNDECLINE = "DELETE FROM team.ticket_vendors WHERE ticket_id = $1 AND vendor_id = $2 AND role = 'declined'"
_END_PARTS = "DELETE FROM team.ticket_vendors WHERE ticket_id = $1 AND vendor_id = $2 AND role = ANY ($3::text[])"
_DECLINE = """
INSERT INTO team.ticket_vendors (operator_id, ticket_id, vendor_id, role) VALUES ($1, $2, $3, 'declined')
ON CONFLICT (ticket_id, vendor_id, role) DO NOTHING
"""


def put_on(place: str) -> Handler[Any]:
    """A handler that writes a link. It raises Refused where the link is there."""

    async def handler(work: Work, given: Any) -> Given:
        values = {"operator_id": work.viewer.operator_id, **written(given, besides=())}
        columns = ", ".join(map(quote, values))
        numbers = ", ".join(f"${n}" for n in range(1, len(values) + 1))
        link = await work.value(
            f"INSERT INTO {quoted(place)} ({columns}) VALUES ({numbers}) ON CONFLICT DO NOTHING RETURNING id",  # noqa: S608 - names from declarations
            *values.values(),
        )
        if link is None:
            raise Refused(Conflict("ALREADY_LINKED", "It is linked so already.", path=_path(given)))
        return {"ticket": given.ticket_id, "link": link}

    return handler


def take_off(place: str) -> Handler[Any]:
    """A handler that removes links: in the role that was said, or in all. It raises Refused where there are none."""

    async def handler(work: Work, given: Any) -> Given:
        values = {name: value for name, value in written(given, besides=()).items() if value is not None}
        condition = " AND ".join(f"{quote(name)} = ${n}" for n, name in enumerate(values, start=1))
        removed = await work.rows(f"DELETE FROM {quoted(place)} WHERE {condition} RETURNING id", *values.values())  # noqa: S608 - names from declarations
        if not removed:
            raise Refused(_not_linked(given))
        return {"ticket": given.ticket_id}

    return handler


link_property = handles(LinkProperty)(put_on("team.ticket_properties"))
unlink_property = handles(UnlinkProperty)(take_off("team.ticket_properties"))
link_homeowner = handles(LinkHomeowner)(put_on("team.ticket_homeowners"))
unlink_homeowner = handles(UnlinkHomeowner)(take_off("team.ticket_homeowners"))
link_shift = handles(LinkShift)(put_on("team.ticket_shifts"))
unlink_shift = handles(UnlinkShift)(take_off("team.ticket_shifts"))
link_inspection = handles(LinkInspection)(put_on("team.ticket_inspections"))
unlink_inspection = handles(UnlinkInspection)(take_off("team.ticket_inspections"))
link_clean = handles(LinkClean)(put_on("team.ticket_cleans"))
unlink_clean = handles(UnlinkClean)(take_off("team.ticket_cleans"))
link_inventory_action = handles(LinkInventoryAction)(put_on("team.ticket_inventory_events"))
unlink_inventory_action = handles(UnlinkInventoryAction)(take_off("team.ticket_inventory_events"))
link_transaction = handles(LinkTransaction)(put_on("team.ticket_transactions"))
unlink_transaction = handles(UnlinkTransaction)(take_off("team.ticket_transactions"))
unlink_photo = handles(UnlinkPhoto)(take_off("team.ticket_photos"))

_link_vendor = put_on(_VENDORS)


@handles(LinkVendor)
async def link_vendor(work: Work, given: LinkVendor) -> Given:
    """A vendor that was declined may be involved again. Raises Refused for one that takes no work."""
    _refuse_other_roles(given.role)
    await refuse_idle(work, given.vendor_id)
    roles = await _parts(work, given.ticket_id, given.vendor_id)
    if given.role is TicketVendorRole.QUOTING and TicketVendorRole.ASSIGNED.value in roles:
        message = "The repair is assigned to this vendor: it quotes anyway."
        raise Refused(Conflict("ALREADY_LINKED", message, path=_path(given)))
    await work.run(_UNDECLINE, given.ticket_id, given.vendor_id)
    return await _link_vendor(work, given)


@handles(UnlinkVendor)
async def unlink_vendor(work: Work, given: UnlinkVendor) -> Given:
    """Raises Refused for the vendor that does the work."""
    if given.role is not None:
        _refuse_other_roles(given.role)
    roles = await _parts(work, given.ticket_id, given.vendor_id)
    ended = [role.value for role in _BY_HAND if role.value in roles and given.role in (None, role)]
    if not ended and TicketVendorRole.ASSIGNED.value in roles:
        message = "The repair is assigned to this vendor. Assign another one, which takes its place."
        raise Refused(Conflict("VENDOR_ASSIGNED", message, path=_path(given)))
    if not ended:
        raise Refused(_not_linked(given))
    await work.run(_END_PARTS, given.ticket_id, given.vendor_id, ended)
    if TicketVendorRole.QUOTING.value in ended:
        await work.run(_DECLINE, work.viewer.operator_id, given.ticket_id, given.vendor_id)
    return {"ticket": given.ticket_id}


async def _parts(work: Work, ticket: UUID, vendor: UUID) -> set[str]:
    """In what roles it is linked."""
    return {row["role"] for row in await work.rows(_PARTS_OF_VENDOR, ticket, vendor)}


def _refuse_other_roles(role: TicketVendorRole) -> None:
    if role not in _BY_HAND:
        message = "A vendor is assigned by assignVendor, and declined by unlinkVendor. Say QUOTING or SUPPLIER."
        raise Refused(Invalid("ROLE_NOT_BY_HAND", message, path=("input", "role")))


def _not_linked(given: Any) -> Conflict:
    return Conflict("NOT_LINKED", "It is not linked so. Look at the ticket again.", path=_path(given))


def _path(given: Any) -> tuple[str, ...]:
    """Of the id of what is linked: the value behind the ticket's."""
    return ("input", camel(fields(given)[1].name))
