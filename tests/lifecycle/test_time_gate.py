"""The time gate: there is no tenant, or it confirmed the time of the visit; what clears its word, and what does not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.refusals import refused
from tests.lifecycle.repair import CHEAP, DEAR, REVOKE, TUESDAY, WEDNESDAY, Repair

_CONFIRMED = "tenant_time_confirmed_at"
_SELECT = "UPDATE maintenance.visit_slots SET selected_at = now() WHERE id = $1"
_UNSELECT = "UPDATE maintenance.visit_slots SET selected_at = NULL WHERE id = $1"


async def test_without_a_tenant_there_is_nobody_to_ask(db: Connection) -> None:
    repair = await Repair.quoted(db, tenant=None)
    assert await repair.gates() == (False, True)
    await repair.approve()
    assert await repair.status() == "approved"


async def test_with_one_it_passes_when_the_tenant_confirms(db: Connection) -> None:
    repair = await Repair.quoted(db)
    assert await repair.gates() == (False, False)
    await repair.confirm()
    assert await repair.gates() == (False, True)


async def _another_vendor(repair: Repair) -> None:
    await repair.assign(house.TUI)


async def _another_time(repair: Repair) -> None:
    await repair.connection.execute(
        "UPDATE maintenance.quotes SET visit_at = $2 WHERE id = $1", await repair.live(), WEDNESDAY
    )


async def _a_revision_with_another_time(repair: Repair) -> None:
    await repair.quote(DEAR, visit_at=WEDNESDAY)


async def _another_slot(repair: Repair) -> None:
    quote = await repair.live()
    assert quote
    await repair.connection.execute(_SELECT, await repair.slot(quote, WEDNESDAY))


async def _another_tenant(repair: Repair) -> None:
    await repair.run("UPDATE maintenance.jobs SET tenant_contact_id = $2 WHERE ticket_id = $1", house.GRACE)


@pytest.mark.parametrize(
    "change", [_another_vendor, _another_time, _a_revision_with_another_time, _another_slot, _another_tenant]
)
async def test_this_clears_the_tenants_word(db: Connection, change: Callable[[Repair], Awaitable[None]]) -> None:
    repair = await Repair.approved(db)
    await change(repair)
    assert (await repair.gates())[1] is False
    assert await repair.job(_CONFIRMED) is None
    assert await repair.status() in ("pending_tenant_confirmation", "pending_approval")


async def test_a_revisit_clears_it(db: Connection) -> None:
    repair = await Repair.working(db)
    await repair.complete()
    await repair.go("disputed")
    await repair.go("pending_tenant_confirmation")
    assert (await repair.status(), await repair.gates()) == ("pending_tenant_confirmation", (True, False))
    await repair.confirm()
    assert await repair.status() == "approved"


async def _a_higher_price_and_its_approval(repair: Repair) -> None:
    await repair.quote(DEAR + 1)
    await repair.approve()


async def _a_withdrawal_and_a_new_approval(repair: Repair) -> None:
    approval = await repair.connection.fetchval("SELECT id FROM maintenance.approvals WHERE ticket_id = $1", repair.id)
    await repair.connection.execute(REVOKE, approval)
    await repair.approve()


async def _the_same_time_again(repair: Repair) -> None:
    await repair.quote(DEAR, visit_at=TUESDAY)


async def _a_slot_at_the_same_time(repair: Repair) -> None:
    quote = await repair.live()
    assert quote
    await repair.connection.execute(_SELECT, await repair.slot(quote, TUESDAY))


async def _another_vendors_quote(repair: Repair) -> None:
    await repair.quote(CHEAP, vendor=house.TUI, visit_at=WEDNESDAY)


async def _a_hold(repair: Repair) -> None:
    await repair.hold()
    await repair.go("approved")


async def _another_text(repair: Repair) -> None:
    await repair.run("UPDATE maintenance.jobs SET access_notes = 'Ring twice', urgency = 'urgent' WHERE ticket_id = $1")
    await repair.run("UPDATE team.tickets SET title = 'Cold shower' WHERE id = $1")


@pytest.mark.parametrize(
    "change",
    [
        _a_higher_price_and_its_approval,
        _a_withdrawal_and_a_new_approval,
        _the_same_time_again,
        _a_slot_at_the_same_time,
        _another_vendors_quote,
        _a_hold,
        _another_text,
    ],
)
async def test_this_does_not(db: Connection, change: Callable[[Repair], Awaitable[None]]) -> None:
    repair = await Repair.approved(db)
    confirmed = await repair.job(_CONFIRMED)
    await change(repair)
    assert (await repair.status(), await repair.job(_CONFIRMED)) == ("approved", confirmed)


async def test_a_slot_that_is_selected_is_the_time_of_the_visit_and_no_longer_when_it_is_not(db: Connection) -> None:
    repair = await Repair.quoted(db)
    quote = await repair.live()
    assert quote
    slot = await repair.slot(quote, WEDNESDAY)
    visit = "SELECT visit_at FROM maintenance.quotes WHERE id = $1"
    await db.execute(_SELECT, slot)
    assert await db.fetchval(visit, quote) == WEDNESDAY
    assert (await refused(db, "DELETE FROM maintenance.visit_slots WHERE id = $1", slot)).code == "SLOT_STAYS"
    await db.execute(_UNSELECT, slot)
    assert await db.fetchval(visit, quote) is None
    await db.execute("DELETE FROM maintenance.visit_slots WHERE id = $1", slot)


async def test_a_slot_stays_as_it_was_offered(db: Connection) -> None:
    repair = await Repair.quoted(db)
    first = await repair.live()
    assert first
    slot = await repair.slot(first, TUESDAY)
    moved = "UPDATE maintenance.visit_slots SET starts_at = starts_at - interval '1 hour' WHERE id = $1"
    assert (await refused(db, moved, slot)).code == "SLOT_STAYS"
    await repair.quote(DEAR)
    assert (await refused(db, _SELECT, slot)).code == "QUOTE_SUPERSEDED"


async def test_a_slot_belongs_to_its_quotes_ticket_whatever_is_said(db: Connection) -> None:
    repair, other = await Repair.quoted(db), await Repair.quoted(db)
    made = await db.fetchval(
        "INSERT INTO maintenance.visit_slots (operator_id, ticket_id, quote_id, starts_at, ends_at)"
        " VALUES ($1, $2, $3, now(), now() + interval '1 hour') RETURNING ticket_id",
        house.OPERATOR,
        other.id,
        await repair.live(),
    )
    assert made == repair.id
