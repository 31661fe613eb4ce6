"""Asking vendors, and giving repairs to them."""

from __future__ import annotations

from uuid import UUID

from resolvers.commands.contract.edit import edit, written
from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Forbidden, Invalid, NotFound, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.repair import read_repair
from resolvers.commands.spelling import spelled
from resolvers.directory.vendor_match import vendor_by_contact
from schema.commands.vendors import AssignVendor, ContactVendor, UpdateJob
from schema.vocabulary.role import VENDOR

_SAID_BY_VENDORS = {"estimated_arrival", "arrival_notes"}
# Where a vendor is asked anew from, if it has nothing to offer.
_QUOTING = ("quoted", "pending_approval", "pending_tenant_confirmation", "approved", "rejected")

_VENDOR = """
SELECT c.kind = 'vendor' AND c.active AND coalesce(p.active, true) AS works
FROM directory.companies AS c LEFT JOIN directory.vendor_profiles AS p ON p.company_id = c.id
WHERE c.id = $1
"""
_ASSIGN = "UPDATE maintenance.jobs SET assigned_vendor_id = $2 WHERE ticket_id = $1"
_ASK = "UPDATE team.tickets SET status = 'vendor_contacted' WHERE id = $1 AND status <> 'vendor_contacted'"
_ASK_BESIDE = """
INSERT INTO team.ticket_vendors (operator_id, ticket_id, vendor_id, role) VALUES ($1, $2, $3, 'quoting')
ON CONFLICT (ticket_id, vendor_id, role) DO NOTHING
"""
_NO_LONGER_DECLINED = """
DELETE FROM team.ticket_vendors WHERE ticket_id = $1 AND vendor_id = $2 AND role = 'declined'
"""


@handles(ContactVendor)
async def contact_vendor(work: Work, given: ContactVendor) -> Given:
    """The first vendor is assigned; another one may quote beside it."""
    vendor = await _named(work, given)
    await refuse_idle(work, vendor)
    repair = await read_repair(work, given.ticket_id)
    if repair.status in ("on_hold", "closed", "cancelled"):
        message = f"The ticket is {repair.status}: no vendor is asked."
        raise Refused(Conflict("NOT_OPEN", message, path=("input", "ticketId")))
    if repair.vendor is None:
        await work.run(_ASSIGN, given.ticket_id, vendor)
    if repair.vendor in (None, vendor):
        await work.run(_ASK, given.ticket_id)
    else:
        await work.run(_NO_LONGER_DECLINED, given.ticket_id, vendor)
        await work.run(_ASK_BESIDE, work.viewer.operator_id, given.ticket_id, vendor)
    return {"ticket": given.ticket_id}


async def _named(work: Work, given: ContactVendor) -> UUID:
    """The vendor that was named, by its id or by where it is reached."""
    ways = {"vendorId": given.vendor_id, "phone": given.phone, "email": given.email}
    named = [way for way, value in ways.items() if value is not None]
    if len(named) != 1:
        message = "Name the vendor by its id, its telephone number or its e-mail address: by one of them."
        raise Refused(Invalid("ONE_VENDOR", message, path=("input", "vendorId")))
    if given.vendor_id is not None:
        return given.vendor_id
    at = await spelled(work, {"phone": given.phone, "email": given.email})
    found = await vendor_by_contact(work, work.viewer.operator_id, phone=at["phone"], email=at["email"])
    if found is None:
        message = "No vendor is reached there. Look for it by its name, or create it."
        raise Refused(NotFound("VENDOR_NOT_FOUND", message, path=("input", *named)))
    return found


@handles(AssignVendor)
async def assign_vendor(work: Work, given: AssignVendor) -> Given:
    """A vendor without a quote is to quote first, wherever the former one had brought the ticket."""
    await refuse_idle(work, given.vendor_id)
    before = await read_repair(work, given.ticket_id)
    if before.vendor == given.vendor_id:
        message = "The repair is assigned to this vendor already."
        raise Refused(Conflict("ALREADY_ASSIGNED", message, path=("input", "vendorId")))
    await work.run(_ASSIGN, given.ticket_id, given.vendor_id)
    after = await read_repair(work, given.ticket_id)
    if after.status in _QUOTING and after.quote is None:
        await work.run(_ASK, given.ticket_id)
    return {"ticket": given.ticket_id}


@handles(UpdateJob)
async def update_job(work: Work, given: UpdateJob) -> Given:
    """Raises Refused where a vendor says what is not its to say."""
    await read_repair(work, given.ticket_id)
    values = written(given, besides={"ticket_id"})
    if work.viewer.role is VENDOR and not values.keys() <= _SAID_BY_VENDORS:
        message = "A vendor says when it arrives and what it found. Leave the rest out."
        raise Refused(Forbidden("STAFF_SAYS_IT", message, path=("input",), role="agent"))
    await edit(work, "maintenance.jobs", given.ticket_id, values, by="ticket_id")
    return {"ticket": given.ticket_id}


async def refuse_idle(work: Work, vendor: UUID) -> None:
    """Raises Refused for a company that is no vendor, or takes no work."""
    if not await work.value(_VENDOR, vendor):
        message = "This company is no vendor that takes work. Choose an active one."
        raise Refused(Conflict("VENDOR_INACTIVE", message, path=("input", "vendorId")))
