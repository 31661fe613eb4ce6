"""How long a first response took: it follows from when it came, for every client, and is no change of its own."""

from __future__ import annotations

import asyncpg
import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.house import AGENT, acting

_TICKET = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source, requestor_contact_id, created_at)
VALUES ($1, 'guest_request', 'More towels', 'portal', $2, now() + $3::text::interval) RETURNING id
"""
_COMMENT = """
INSERT INTO team.ticket_comments (operator_id, ticket_id, author_contact_id, body, visibility)
VALUES ($1, $2, $3, 'They are on their way.', 'public')
"""
_TOOK = "SELECT first_response_seconds FROM team.tickets WHERE id = $1"
_VERSION = "SELECT version FROM team.tickets WHERE id = $1"
_EVENTS = "SELECT event_type, details FROM audit.events WHERE ticket_id = $1 ORDER BY sequence"


@pytest.mark.parametrize(
    ("created", "seconds"),
    [("-50 hours", 180_000), ("-1.4 seconds", 1), ("-1.6 seconds", 2), ("0 seconds", 0), ("1 hour", 0)],
)
async def test_it_counts_from_when_the_ticket_was_reported(db: Connection, created: str, seconds: int) -> None:
    ticket = await db.fetchval(_TICKET, house.OPERATOR, house.KIM, created)
    assert await db.fetchval(_TOOK, ticket) is None
    async with acting(db, AGENT):
        await db.execute(_COMMENT, house.OPERATOR, ticket, AGENT.contact)
    assert await db.fetchval(_TOOK, ticket) == seconds


async def test_an_answered_ticket_changes_only_where_it_is_changed(db: Connection) -> None:
    ticket = await db.fetchval(_TICKET, house.OPERATOR, house.KIM, "-50 hours")
    await db.execute(_COMMENT, house.OPERATOR, ticket, house.BEN)
    assert await db.fetchval(_VERSION, ticket) == 1
    await db.execute("UPDATE team.tickets SET title = title WHERE id = $1", ticket)
    assert await db.fetchval(_VERSION, ticket) == 1
    await db.execute("UPDATE team.tickets SET title = 'Two more towels' WHERE id = $1", ticket)
    assert await db.fetchval(_VERSION, ticket) == 2
    assert await db.fetchval(_TOOK, ticket) == 180_000


async def test_no_event_tells_it(db: Connection) -> None:
    ticket = await db.fetchval(_TICKET, house.OPERATOR, house.KIM, "-50 hours")
    async with acting(db, AGENT):
        await db.execute("UPDATE team.tickets SET status = 'in_progress' WHERE id = $1", ticket)
    await db.execute("UPDATE team.tickets SET title = 'Two more towels' WHERE id = $1", ticket)
    events = await db.fetch(_EVENTS, ticket)
    assert [event["event_type"] for event in events] == ["ticket_created", "status_changed", "ticket_updated"]
    assert not any("first_response" in event["details"] for event in events)
    assert await db.fetchval(_TOOK, ticket) == 180_000


async def test_nobody_writes_it(db: Connection) -> None:
    ticket = await db.fetchval(_TICKET, house.OPERATOR, house.KIM, "-50 hours")
    with pytest.raises(asyncpg.GeneratedAlwaysError):
        async with db.transaction():
            await db.execute("UPDATE team.tickets SET first_response_seconds = 1 WHERE id = $1", ticket)
    assert await db.fetchval(_TOOK, ticket) is None
