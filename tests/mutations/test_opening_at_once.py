"""Tickets opened by many at once: each has its number, and what is sent again is done once."""

from __future__ import annotations

from typing import Any

from tests.lifecycle import house
from tests.mutations.arena import Act, Arena, codes, the_winner

_AT_ONCE = 8

_NUMBERS = "SELECT number FROM team.tickets WHERE operator_id = $1 AND number LIKE $2 ORDER BY number"


def _general(who: str, **more: Any) -> Act:
    given = {"ticketType": "GENERAL", "title": "Keys are lost", **more}
    return Act(who, "createTicket", given, "ticket { id number }")


def _repair(who: str, **more: Any) -> Act:
    given = {"title": "No hot water", "issueType": "plumbing", "propertyId": str(house.RATA_4), **more}
    return Act(who, "createMaintenanceTicket", given, "ticket { id number }")


async def test_a_hundred_tickets_have_a_hundred_numbers_without_a_gap(arena: Arena) -> None:
    staff = ("agent", "manager", "admin")
    acts = [(_repair if n % 5 < 2 else _general)(staff[n % 3]) for n in range(100)]
    only_tried = [(_repair if n % 2 else _general)(staff[n % 3], validateOnly=True) for n in range(20)]
    before = {
        letters: len(await arena.owner.fetch(_NUMBERS, house.OPERATOR, f"{letters}-%")) for letters in ("MT", "TK")
    }
    payloads = await arena.at_once(acts + only_tried, 1)
    assert set(codes(payloads)) == {None}
    numbers = [payload["ticket"]["number"] for payload in payloads[:100]]
    assert len(set(numbers)) == 100
    for letters, opened in (("MT", 40), ("TK", 60)):
        there = [row["number"] for row in await arena.owner.fetch(_NUMBERS, house.OPERATOR, f"{letters}-%")]
        assert sorted(int(number[8:]) for number in there) == list(range(1, before[letters] + opened + 1))
        assert set(there) >= {number for number in numbers if number.startswith(letters)}
    await arena.stands()


async def test_what_is_sent_eight_times_at_once_under_one_key_is_done_once(arena: Arena) -> None:
    for seed in range(_AT_ONCE):
        kind = _repair if seed % 2 else _general
        count = "SELECT count(*) FROM team.tickets"
        before = await arena.owner.fetchval(count)
        payloads = await arena.at_once([kind("manager", idempotencyKey=f"again-{seed}")] * _AT_ONCE, seed)
        assert payloads == payloads[:1] * _AT_ONCE
        assert (payloads[0]["problems"], payloads[0]["events"] == []) == ([], False)
        assert await arena.owner.fetchval(count) == before + 1
    await arena.stands()


async def test_a_key_that_comes_at_once_with_several_inputs_is_the_first_ones(arena: Arena) -> None:
    for seed in range(_AT_ONCE):
        acts = [_general("manager", title=f"Keys {n}", idempotencyKey=f"other-{seed}") for n in range(_AT_ONCE)]
        payloads = await arena.at_once(acts, seed)
        assert set(codes(payloads)) == {None, "KEY_REUSED"}
        title = "SELECT title FROM team.tickets WHERE id = $1::text::uuid"
        opened = payloads[the_winner(payloads)]["ticket"]["id"]
        assert await arena.owner.fetchval(title, opened) == f"Keys {the_winner(payloads)}"
    await arena.stands()


async def test_a_key_whose_first_command_is_refused_is_free_for_the_next(arena: Arena) -> None:
    """Who waits for a key while another's command is refused does its own."""
    for seed in range(_AT_ONCE):
        refused = [
            _general("manager", agentId=str(house.BEN_AT_WORK), teamId=str(house.RATA_4), idempotencyKey=f"free-{seed}")
        ] * 4
        done = [_general("manager", idempotencyKey=f"free-{seed}")] * 4
        payloads = await arena.at_once(refused + done, seed)
        assert set(codes(payloads[:4])) <= {"NOT_FOUND", "KEY_REUSED"}
        assert codes(payloads[4:]) == [None] * 4
        assert payloads[4:] == payloads[4:5] * 4
    await arena.stands()
