"""Cost and time agreed by several at once: one has done it, the others are told so, and the gates stand right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.lifecycle import house
from tests.lifecycle.repair import CHEAP, DEAR, TUESDAY, Repair
from tests.mutations.arena import Act, Arena, codes, the_winner

_ROUNDS = 10


def _decides(who: str, repair: Repair, quote: object, decision: str = "APPROVED", **more: Any) -> Act:
    given = {"ticketId": str(repair.id), "quoteId": str(quote), "decision": decision, "justification": "Seen.", **more}
    return Act(who, "decideApproval", given)


@pytest.mark.parametrize(
    "decisions",
    [
        {"manager": "APPROVED", "admin": "APPROVED"},
        {"manager": "APPROVED", "admin": "REJECTED"},
        {"manager": "REJECTED", "agent": "APPROVED", "homeowner": "REJECTED", "admin": "APPROVED"},
    ],
    ids=["both for it", "one against it", "four of two minds"],
)
async def test_of_those_who_decide_at_once_one_has_decided(arena: Arena, decisions: dict[str, str]) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.quoted(arena.owner)
        quote = await repair.live()
        asked = Act("agent", "requestApproval", {"ticketId": str(repair.id)})
        assert codes(await arena.at_once([asked], seed)) == [None]
        acts = [_decides(who, repair, quote, decision) for who, decision in decisions.items()]
        payloads = await arena.at_once(acts, seed)
        decided = list(decisions.values())[the_winner(payloads)]
        assert set(codes(payloads)) == {None, "ALREADY_DECIDED"}
        approvals = "SELECT decision FROM maintenance.approvals WHERE ticket_id = $1"
        assert [row[0] for row in await arena.owner.fetch(approvals, repair.id)] == [decided.lower()]
        assert await repair.status() == {"APPROVED": "pending_tenant_confirmation", "REJECTED": "rejected"}[decided]
    await arena.stands()


@pytest.mark.parametrize("more", [1, 0, -1], ids=["dearer", "the same", "cheaper"])
async def test_no_quote_is_approved_once_a_newer_one_has_taken_its_place(arena: Arena, more: int) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.quoted(arena.owner)
        quote = await repair.live()
        revised = {"ticketId": str(repair.id), "amountCents": str(DEAR + more), "scope": "Replace the valve, again"}
        acts = [
            _decides("manager", repair, quote),
            Act("assigned vendor", "submitQuote", revised),
            Act("tenant", "confirmTenantTime", {"ticketId": str(repair.id)}),
        ]
        decided, submitted, confirmed = codes(await arena.at_once(acts, seed))
        assert (submitted, confirmed) == (None, None)
        assert decided in (None, "QUOTE_SUPERSEDED")
        agreed = decided is None and more <= 0
        assert await repair.gates() == (agreed, True)
        assert await repair.status() in ({"approved"} if agreed else {"quoted", "pending_approval"})
    await arena.stands()


@pytest.mark.parametrize("theirs", [CHEAP, DEAR, None], ids=["cheap", "dear", "without a quote"])
async def test_a_vendor_is_assigned_while_the_former_ones_quote_is_approved(arena: Arena, theirs: int | None) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.quoted(arena.owner)
        quote = await repair.live()
        if theirs:
            await repair.quote(theirs, vendor=house.TUI)
        acts = [
            _decides("manager", repair, quote),
            Act("admin", "assignVendor", {"ticketId": str(repair.id), "vendorId": str(house.TUI)}),
            Act("admin", "assignVendor", {"ticketId": str(repair.id), "vendorId": str(house.TUI)}),
        ]
        decided, *assigned = codes(await arena.at_once(acts, seed))
        assert set(assigned) == {None, "ALREADY_ASSIGNED"}
        assert decided is None
        approved = "SELECT approved_amount_cents FROM maintenance.approvals WHERE ticket_id = $1 AND quote_id = $2"
        assert await arena.owner.fetchval(approved, repair.id, quote) == DEAR
        assert await repair.gates() == (theirs == CHEAP, False)
    await arena.stands()


@pytest.mark.parametrize("same", [True, False], ids=["one slot", "several slots"])
async def test_of_slots_that_are_selected_at_once_one_is(arena: Arena, *, same: bool) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.quoted(arena.owner)
        quote = await repair.live()
        assert quote
        times = [TUESDAY + timedelta(days=n) for n in range(1, 2 if same else 4)] * (3 if same else 1)
        offered = {time: await repair.slot(quote, time) for time in dict.fromkeys(times)}
        acts = [
            Act(who, "selectSlot", {"ticketId": str(repair.id), "slotIds": [str(offered[time])]}, "visitAt")
            for who, time in zip(("tenant", "tenant", "agent"), times, strict=True)
        ]
        payloads = await arena.at_once(acts, seed)
        assert sorted(codes(payloads), key=str) == [None, "SLOT_TAKEN", "SLOT_TAKEN"]
        visit = await arena.owner.fetchval("SELECT visit_at FROM maintenance.quotes WHERE id = $1", quote)
        assert visit == times[the_winner(payloads)]
    await arena.stands()


@pytest.mark.parametrize("before", [0, 1, 2])
async def test_the_tenants_third_wish_for_another_time_is_the_last_however_fast_they_come(
    arena: Arena, before: int
) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.approved(arena.owner)
        await repair.run("UPDATE maintenance.jobs SET reschedule_count = $2 WHERE ticket_id = $1", before)
        given = {"ticketId": str(repair.id), "reason": "I am at work that day."}
        acts = [Act("tenant", "requestReschedule", given, "warning ticket { status }")] * 4
        payloads = await arena.at_once(acts, seed)
        done = [payload for payload in payloads if payload["problems"] == []]
        assert set(codes(payloads)) - {None} <= {"NO_VISIT"}
        assert len(done) == 3 - before
        assert sum(payload["warning"] is not None for payload in done) == (1 if before < 2 else 0)
        assert [payload["ticket"]["status"] for payload in done].count("CANCELLED") == 1
        assert await repair.job("reschedule_count") == 2
        assert await repair.ticket("cancelled_by") == "system"
    await arena.stands()
