"""Times of visits: offered, chosen, confirmed, asked for anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.repair import BEFORE_WORK, Repair, read_repair
from schema.commands.visits import ConfirmTenantTime, OfferSlots, RequestReschedule, SelectSlot, Slot
from schema.vocabulary.role import TENANT, VENDOR

_MOST_RESCHEDULES = 2
_WARNING = "You have asked for another time twice. A third time cancels the ticket."

_OFFER = """
INSERT INTO maintenance.visit_slots (operator_id, quote_id, starts_at, ends_at)
SELECT $1, $2, s.starts_at, s.ends_at FROM unnest($3::timestamptz[], $4::timestamptz[]) AS s (starts_at, ends_at)
RETURNING id, starts_at
"""
_MENU_SENT = "UPDATE maintenance.quotes SET slot_menu_sent_at = now() WHERE id = $1"
_SLOTS = """
SELECT s.id, s.quote_id, s.starts_at, s.accepted_at IS NOT NULL AS accepted,
       EXISTS (SELECT FROM maintenance.visit_slots AS o WHERE o.quote_id = s.quote_id AND o.selected_at IS NOT NULL)
           AS taken
FROM maintenance.visit_slots AS s WHERE s.id = ANY ($1::uuid[]) ORDER BY s.starts_at
"""
_ACCEPT = "UPDATE maintenance.visit_slots SET accepted_at = now() WHERE id = ANY ($1::uuid[])"
_SEVERAL = "UPDATE maintenance.quotes SET tenant_multiple_accept = true WHERE id = $1"
_SELECT = """
UPDATE maintenance.visit_slots
SET selected_at = now(), accepted_at = CASE WHEN $2 THEN coalesce(accepted_at, now()) ELSE accepted_at END
WHERE id = $1
"""
_CONFIRM = """
UPDATE maintenance.jobs SET tenant_time_confirmed_at = now()
WHERE ticket_id = $1 AND tenant_contact_id IS NOT NULL AND tenant_time_confirmed_at IS NULL
"""
_COUNT = "UPDATE maintenance.jobs SET reschedule_count = reschedule_count + 1 WHERE ticket_id = $1"
_UNSELECT = """
UPDATE maintenance.visit_slots SET selected_at = NULL WHERE quote_id = $1 AND selected_at IS NOT NULL
"""
_NO_TIME = "UPDATE maintenance.quotes SET visit_at = NULL WHERE id = $1 AND visit_at IS NOT NULL"
_UNCONFIRM = """
UPDATE maintenance.jobs SET tenant_time_confirmed_at = NULL
WHERE ticket_id = $1 AND tenant_time_confirmed_at IS NOT NULL
"""
_CANCEL = "SELECT lifecycle.cancel_for_reschedules($1)"


@handles(OfferSlots)
async def offer_slots(work: Work, given: OfferSlots) -> Given:
    """Raises Refused without a live quote, and for times that are none."""
    repair = await read_repair(work, given.ticket_id)
    if not given.slots:
        raise Refused(Invalid("SLOT_NEEDED", "Offer at least one time.", path=("input", "slots")))
    return {"slots": await _offer(work, repair, given.slots), "ticket": given.ticket_id}


async def _offer(work: Work, repair: Repair, slots: Sequence[Slot]) -> list[UUID]:
    quote = _live_quote(repair)
    window = timedelta(seconds=repair.visit_window)
    times = [(slot.starts_at, slot.ends_at or slot.starts_at + window) for slot in slots]
    for n, (starts_at, ends_at) in enumerate(times):
        if starts_at <= datetime.now(UTC):
            message = "That has passed already. Offer a time to come."
            raise Refused(Invalid("MOMENT_PASSED", message, path=("input", "slots", str(n), "startsAt")))
        if not timedelta() < ends_at - starts_at <= timedelta(days=1):
            message = "A visit ends after it starts, within a day."
            raise Refused(Invalid("SLOT_LENGTH", message, path=("input", "slots", str(n), "endsAt")))
    starts, ends = zip(*times, strict=True)
    offered = await work.rows(_OFFER, work.viewer.operator_id, quote, list(starts), list(ends))
    await work.run(_MENU_SENT, quote)
    return [row["id"] for row in sorted(offered, key=lambda row: row["starts_at"])]


@handles(SelectSlot)
async def select_slot(work: Work, given: SelectSlot) -> Given:
    """Raises Refused for times that were not offered, have passed, or when another one is chosen already."""
    repair = await read_repair(work, given.ticket_id)
    slots = await _offered(work, repair, given.slot_ids)
    if len(slots) > 1:
        if work.viewer.role is VENDOR:
            raise Refused(Invalid("ONE_SLOT", "Pick one of the times.", path=("input", "slotIds")))
        await work.run(_SEVERAL, repair.quote)
        await work.run(_ACCEPT, [slot["id"] for slot in slots])
        return {"ticket": given.ticket_id, "visit_at": None}
    (slot,) = slots
    agreed = work.viewer.role is not VENDOR or slot["accepted"]
    await work.run(_SELECT, slot["id"], agreed)
    if agreed:
        await work.run(_CONFIRM, given.ticket_id)
    return {"ticket": given.ticket_id, "visit_at": slot["starts_at"]}


async def _offered(work: Work, repair: Repair, ids: Sequence[UUID]) -> list[Any]:
    quote = _live_quote(repair)
    slots = await work.rows(_SLOTS, list(ids))
    if not slots:
        raise Refused(Invalid("SLOT_NEEDED", "Choose at least one time.", path=("input", "slotIds")))
    if any(slot["quote_id"] != quote for slot in slots):
        message = "A time was not offered with the quote that stands. Look at the times again."
        raise Refused(Conflict("SLOT_NOT_OFFERED", message, path=("input", "slotIds")))
    if any(slot["taken"] for slot in slots):
        message = "A time is chosen already. Ask for another one by requestReschedule."
        raise Refused(Conflict("SLOT_TAKEN", message, path=("input", "slotIds")))
    if any(slot["starts_at"] <= datetime.now(UTC) for slot in slots):
        raise Refused(Conflict("SLOT_PASSED", "A time has passed. Choose one to come.", path=("input", "slotIds")))
    return slots


def _live_quote(repair: Repair) -> UUID:
    if repair.status not in BEFORE_WORK:
        message = f"The ticket is {repair.status}: no visit is planned."
        raise Refused(Conflict("NO_VISIT", message, path=("input", "ticketId")))
    if repair.quote is None:
        message = "The assigned vendor has no quote that stands. It is to quote first."
        raise Refused(Conflict("NO_LIVE_QUOTE", message, path=("input", "ticketId")))
    return repair.quote


@handles(ConfirmTenantTime)
async def confirm_tenant_time(work: Work, given: ConfirmTenantTime) -> Given:
    """Raises Refused where there is no time to confirm, or it has passed. Confirmed twice it stays confirmed."""
    repair = await read_repair(work, given.ticket_id)
    _live_quote(repair)
    if repair.visit_at is None:
        message = "The visit has no time yet. Offer or choose one first."
        raise Refused(Conflict("NO_VISIT_TIME", message, path=("input", "ticketId")))
    if repair.visit_at <= datetime.now(UTC):
        message = "The time of the visit has passed. Ask for another one."
        raise Refused(Conflict("SLOT_PASSED", message, path=("input", "ticketId")))
    await work.run(_CONFIRM, given.ticket_id)
    return {"ticket": given.ticket_id}


@handles(RequestReschedule)
async def request_reschedule(work: Work, given: RequestReschedule) -> Given:
    """Only a tenant's requests count: the second warns, the third cancels."""
    repair = await read_repair(work, given.ticket_id)
    quote = _live_quote(repair)
    await work.because(given.reason)
    asked = repair.reschedule_count
    if work.viewer.role is TENANT:
        if asked == _MOST_RESCHEDULES:
            await work.run(_CANCEL, given.ticket_id)
            return {"ticket": given.ticket_id, "warning": None}
        asked += 1
        await work.run(_COUNT, given.ticket_id)
    for statement, key in ((_UNSELECT, quote), (_NO_TIME, quote), (_UNCONFIRM, given.ticket_id)):
        await work.run(statement, key)
    if given.slots:
        await _offer(work, repair, given.slots)
    last = work.viewer.role is TENANT and asked == _MOST_RESCHEDULES
    return {"ticket": given.ticket_id, "warning": _WARNING if last else None}
