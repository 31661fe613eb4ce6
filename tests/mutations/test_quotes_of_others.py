"""Quotes beside the live one: what another vendor offers, and what is decided about it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.lifecycle import house
from tests.lifecycle.repair import CHEAP, DEAR, Repair
from tests.mutations.arena import Arena

_APPROVED = "SELECT approved_amount_cents, currency FROM maintenance.approvals WHERE ticket_id = $1 AND quote_id = $2"
_PAST = datetime(2020, 1, 1, tzinfo=UTC)


async def test_another_vendors_quote_moves_nothing(arena: Arena) -> None:
    repair = await Repair.quoted(arena.owner, CHEAP)
    await arena.players["agent"].done("contactVendor", ticketId=str(repair.id), vendorId=str(house.TUI))
    await arena.players["agent"].done("transitionTicket", ticketId=str(repair.id), to="PENDING_TENANT_CONFIRMATION")
    await arena.players["agent"].done("transitionTicket", ticketId=str(repair.id), to="QUOTED")
    given = {"ticketId": str(repair.id), "amountCents": "100", "scope": "Tape"}
    await arena.players["linked vendor"].done("submitQuote", **given)
    assert await repair.status() == "quoted"
    await arena.players["assigned vendor"].done("submitQuote", **given)
    assert await repair.status() == "pending_tenant_confirmation"


async def test_who_approves_another_vendors_quote_approves_what_that_one_asks(arena: Arena) -> None:
    repair = await Repair.quoted(arena.owner)
    beside = await repair.quote(DEAR + 1, vendor=house.TUI, currency="EUR")
    given = {"ticketId": str(repair.id), "decision": "APPROVED", "quoteId": str(beside)}
    await arena.players["manager"].done("decideApproval", **given)
    assert [tuple(row) for row in await arena.owner.fetch(_APPROVED, repair.id, beside)] == [(DEAR + 1, "EUR")]
    assert (await repair.status(), await repair.gates()) == ("quoted", (False, False))
    await arena.players["manager"].done("assignVendor", ticketId=str(repair.id), vendorId=str(house.TUI))
    assert (await repair.status(), await repair.gates()) == ("pending_tenant_confirmation", (True, False))


async def test_a_quote_that_has_run_out_is_not_approved(arena: Arena) -> None:
    repair = await Repair.begin(arena.owner)
    quote = await repair.quote(DEAR, valid_until=_PAST)
    given = {"ticketId": str(repair.id), "decision": "APPROVED", "quoteId": str(quote), "amountCents": str(DEAR)}
    problem = await arena.players["manager"].problem("decideApproval", **given)
    assert (problem["__typename"], problem["code"]) == ("Conflict", "NO_LIVE_QUOTE")
    assert await arena.owner.fetch(_APPROVED, repair.id, quote) == []
