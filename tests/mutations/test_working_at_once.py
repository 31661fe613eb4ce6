"""Work done, closed, cancelled, held and merged by several at once: one has done it, and nothing is half done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.lifecycle import house
from tests.lifecycle.repair import DEAR, Repair
from tests.mutations.arena import Act, Arena, codes, the_winner

_ROUNDS = 10

_OPEN = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source) VALUES ($1, 'general', 'Keys are lost', 'phone')
RETURNING id
"""
_TAKE_PART = """
INSERT INTO team.ticket_participants (operator_id, ticket_id, contact_id, role) VALUES ($1, $2, $3, 'guest')
"""
_PARTICIPANTS = "SELECT contact_id FROM team.ticket_participants WHERE ticket_id = $1"


async def test_of_those_who_complete_it_at_once_ones_word_stands(arena: Arena) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.working(arena.owner)
        costs = {"assigned vendor": DEAR - 5_000, "agent": DEAR, "manager": DEAR + 5_000}
        acts = [
            Act(who, "completeWork", _completion(repair.id, f"Done, says the {who}.", cost))
            for who, cost in costs.items()
        ]
        payloads = await arena.at_once(acts, seed)
        who, cost = list(costs.items())[the_winner(payloads)]
        assert set(codes(payloads)) == {None, "TRANSITION_REFUSED"}
        assert await repair.job("completion_notes") == f"Done, says the {who}."
        assert await repair.job("actual_cost_cents") == cost
        assert await repair.job("cost_variance_cents") == cost - DEAR
    await arena.stands()


def _completion(ticket: UUID, notes: str, cost: int) -> dict[str, Any]:
    return {"ticketId": str(ticket), "notes": notes, "actualCostCents": str(cost), "noPhotoReason": "No camera."}


async def test_of_those_who_close_it_at_once_one_has_closed_it(arena: Arena) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.working(arena.owner)
        await repair.complete()
        reasons = {"manager": "The vendor went bankrupt.", "admin": "It was our fault."}
        acts = [
            Act(who, "closeTicket", {"ticketId": str(repair.id), "override": reason}) for who, reason in reasons.items()
        ]
        acts.append(Act("agent", "closeTicket", {"ticketId": str(repair.id)}))
        payloads = await arena.at_once(acts, seed)
        assert await repair.ticket("closure_override") == list(reasons.values())[the_winner(payloads)]
        assert sorted(codes(payloads), key=str) == [None, "TRANSITION_REFUSED", "TRANSITION_REFUSED"]
        assert await repair.status() == "closed"
    await arena.stands()


async def test_work_starts_or_is_cancelled(arena: Arena) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.approved(arena.owner)
        ticket = {"ticketId": str(repair.id)}
        acts = [
            Act("assigned vendor", "startWork", ticket),
            Act("tenant", "cancelTicket", ticket | {"reason": "NOT_NEEDED"}),
            Act("agent", "cancelTicket", ticket | {"reason": "OUT_OF_SCOPE"}),
        ]
        payloads = await arena.at_once(acts, seed)
        assert await repair.status() == ["in_progress", "cancelled", "cancelled"][the_winner(payloads)]
        assert set(codes(payloads)) <= {None, "TRANSITION_REFUSED", "ALREADY_CANCELLED"}
    await arena.stands()


async def test_nothing_is_agreed_once_it_is_held(arena: Arena) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.quoted(arena.owner)
        ticket = {"ticketId": str(repair.id)}
        revised = ticket | {"amountCents": str(DEAR + 1), "scope": "Replace the valve"}
        acts = [
            Act("agent", "holdTicket", ticket | {"reason": "The owner is away."}),
            Act("manager", "decideApproval", ticket | {"decision": "APPROVED", "quoteId": str(await repair.live())}),
            Act("assigned vendor", "submitQuote", revised),
            Act("manager", "holdTicket", ticket | {"reason": "The parts are ordered."}),
        ]
        first, decided, submitted, second = codes(await arena.at_once(acts, seed))
        assert {first, second} == {None, "ALREADY_ON_HOLD"}
        assert decided in (None, "TICKET_ON_HOLD", "QUOTE_SUPERSEDED", "NO_LIVE_QUOTE")
        assert submitted in (None, "TICKET_ON_HOLD")
        assert await repair.status() == "on_hold"
    await arena.stands()


async def test_of_tickets_that_are_merged_into_each_other_one_stays_with_all_that_hangs_on_both(arena: Arena) -> None:
    for seed in range(_ROUNDS):
        tickets = [await arena.owner.fetchval(_OPEN, house.OPERATOR) for _ in range(2)]
        for ticket, contact in zip(tickets, (house.KIM, house.LEO), strict=True):
            await arena.owner.execute(_TAKE_PART, house.OPERATOR, ticket, contact)
        ways = [tickets, tickets[::-1]]
        acts = [
            Act(who, "mergeTickets", {"ticketId": str(one), "intoTicketId": str(other)})
            for who, (one, other) in zip(("manager", "agent"), ways, strict=True)
        ]
        payloads = await arena.at_once(acts, seed)
        gone, stays = ways[the_winner(payloads)]
        assert set(codes(payloads)) == {None, "TARGET_ENDED"}
        assert {row[0] for row in await arena.owner.fetch(_PARTICIPANTS, stays)} == {house.KIM, house.LEO}
        assert await arena.owner.fetch(_PARTICIPANTS, gone) == []
        status = "SELECT status FROM team.tickets WHERE id = $1"
        assert [await arena.owner.fetchval(status, ticket) for ticket in (gone, stays)] == ["cancelled", "open"]
    await arena.stands()


async def test_of_those_who_knew_the_same_version_one_has_changed_it(arena: Arena) -> None:
    for seed in range(_ROUNDS):
        ticket = await arena.owner.fetchval(_OPEN, house.OPERATOR)
        given = {"ticketId": str(ticket), "expectedVersion": 1}
        people = ("agent", "manager", "admin", "agent", "manager", "admin")
        acts = [Act(who, "updateTicket", given | {"title": f"Keys {n}"}) for n, who in enumerate(people)]
        payloads = await arena.at_once(acts, seed)
        assert set(codes(payloads)) == {None, "VERSION_CONFLICT"}
        title = await arena.owner.fetchval("SELECT title FROM team.tickets WHERE id = $1", ticket)
        assert title == f"Keys {the_winner(payloads)}"
    await arena.stands()
