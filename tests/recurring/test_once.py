"""One ticket for each rule, home and occurrence: however often, from how many sides, and whatever ends in between."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import asyncpg

from db.pool import Connection
from tests.commands.player import Player
from tests.recurring.conftest import Play
from tests.recurring.estate import Estate, days_ago

_COUNTER = "SELECT last FROM lifecycle.ticket_numbers WHERE operator_id = $1 FOR UPDATE"
_WAITING = """
SELECT pid FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE '%INSERT INTO team.tickets%'
"""
_NUMBERS = "SELECT substring(number FROM 9)::integer AS n FROM team.tickets WHERE operator_id = $1 ORDER BY number"
_TABLES = """
SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""


async def _whole(estate: Estate, rules: int, homes: int) -> tuple[list[UUID], list[UUID]]:
    """Daily rules that have each missed ten days at some homes."""
    places = [await estate.home() for _ in range(homes)]
    cadence, targets = "FREQ=DAILY;COUNT=10", [("property", home) for home in places]
    return [await estate.rule(cadence, days_ago(12, 6), targets) for _ in range(rules)], places


async def _state(owner: Connection) -> dict[str, Any]:
    """How many rows each table has, and their mark."""
    names = [row["name"] for row in await owner.fetch(_TABLES)]
    return {
        name: tuple(
            await owner.fetchrow(f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} AS t")  # noqa: S608 - the catalogue's name
            or ()
        )
        for name in names
    }


async def _end_whoever_waits(owner: Connection) -> None:
    """In the middle of its work, for a lock."""
    while not (pids := await owner.fetch(_WAITING)):  # noqa: ASYNC110 - nobody tells of it
        await asyncio.sleep(0.02)
    for row in pids:
        await owner.execute("SELECT pg_terminate_backend($1)", row["pid"])


async def test_eight_generators_at_once_make_each_ticket_once(estate: Estate, play: Play) -> None:
    rules, homes = await _whole(estate, rules=6, homes=4)
    clockworks = [play(estate.viewers["system"]) for _ in range(8)]

    async def run(clockwork: Player) -> int:
        made = 0
        for _ in range(12):
            told = await clockwork.done("generateDueTickets", "made", most=13)
            made += told["made"]
        return made

    counts = await asyncio.gather(*(run(clockwork) for clockwork in clockworks))
    while left := (await clockworks[0].done("generateDueTickets", "made"))["made"]:
        counts.append(left)
    made = await estate.made()
    assert sum(counts) == len(made) == len(rules) * len(homes) * 10
    assert len({(row["rule"], row["home"], row["at"]) for row in made}) == len(made)
    assert len({row["ticket"] for row in made}) == len(made) == await estate.tickets()
    numbers = [row["n"] for row in await estate.owner.fetch(_NUMBERS, estate.id)]
    assert sorted(numbers) == list(range(1, len(made) + 1))


async def test_a_call_makes_no_more_than_it_is_told_and_says_what_remains(estate: Estate, clockwork: Player) -> None:
    await _whole(estate, rules=2, homes=3)
    remaining = []
    for _ in range(9):
        told = await clockwork.done("generateDueTickets", "made remaining", most=7)
        assert told["made"] <= 7
        remaining.append(told["remaining"])
    assert remaining == [53, 46, 39, 32, 25, 18, 11, 4, 0]
    assert await estate.tickets() == len(await estate.made()) == 60


async def test_a_generator_that_dies_leaves_all_to_the_next(
    estate: Estate, clockwork: Player, estates: str, owner: Connection
) -> None:
    rules, homes = await _whole(estate, rules=2, homes=2)
    await clockwork.done("generateDueTickets", most=1)  # so that there is a counter to hold
    blocker = await asyncpg.connect(estates)
    try:
        async with blocker.transaction():
            await blocker.fetch(_COUNTER, estate.id)
            dying = asyncio.create_task(clockwork.do("generateDueTickets", "made"))
            await _end_whoever_waits(owner)
            assert isinstance((await asyncio.gather(dying, return_exceptions=True))[0], Exception)
    finally:
        await blocker.close()
    assert await estate.tickets() == 1
    await clockwork.done("generateDueTickets", "made")
    made = await estate.made()
    assert len({(row["rule"], row["home"], row["at"]) for row in made}) == len(made) == len(rules) * len(homes) * 10


async def test_a_trial_run_says_what_it_would_make_and_leaves_nothing(
    estate: Estate, clockwork: Player, owner: Connection
) -> None:
    await _whole(estate, rules=1, homes=2)
    before = await _state(owner)
    told = await clockwork.done(
        "generateDueTickets", "made tickets { number title } events { eventType }", validateOnly=True
    )
    assert told["made"] == len(told["tickets"]) == 20
    assert {"ticket_created", "occurrence_generated"} <= {event["eventType"] for event in told["events"]}
    assert await _state(owner) == before


async def test_a_key_that_comes_again_makes_nothing_and_is_told_the_same(estate: Estate, clockwork: Player) -> None:
    await _whole(estate, rules=1, homes=2)
    given = {"most": 5, "idempotencyKey": "tick"}
    first = await clockwork.done("generateDueTickets", "made remaining tickets { number }", **given)
    assert await clockwork.done("generateDueTickets", "made remaining tickets { number }", **given) == first
    assert await estate.tickets() == 5


async def test_a_rule_that_somebody_changes_is_passed_over_and_not_waited_for(
    estate: Estate, clockwork: Player, estates: str
) -> None:
    (held, free), _ = await _whole(estate, rules=2, homes=1)
    holder = await asyncpg.connect(estates)
    try:
        async with holder.transaction():
            await holder.fetch("SELECT id FROM team.recurring_rules WHERE id = $1 FOR NO KEY UPDATE", held)
            await clockwork.done("generateDueTickets", "made")
            assert {row["rule"] for row in await estate.made()} == {free}
    finally:
        await holder.close()
    await clockwork.done("generateDueTickets", "made")
    assert len(await estate.made()) == 20
