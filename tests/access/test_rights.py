"""access.ticket_viewers: rights to tickets follow what they come from, whatever is changed, however, and by whom."""

from __future__ import annotations

import asyncio
from random import Random
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.demo.triggers import lifecycle_at_rest
from db.pool import Connection
from resolvers.viewer import Viewer
from tests.access.sql import playing
from tests.access.stage import Stage

_SOURCES = {
    "requestor": ("team.tickets", "id", "requestor_contact_id"),
    "homeowner": ("team.tickets", "id", "homeowner_id"),
    "participant": ("team.ticket_participants", "ticket_id", "contact_id"),
    "co_owner": ("team.ticket_homeowners", "ticket_id", "homeowner_id"),
    "linked_vendor": ("team.ticket_vendors", "ticket_id", "vendor_id"),
    "tenant": ("maintenance.jobs", "ticket_id", "tenant_contact_id"),
    "assigned_vendor": ("maintenance.jobs", "ticket_id", "assigned_vendor_id"),
}
_KEPT = "SELECT ticket_id, principal, reason FROM access.ticket_viewers"
_ADD = "INSERT INTO team.ticket_participants (operator_id, ticket_id, contact_id, role) VALUES ($1, $2, $3, $4)"
_END = "DELETE FROM team.ticket_participants WHERE ticket_id = $1 AND contact_id = $2 AND role = $3"
_WAITING = "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE pid = $1 AND NOT granted)"

Right = tuple[UUID, UUID, str]


async def _rebuilt(connection: Connection) -> set[Right]:
    """Every right, from the rows that it comes from."""
    rights: set[Right] = set()
    for reason, (table, ticket, principal) in _SOURCES.items():
        for row in await connection.fetch(f"SELECT * FROM {table} WHERE {principal} IS NOT NULL"):  # noqa: S608 - constants
            if reason != "linked_vendor" or row["role"] != "declined":
                rights.add((row[ticket], row[principal], reason))
    return rights


async def _kept(connection: Connection) -> set[Right]:
    return {(row["ticket_id"], row["principal"], row["reason"]) for row in await connection.fetch(_KEPT)}


async def _reasons(connection: Connection, ticket: UUID, principal: UUID) -> set[str]:
    return {reason for t, p, reason in await _kept(connection) if (t, p) == (ticket, principal)}


async def test_the_data_have_the_rights_that_their_sources_give(owner: Connection) -> None:
    rights = await _kept(owner)
    assert {reason for _, _, reason in rights} == set(_SOURCES)
    assert rights == await _rebuilt(owner)


@pytest.mark.parametrize("role", ["none", "gateway_staff"])
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 12))
@settings(deadline=None, max_examples=25)
async def test_whatever_changes_rights_are_what_their_sources_give(
    role: str, owner: Connection, cast: dict[str, Viewer], seed: int, changes: int
) -> None:
    viewer = cast["first manager"]
    stage = Stage(owner, viewer.operator_id, Random(seed))  # noqa: S311 - no secret
    async with playing(owner, viewer):
        for _ in range(changes):
            await owner.execute(f"SET LOCAL ROLE {role}")
            await stage.change()
            await owner.execute("RESET ROLE")
        assert await _kept(owner) == await _rebuilt(owner)


@pytest.fixture
async def ticket(owner: Connection, cast: dict[str, Viewer]) -> UUID:
    """A ticket of the first operator."""
    operator = cast["first manager"].operator_id
    found: UUID = await owner.fetchval(
        "SELECT ticket_id FROM maintenance.jobs WHERE operator_id = $1 LIMIT 1", operator
    )
    return found


