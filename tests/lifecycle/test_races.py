"""Many acts on one repair at once, over real connections: whoever comes first, what is left is right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.crowd import Act, at_once, crowd
from tests.lifecycle.repair import (
    ASSIGN,
    CHEAP,
    CONFIRM,
    DEAR,
    DECISION,
    HOLD,
    QUOTE,
    REVOKE,
    STATUS,
    TUESDAY,
    Repair,
)

_ROUNDS = 25
_ASKED = """
INSERT INTO maintenance.approvals (operator_id, ticket_id, quote_id, required) VALUES ($1, $2, $3, true) RETURNING id
"""
_ANSWER = """
UPDATE maintenance.approvals SET decision = $2, decided_by = $3, decided_at = clock_timestamp(),
    approved_amount_cents = $4, currency = CASE WHEN $4::bigint IS NOT NULL THEN 'NZD' END
WHERE id = $1
"""
_SELECT = "UPDATE maintenance.visit_slots SET selected_at = now() WHERE id = $1"
_DECIDED_AFTERWARDS = """
SELECT count(*) FROM audit.events AS d
JOIN maintenance.approvals AS a ON a.id = d.entity_id
JOIN audit.events AS s ON s.entity_id = a.quote_id AND s.event_type = 'quote_superseded'
WHERE d.event_type = 'approval_decided' AND d.ticket_id = $1 AND d.sequence > s.sequence
"""
_WHILE_HELD = """
WITH told AS (
    SELECT event_type, details ->> 'to' AS to_state,
           count(*) FILTER (WHERE event_type = 'status_changed') OVER (ORDER BY sequence) AS step
    FROM audit.events WHERE ticket_id = $1)
SELECT count(*) FROM told AS e JOIN told AS s ON s.step = e.step AND s.event_type = 'status_changed'
WHERE s.to_state = 'on_hold' AND e.event_type <> 'status_changed'
"""
_BROKEN_CHAIN = """
SELECT count(*) FROM (
    SELECT details ->> 'from' AS here, lag(details ->> 'to') OVER (ORDER BY sequence) AS before
    FROM audit.events WHERE ticket_id = $1 AND event_type = 'status_changed') AS steps
