"""Who is asked for a time and does not answer has the ticket cancelled, once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg

from db.pool import Connection
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.commands.estate import Estate
from tests.commands.player import Player

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_TIMEOUT = 2 * _DAY
_CANCELLED = "cancelled remaining tickets { id status cancelReason cancelledBy } events { eventType actorType }"
_MENU = "UPDATE maintenance.quotes SET slot_menu_sent_at = now() WHERE ticket_id = $1"
_SLOTS = """
INSERT INTO maintenance.visit_slots (operator_id, quote_id, ticket_id, starts_at, ends_at, accepted_at)
SELECT operator_id, id, ticket_id, now() + n * interval '1 day', now() + n * interval '1 day 2 hours', $2
FROM maintenance.quotes, generate_series(1, 2) AS n WHERE ticket_id = $1
"""


async def _cancelled(clockwork: Player, **given: Any) -> set[UUID]:
    payload = await clockwork.done("cancelUnanswered", _CANCELLED, **given)
    assert payload["cancelled"] == len(payload["tickets"])
    return {UUID(ticket["id"]) for ticket in payload["tickets"]}


async def test_who_does_not_answer_in_time_has_the_ticket_cancelled(estate: Estate, clockwork: Player) -> None:
    ticket = await estate.asked()
    assert await estate.status(ticket) == "pending_tenant_confirmation"
    await estate.age(ticket, _TIMEOUT - _HOUR)
    assert await _cancelled(clockwork) == set()
    await estate.age(ticket, _HOUR)
    payload = await clockwork.done("cancelUnanswered", _CANCELLED)
    cancelled = {"status": "CANCELLED", "cancelReason": "TENANT_NO_RESPONSE_TIMEOUT", "cancelledBy": "SYSTEM"}
    assert payload["tickets"] == [{"id": str(ticket), **cancelled}]
    assert payload["events"] == [{"eventType": "status_changed", "actorType": "SYSTEM"}]
    assert await _cancelled(clockwork) == set()


async def test_who_was_not_asked_need_not_answer(estate: Estate, clockwork: Player) -> None:
    ticket = await estate.asked(visit_in=None)
    await estate.age(ticket, 10 * _TIMEOUT)
    assert await _cancelled(clockwork) == set()


async def test_a_choice_of_times_is_a_question_too(estate: Estate, clockwork: Player) -> None:
    ticket = await estate.asked(visit_in=None)
    await estate.age(ticket, _TIMEOUT)
    await estate.connection.execute(_MENU, ticket)
    assert await _cancelled(clockwork) == set()
    await estate.age(ticket, _TIMEOUT)
    assert await _cancelled(clockwork) == {ticket}


async def test_a_choice_made_by_several_times_is_an_answer(estate: Estate, clockwork: Player) -> None:
    ticket = await estate.asked(visit_in=None)
    await estate.connection.execute(_MENU, ticket)
    await estate.connection.execute(_SLOTS, ticket, await estate.connection.fetchval("SELECT now()"))
    await estate.age(ticket, _TIMEOUT)
    assert await _cancelled(clockwork) == set()


async def test_who_asks_for_another_time_waits_for_the_vendor(estate: Estate, clockwork: Player) -> None:
    ticket = await estate.approved()
    await estate.connection.execute(_MENU, ticket)
    await estate.age(ticket, _HOUR)
    for statement in (
        "UPDATE maintenance.jobs SET reschedule_count = reschedule_count + 1 WHERE ticket_id = $1",
        "UPDATE maintenance.quotes SET visit_at = NULL WHERE ticket_id = $1",
    ):
        await estate.connection.execute(statement, ticket)
    assert await estate.status(ticket) == "pending_tenant_confirmation"
    await estate.age(ticket, _TIMEOUT)
    assert await _cancelled(clockwork) == set()
    await estate.connection.execute(_MENU, ticket)
    await estate.age(ticket, _TIMEOUT)
    assert await _cancelled(clockwork) == {ticket}


async def test_another_time_is_another_question(estate: Estate, clockwork: Player) -> None:
    ticket = await estate.asked()
    await estate.age(ticket, _TIMEOUT)
    moved = "UPDATE maintenance.quotes SET visit_at = visit_at + interval '1 day' WHERE ticket_id = $1"
    await estate.connection.execute(moved, ticket)
    assert await _cancelled(clockwork) == set()


async def test_what_is_held_is_not_cancelled_and_asked_anew_when_it_is_resumed(
    estate: Estate, clockwork: Player
) -> None:
    ticket = await estate.asked()
    held = "UPDATE team.tickets SET status = 'on_hold', hold_reason = 'The owner is away' WHERE id = $1"
    await estate.connection.execute(held, ticket)
    await estate.age(ticket, _TIMEOUT)
    assert await _cancelled(clockwork) == set()
    await estate.step(ticket, "pending_tenant_confirmation")
    assert await _cancelled(clockwork) == set()


async def test_at_most_so_many_are_done_and_the_rest_is_told(estate: Estate, clockwork: Player) -> None:
    tickets = [await estate.asked() for _ in range(3)]
    for days, ticket in enumerate(tickets):
        await estate.age(ticket, _TIMEOUT + days * _DAY)
    payload = await clockwork.done("cancelUnanswered", _CANCELLED, most=2)
    assert [ticket["id"] for ticket in payload["tickets"]] == [str(tickets[2]), str(tickets[1])]
    assert payload["remaining"] == 1
    assert await _cancelled(clockwork, most=2) == {tickets[0]}


async def test_another_operators_tickets_are_left_alone(owner: Connection, clockwork: Player) -> None:
    elsewhere = await Estate.found(owner)
    ticket = await elsewhere.asked()
    await elsewhere.age(ticket, _TIMEOUT)
    assert await _cancelled(clockwork) == set()
    assert await elsewhere.status(ticket) == "pending_tenant_confirmation"


async def test_a_ticket_that_another_holds_is_left_to_the_next_call(
    estate: Estate, clockwork: Player, acted: str
) -> None:
    tickets = [await estate.asked() for _ in range(2)]
    for ticket in tickets:
        await estate.age(ticket, _TIMEOUT)
    other = await asyncpg.connect(acted)
    try:
        async with other.transaction():
            await other.execute("SELECT FROM team.tickets WHERE id = $1 FOR NO KEY UPDATE", tickets[0])
            async with asyncio.timeout(5):
                assert await _cancelled(clockwork) == {tickets[1]}
    finally:
        await other.close()
    assert await _cancelled(clockwork) == {tickets[0]}


async def test_many_at_once_cancel_each_ticket_once(estate: Estate, clockwork: Player) -> None:
    for _ in range(5):
        tickets = [await estate.asked() for _ in range(6)]
        for ticket in tickets:
            await estate.age(ticket, _TIMEOUT)
        found = await asyncio.gather(*(_cancelled(clockwork, most=3) for _ in range(4)))
        found.append(await _cancelled(clockwork))
        assert Counter(ticket for done in found for ticket in done) == Counter(tickets)


async def test_an_answer_in_the_last_moment_counts_or_is_refused(
    estate: Estate, clockwork: Player, players: dict[str, Player]
) -> None:
    staff = replace(players["manager"], viewer=Viewer(ViewerRole.MANAGER, estate.operator, None))
    ends = Counter[str]()
    for n in range(30):
        ticket = await estate.asked()
        await estate.age(ticket, _TIMEOUT)

        async def after(wait: float, call: Awaitable[Any]) -> Any:
            await asyncio.sleep(wait)
            return await call

        early, late = (0.0, n * 0.0005) if n % 2 else (n * 0.0005, 0.0)
        answer = staff.problems("confirmTenantTime", ticketId=str(ticket))
        problems, cancelled = await asyncio.gather(after(early, answer), after(late, _cancelled(clockwork)))
        status = await estate.status(ticket)
        ends[status] += 1
        assert (status, bool(problems)) in {("approved", False), ("cancelled", True)}
        assert cancelled == ({ticket} if status == "cancelled" else set())
    assert set(ends) == {"approved", "cancelled"}