async def test_one_right_ends_without_ending_another(owner: Connection, cast: dict[str, Viewer], ticket: UUID) -> None:
    viewer = cast["first guest without a ticket"]
    assert viewer.contact_id
    me = viewer.contact_id
    async with playing(owner, viewer):
        await owner.execute("UPDATE team.tickets SET requestor_contact_id = $2 WHERE id = $1", ticket, me)
        for role in ("cc", "guest"):
            await owner.execute(_ADD, viewer.operator_id, ticket, me, role)
        assert await _reasons(owner, ticket, me) == {"requestor", "participant"}
        await owner.execute(_END, ticket, me, "cc")
        assert await _reasons(owner, ticket, me) == {"requestor", "participant"}
        await owner.execute("UPDATE team.tickets SET requestor_contact_id = NULL WHERE id = $1", ticket)
        assert await _reasons(owner, ticket, me) == {"participant"}
        await owner.execute("SET LOCAL ROLE gateway_outsider")
        assert await owner.fetchval("SELECT count(*) FROM team.tickets") == 1
        await owner.execute("RESET ROLE")
        await owner.execute(_END, ticket, me, "guest")
        assert await _reasons(owner, ticket, me) == set()
        await owner.execute("SET LOCAL ROLE gateway_outsider")
        assert await owner.fetchval("SELECT count(*) FROM team.tickets") == 0


async def test_rights_end_with_their_ticket(owner: Connection, cast: dict[str, Viewer]) -> None:
    viewer = cast["first guest"]
    async with playing(owner, viewer), lifecycle_at_rest(owner):  # events keep their ticket
        made: UUID = await owner.fetchval(
            "INSERT INTO team.tickets (operator_id, number, ticket_type, workflow, title, status, source,"
            " requestor_contact_id) VALUES ($1, 'TK-2001-901', 'general', 'general', 'A broken lamp', 'open', 'portal',"
            " $2) RETURNING id",
            viewer.operator_id,
            viewer.contact_id,
        )
        assert viewer.contact_id
        assert await _reasons(owner, made, viewer.contact_id) == {"requestor"}
        await owner.execute("DELETE FROM team.tickets WHERE id = $1", made)
        assert await _kept(owner) == await _rebuilt(owner)


@pytest.mark.parametrize("order", ["a right ends first", "a right begins first", "it ends twice"])
@pytest.mark.parametrize("commits", [True, False], ids=["and commits", "and is rolled back"])
async def test_a_right_that_ends_and_begins_in_two_transactions_is_what_is_left(
    order: str,
    commits: bool,  # noqa: FBT001 - a parameter of the test
    owner: Connection,
    guarded: str,
    cast: dict[str, Viewer],
    ticket: UUID,
) -> None:
    viewer = cast["first guest without a ticket"]
    me = viewer.contact_id
    begin, end = (_ADD, (viewer.operator_id, ticket, me, "guest")), (_END, (ticket, me, "cc"))
    first, second = (end, begin) if order == "a right ends first" else (begin, end)
    await owner.execute("ALTER TABLE team.ticket_participants DISABLE TRIGGER event")  # what is committed stays
    await owner.execute(_ADD, viewer.operator_id, ticket, me, "cc")
    if order == "it ends twice":
        await owner.execute(_ADD, viewer.operator_id, ticket, me, "tenant")
        first = (_END, (ticket, me, "tenant"))
    ahead, behind = await asyncpg.connect(guarded), await asyncpg.connect(guarded)
    try:
        transaction = ahead.transaction()
        await transaction.start()
        await ahead.execute(first[0], *first[1])
        waiting = asyncio.create_task(behind.execute(second[0], *second[1]))
        async with asyncio.timeout(10):
            while not await owner.fetchval(_WAITING, behind.get_server_pid()):  # noqa: ASYNC110 - nobody tells of it
                await asyncio.sleep(0.005)
        await (transaction.commit() if commits else transaction.rollback())
        await waiting
        assert await _kept(owner) == await _rebuilt(owner)
    finally:
        await ahead.close()
        await behind.close()
        await owner.execute("DELETE FROM team.ticket_participants WHERE ticket_id = $1 AND contact_id = $2", ticket, me)
        await owner.execute("ALTER TABLE team.ticket_participants ENABLE TRIGGER event")
    assert await _kept(owner) == await _rebuilt(owner)


async def test_rights_are_not_changed_under_repeatable_read(owner: Connection) -> None:
    ticket = await owner.fetchval("SELECT id FROM team.tickets LIMIT 1")
    before = await _kept(owner)
    with pytest.raises(asyncpg.FeatureNotSupportedError, match="REPEATABLE READ"):
        async with owner.transaction(isolation="repeatable_read"):
            await owner.execute("UPDATE team.tickets SET requestor_contact_id = NULL WHERE id = $1", ticket)
    assert await _kept(owner) == before