WHERE before IS NOT NULL AND here <> before
"""


@pytest.fixture
async def people(furnished: str) -> AsyncIterator[list[Connection]]:
    async with crowd(furnished, 6) as connections:
        yield connections


def _does(sql: str, *values: object) -> Act:
    async def act(connection: Connection) -> str:
        return await connection.execute(sql, *values)

    return act


async def _rush(people: list[Connection], acts: list[Act], seed: int) -> list[Any]:
    """All at once, in an order that differs from round to round; who is refused or meets a deadlock did nothing."""
    shuffled = list(acts)
    Random(seed).shuffle(shuffled)  # noqa: S311 - no secret
    outcomes = await at_once(people, shuffled)
    for outcome in outcomes:
        if isinstance(outcome, asyncpg.PostgresError):
            assert str(outcome.sqlstate)[:2] in {"TK", "23", "40"}, outcome
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)]


async def _stands(repair: Repair) -> None:
    """The status is what the gates say, its history has no gap, and links say who is assigned."""
    cost, time = await repair.gates()
    expected = {
        (True, True): {"approved"},
        (True, False): {"pending_tenant_confirmation"},
        (False, True): {"quoted", "pending_approval"},
        (False, False): {"quoted", "pending_approval"},
    }
    status = await repair.status()
    assert status in expected[cost, time] | {"on_hold", "in_progress", "cancelled"}, (cost, time, status)
    assert await repair.connection.fetchval(_BROKEN_CHAIN, repair.id) == 0
    assert await repair.connection.fetchval(_DECIDED_AFTERWARDS, repair.id) == 0
    vendor = await repair.job("assigned_vendor_id")
    assert {who for who, role in await repair.links() if role == "assigned"} == {vendor}
    standing = (
        "SELECT vendor_id, count(*) FROM maintenance.quotes WHERE ticket_id = $1 AND superseded_at IS NULL GROUP BY 1"
    )
    assert all(row["count"] == 1 for row in await repair.connection.fetch(standing, repair.id))


async def test_of_those_who_decide_at_once_one_has_decided(people: list[Connection]) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.quoted(people[0])
        await repair.go("pending_approval")
        asked = await people[0].fetchval(_ASKED, house.OPERATOR, repair.id, await repair.live())
        acts = [
            _does(_ANSWER, asked, "approved", house.BEN, DEAR),
            _does(_ANSWER, asked, "approved", house.AROHA, DEAR - 1),
            _does(_ANSWER, asked, "rejected", house.CARLA, None),
            _does(_ANSWER, asked, "approved", house.HANA, DEAR * 2),
        ]
        assert await _rush(people, acts, seed) == ["UPDATE 1"]
        decided = "SELECT count(*) FROM audit.events WHERE entity_id = $1 AND event_type = 'approval_decided'"
        assert await people[0].fetchval(decided, asked) == 1
        await _stands(repair)


async def test_no_quote_is_approved_once_a_newer_one_has_taken_its_place(people: list[Connection]) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.quoted(people[0])
        first = await repair.live()
        decision = (house.OPERATOR, repair.id, first, "approved", house.BEN, DEAR, "NZD", None)
        revision = (house.OPERATOR, repair.id, house.KAURI, DEAR + seed % 2, "NZD", None, None)
        acts = [
            _does(DECISION, *decision),
            _does(QUOTE, *revision),
            _does(DECISION, *decision),
            _does(QUOTE, *revision),
        ]
        await _rush(people, [*acts, _does(CONFIRM, repair.id)], seed)
        await _stands(repair)


@pytest.mark.parametrize("same", [True, False], ids=["one slot", "several slots"])
async def test_at_most_one_slot_is_selected_and_it_is_the_visits_time(people: list[Connection], *, same: bool) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.quoted(people[0])
        quote = await repair.live()
        assert quote
        slots = [await repair.slot(quote, TUESDAY + timedelta(days=n)) for n in range(1 if same else 4)] * (
            4 if same else 1
        )
        await _rush(people, [_does(_SELECT, slot) for slot in slots], seed)
        selected = await people[0].fetch(
            "SELECT starts_at FROM maintenance.visit_slots WHERE ticket_id = $1 AND selected_at IS NOT NULL", repair.id
        )
        visit = await people[0].fetchval("SELECT visit_at FROM maintenance.quotes WHERE id = $1", quote)
        assert [row["starts_at"] for row in selected] == [visit]
        await _stands(repair)


async def test_a_vendor_is_assigned_while_the_former_ones_quote_is_approved(people: list[Connection]) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.quoted(people[0])
        first = await repair.live()
        await repair.quote(CHEAP if seed % 2 else DEAR, vendor=house.TUI)
        decision = (house.OPERATOR, repair.id, first, "approved", house.BEN, DEAR, "NZD", None)
        acts = [
            _does(DECISION, *decision),
            _does(ASSIGN, repair.id, house.TUI),
            _does(CONFIRM, repair.id),
            _does(STATUS, repair.id, "pending_approval"),
        ]
        await _rush(people, acts, seed)
        await _stands(repair)


async def test_nothing_is_decided_once_it_is_held(people: list[Connection]) -> None:
    for seed in range(_ROUNDS):
        repair = await Repair.quoted(people[0])
        quote = await repair.live()
        decision = (house.OPERATOR, repair.id, quote, "approved", house.BEN, DEAR, "NZD", None)
        revision = (house.OPERATOR, repair.id, house.KAURI, DEAR + 1, "NZD", None, None)
        acts = [_does(HOLD, repair.id), _does(DECISION, *decision), _does(CONFIRM, repair.id), _does(QUOTE, *revision)]
        await _rush(people, acts, seed)
        assert await people[0].fetchval(_WHILE_HELD, repair.id) == 0
        await _stands(repair)


async def test_of_steps_that_exclude_each_other_one_is_taken(people: list[Connection]) -> None:
    cancel = "UPDATE team.tickets SET status = 'cancelled', cancel_reason = 'not_needed' WHERE id = $1"
    for seed in range(_ROUNDS):
        repair = await Repair.approved(people[0])
        approval = await people[0].fetchval("SELECT id FROM maintenance.approvals WHERE ticket_id = $1", repair.id)
        acts = [
            _does(STATUS, repair.id, "in_progress"),
            _does(cancel, repair.id),
            _does(REVOKE, approval),
            _does(ASSIGN, repair.id, house.TUI),
        ]
        await _rush(people, acts, seed)
        await _stands(repair)


async def test_ratings_given_at_once_all_count(people: list[Connection]) -> None:
    rate = "UPDATE maintenance.jobs SET tenant_rating = $2 WHERE ticket_id = $1"
    repairs: list[UUID] = [(await Repair.begin(people[0])).id for _ in range(20)]
    await at_once(people, [_does(rate, repair, 1 + n % 5) for n, repair in enumerate(repairs)])
    rating = "SELECT rating, rating_count FROM directory.vendor_profiles WHERE company_id = $1"
    assert tuple(await people[0].fetchrow(rating, house.KAURI) or ()) == (3, 20)
