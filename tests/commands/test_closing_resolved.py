"""What is resolved, and paid for, is closed after a while, once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.commands.estate import Estate
from tests.commands.player import Player

_HOUR, _WINDOW = timedelta(hours=1), timedelta(days=7)
_CLOSED = "closed remaining tickets { id status } problems { code }"


async def _closed(clockwork: Player, **given: Any) -> set[UUID]:
    payload = await clockwork.done("closeResolved", _CLOSED, **given)
    assert payload["closed"] == len(payload["tickets"])
    return {UUID(ticket["id"]) for ticket in payload["tickets"]}


async def test_what_is_resolved_is_closed_after_the_window(estate: Estate, clockwork: Player) -> None:
    ticket = await estate.resolved()
    await estate.age(ticket, _WINDOW - _HOUR)
    assert await _closed(clockwork) == set()
    await estate.age(ticket, _HOUR)
    assert await _closed(clockwork) == {ticket}
    assert await _closed(clockwork) == set()


async def test_a_repair_is_closed_when_it_is_paid_for(estate: Estate, clockwork: Player) -> None:
    unpaid = await estate.completed()
    partly = await estate.completed(paid=9_999)
    paid = await estate.completed(paid=10_000)
    free = await estate.completed(cost=0)
    for ticket in (unpaid, partly, paid, free):
        await estate.age(ticket, 2 * _WINDOW)
    assert await _closed(clockwork) == {paid, free}


async def test_what_cannot_be_closed_does_not_stand_in_the_way(estate: Estate, clockwork: Player) -> None:
    for _ in range(3):
        await estate.age(await estate.completed(), 3 * _WINDOW)
    ticket = await estate.resolved()
    await estate.age(ticket, _WINDOW)
    payload = await clockwork.done("closeResolved", _CLOSED, most=1)
    assert ([each["id"] for each in payload["tickets"]], payload["remaining"]) == ([str(ticket)], 0)


async def test_many_at_once_close_each_ticket_once(estate: Estate, clockwork: Player) -> None:
    for _ in range(5):
        tickets = [await estate.resolved() for _ in range(6)]
        for ticket in tickets:
            await estate.age(ticket, _WINDOW)
        found = await asyncio.gather(*(_closed(clockwork, most=3) for _ in range(4)))
        found.append(await _closed(clockwork))
        assert Counter(ticket for done in found for ticket in done) == Counter(tickets)
