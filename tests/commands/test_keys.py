"""Idempotency keys: once, whatever happens between."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from db.pool import Connection
from resolvers.operation import Unavailable
from tests.commands.player import Player

_COMMENTS = "SELECT count(*) FROM team.ticket_comments WHERE ticket_id = $1"
_KEYS = "SELECT count(*) FROM access.command_keys WHERE key = $1"
_SLEEPING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
Input = dict[str, Any]
_SELECTION = "comment { id body } events { id eventType }"


async def _until(owner: Connection, sql: str) -> None:
    """The database has nobody who would tell, hence asked again and again."""
    while not await owner.fetchval(sql):  # noqa: ASYNC110 - no event of ours
        await asyncio.sleep(0.01)


async def test_a_key_that_comes_again_is_answered_again_and_nothing_is_done(
    manager: Player, ticket: str, owner: Connection
) -> None:
    given: Input = {"ticketId": ticket, "body": "Once.", "idempotencyKey": f"once {ticket}"}
    first = await manager.done("addComment", _SELECTION, **given)
    assert await manager.done("addComment", _SELECTION, **given) == first
    assert first["events"]
    assert await owner.fetchval(_COMMENTS, ticket) == 1


async def test_a_replay_reads_by_its_own_selection_what_there_is_now(manager: Player, ticket: str) -> None:
    given: Input = {"ticketId": ticket, "to": "IN_PROGRESS", "idempotencyKey": f"go {ticket}"}
    await manager.done("transitionTicket", **given)
    await manager.done("updateTicket", ticketId=ticket, title="Two taps drip")
    told = await manager.done("transitionTicket", "ticket { title status }", **given)
    assert told["ticket"] == {"title": "Two taps drip", "status": "IN_PROGRESS"}


async def test_values_of_every_kind_are_told_again_to_the_letter(manager: Player) -> None:
    selection = "number cents exact data moments echo { text priority seenAt days } echoes { text } homes { id }"
    window = {"startsAt": "2026-01-01T00:00:00Z", "note": "Visit"}
    given = {
        "text": "Hi",
        "cents": "12",
        "exact": "0.10",
        "day": "2026-02-28",
        "priority": "LOW",
        "data": {"a": [1]},
        "moments": ["2026-01-01T00:00:00+01:00"],
        "windows": [window],
        "idempotencyKey": "values",
    }
    first = await manager.done("say", selection, **given)
    assert first == {
        "number": 3,
        "cents": "12",
        "exact": "0.10",
        "data": {"a": [1]},
        "moments": ["2025-12-31T23:00:00+00:00"],
        "echo": {"text": "Hi", "priority": "LOW", "seenAt": "2026-03-04T03:06:07+00:00", "days": ["2026-02-28"]},
        "echoes": [{"text": "Hi"}],
        "homes": [],
    }
    assert await manager.done("say", selection, **given) == first


async def test_two_equal_requests_at_once_have_one_effect_and_equal_answers(
    manager: Player, ticket: str, owner: Connection
) -> None:
    given: Input = {"ticketId": ticket, "body": "At once.", "idempotencyKey": f"both {ticket}"}
    answers = await asyncio.gather(*(manager.done("addComment", _SELECTION, **given) for _ in range(5)))
    assert all(answer == answers[0] for answer in answers)
    assert await owner.fetchval(_COMMENTS, ticket) == 1


@pytest.mark.parametrize("other", [{"body": "Another."}, {"visibility": "INTERNAL"}, {"expectedVersion": 1}])
async def test_a_key_with_another_input_is_refused(
    manager: Player, ticket: str, owner: Connection, other: Input
) -> None:
    given: Input = {"ticketId": ticket, "body": "Once.", "idempotencyKey": f"once {ticket}"}
    await manager.done("addComment", **given)
    problem = await manager.problem("addComment", **{**given, **other})
    assert (problem["__typename"], problem["code"]) == ("KeyReused", "KEY_REUSED")
    assert problem["path"] == ["input", "idempotencyKey"]
    assert await owner.fetchval(_COMMENTS, ticket) == 1


async def test_a_key_with_another_command_is_refused(manager: Player, ticket: str) -> None:
    key = f"mine {ticket}"
    await manager.done("addComment", ticketId=ticket, body="Once.", idempotencyKey=key)
    problem = await manager.problem("updateTicket", ticketId=ticket, title="Tap", idempotencyKey=key)
    assert problem["__typename"] == "KeyReused"


async def test_keys_of_two_viewers_have_nothing_to_do_with_each_other(
    players: dict[str, Player], ticket: str, owner: Connection
) -> None:
    given: Input = {"ticketId": ticket, "body": "Mine.", "idempotencyKey": f"shared {ticket}"}
    for name in ("manager", "agent", "tenant"):
        await players[name].done("addComment", **given)
    assert await owner.fetchval(_COMMENTS, ticket) == 3


async def test_a_refused_command_leaves_its_key_unused(manager: Player, ticket: str, owner: Connection) -> None:
    given: Input = {"ticketId": ticket, "to": "RESOLVED", "expectedVersion": 2, "idempotencyKey": f"later {ticket}"}
    problem = await manager.problem("transitionTicket", **given)
    assert problem["code"] == "VERSION_CONFLICT"
    assert await owner.fetchval(_KEYS, given["idempotencyKey"]) == 0
    await manager.done("updateTicket", ticketId=ticket, priority="HIGH")
    await manager.done("transitionTicket", **given)


async def test_a_command_that_is_only_tried_uses_no_key(manager: Player, ticket: str, owner: Connection) -> None:
    given: Input = {"ticketId": ticket, "body": "Once.", "idempotencyKey": f"try {ticket}"}
    await manager.done("addComment", **given, validateOnly=True)
    assert await owner.fetchval(_KEYS, given["idempotencyKey"]) == 0
    await manager.done("addComment", **given)
    assert await owner.fetchval(_COMMENTS, ticket) == 1


async def test_a_crash_before_the_end_leaves_neither_effect_nor_key(
    manager: Player, ticket: str, owner: Connection
) -> None:
    key = f"crash {ticket}"
    given: Input = {"ticketId": ticket, "sql": "SELECT public.die()", "idempotencyKey": key}
    error = await manager.error("mutation ($i: TripInput!) { trip(input: $i) { role } }", {"i": given})
    assert isinstance(error.original_error, Unavailable)
    assert await owner.fetchval(_COMMENTS, ticket) == 0
    assert await owner.fetchval(_KEYS, key) == 0
    await manager.done("trip", **{**given, "sql": "SELECT 1"})
    assert await owner.fetchval(_COMMENTS, ticket) == 1


async def test_who_waits_for_a_key_that_is_given_up_does_the_command(
    manager: Player, ticket: str, owner: Connection
) -> None:
    """The first one fails while the second waits for it."""
    key = f"given up {ticket}"
    sleepy = {
        "ticketId": ticket,
        "sql": "DO $$ BEGIN PERFORM pg_sleep(0.5); RAISE division_by_zero; END $$",
        "idempotencyKey": key,
    }
    refused = asyncio.create_task(manager.problem("trip", **sleepy))
    await _until(owner, _SLEEPING)
    waiting = asyncio.create_task(manager.done("addComment", ticketId=ticket, body="Now me.", idempotencyKey=key))
    await _until(owner, _WAITING)
    assert (await refused)["code"] == "VALUE_INVALID"
    await waiting
    assert await owner.fetchval(_COMMENTS, ticket) == 1
