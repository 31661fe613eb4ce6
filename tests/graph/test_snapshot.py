"""An operation sees one state of the database, and a failing statement fails all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from db.pool import Connection, Pool
from resolvers.operation import Unavailable
from tests.graph.client import Client

_WAITING = "SELECT pid FROM pg_catalog.pg_locks WHERE NOT granted AND relation = 'team.ticket_comments'::regclass"
_STORY = """query ($id: ID!) {
    ticket(id: $id) { title comments { totalCount nodes { body ticket { title version } } } }
}"""


@pytest.fixture
async def writer(own: str) -> AsyncIterator[Connection]:
    """A connection to the test's own database, beside the graph's."""
    connection = await asyncpg.connect(own)
    yield connection
    await connection.close()


@pytest.fixture
async def reading(client: Client, own: str, writer: Connection) -> AsyncIterator[Client]:
    """The first operator's manager at the test's own database."""
    operator = await writer.fetchval("SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id LIMIT 1")
    async with Pool.open(own, size=2) as pool:
        yield client.at(pool, operator)


async def _waiting(writer: Connection) -> int:
    """The backend that waits for the writer's lock."""
    async with asyncio.timeout(10):
        while not (pid := await writer.fetchval(_WAITING)):  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.005)
    return int(pid)


async def _commented(writer: Connection, client: Client) -> asyncpg.Record:
    row = await writer.fetchrow(
        "SELECT t.id, t.title, count(*)::integer AS comments FROM team.tickets AS t"
        " JOIN team.ticket_comments AS c ON c.ticket_id = t.id WHERE t.operator_id = $1 GROUP BY t.id LIMIT 1",
        client.viewer.operator_id,
    )
    assert row
    return row


async def test_what_changes_between_two_statements_is_not_seen_half(reading: Client, writer: Connection) -> None:
    ticket = await _commented(writer, reading)
    async with writer.transaction():
        await writer.execute("LOCK TABLE team.ticket_comments IN ACCESS EXCLUSIVE MODE")
        asking = asyncio.create_task(reading.executed(_STORY, {"id": str(ticket["id"])}))
        await _waiting(writer)  # the ticket is read, its comments are not
        await writer.execute("UPDATE team.tickets SET title = 'Changed meanwhile' WHERE id = $1", ticket["id"])
        await writer.execute(
            "INSERT INTO team.ticket_comments (operator_id, ticket_id, body, visibility)"
            " SELECT operator_id, id, 'Written meanwhile', 'public' FROM team.tickets WHERE id = $1",
            ticket["id"],
        )
    before: Any = ((await asking).data or {})["ticket"]
    assert {before["title"], *(comment["ticket"]["title"] for comment in before["comments"]["nodes"])} == {
        ticket["title"]
    }
    assert before["comments"]["totalCount"] == len(before["comments"]["nodes"]) == ticket["comments"]

    after = (await reading.ask(_STORY, {"id": str(ticket["id"])}))["ticket"]
    assert after["title"] == "Changed meanwhile"
    assert after["comments"]["totalCount"] == ticket["comments"] + 1


async def test_a_statement_that_takes_too_long_fails_the_whole_operation(
    reading: Client, own: str, writer: Connection
) -> None:
    query = "{ viewer { role } contacts(first: 1) { totalCount } ticketComments { nodes { id } } }"
    async with Pool.open(own, size=1, statement_timeout_ms=200) as pool:
        hurried = reading.at(pool)
        async with writer.transaction():
            await writer.execute("LOCK TABLE team.ticket_comments IN ACCESS EXCLUSIVE MODE")
            result = await hurried.answer(query)
        assert result.data is None
        assert [error.extensions for error in result.errors or []] == [{"code": "TIMEOUT"}]
        assert (await hurried.ask(query))["ticketComments"]["nodes"]


async def test_a_heavy_statement_is_ended_by_its_time_limit(client: Client, demo: str) -> None:
    query = """{ tickets(where: {participants: {every: {contact: {participations: {every: {ticket: {events: {every:
        {actor: {auditEvents: {every: {ticket: {title: {contains: "sink"}}}}}}}}}}}}}}) { totalCount } }"""
    async with Pool.open(demo, size=1, statement_timeout_ms=1) as pool:
        result = await client.at(pool).answer(query)
    assert result.data is None
    assert [error.extensions for error in result.errors or []] == [{"code": "TIMEOUT"}]


async def test_a_lost_connection_makes_the_operation_unavailable_and_the_next_one_works(
    reading: Client, writer: Connection
) -> None:
    ticket = await _commented(writer, reading)
    async with writer.transaction():
        await writer.execute("LOCK TABLE team.ticket_comments IN ACCESS EXCLUSIVE MODE")
        asking = asyncio.create_task(reading.executed(_STORY, {"id": str(ticket["id"])}))
        await writer.execute("SELECT pg_terminate_backend($1)", await _waiting(writer))
        with pytest.raises(Unavailable, match="Try again"):
            await asking
    again = await reading.ask(_STORY, {"id": str(ticket["id"])})
    assert again["ticket"]["comments"]["totalCount"] == ticket["comments"]
