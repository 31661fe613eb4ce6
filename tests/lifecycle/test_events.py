"""No change without its event, and no event without its change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from db.demo.load import load
from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.house import AGENT, MANAGER, SYSTEM, acting
from tests.lifecycle.ledger import Key, Row, Table, changed, details, rows, tables
from tests.lifecycle.repair import DEAR, Repair

_EVENTS = "SELECT * FROM audit.events WHERE sequence > $1 ORDER BY sequence"
_LAST = "SELECT max(sequence) FROM audit.events"
_TICKET = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source) VALUES ($1, 'general', 'Drip', 'phone') RETURNING id
"""


class Busy:
    """A database full of demo data, as it was before every change."""

    def __init__(self, connection: Connection, all_tables: list[Table], before: dict[Key, Row], last: int) -> None:
        self.connection = connection
        self.tables = all_tables
        self.before = before
        self.last = last
        self.ids: dict[str, list[UUID]] = {}
        for place, key in before:
            self.ids.setdefault(place, []).append(key)


@pytest.fixture(scope="session")
async def busy(clone: Callable[[], Awaitable[str]]) -> AsyncIterator[Busy]:
    connection = await asyncpg.connect(await clone())
    await load(connection, scale=0.05)
    found = await tables(connection)
    yield Busy(connection, found, await rows(connection, found), await connection.fetchval(_LAST))
    await connection.close()


@given(seed=st.integers(0, 2**48))
@settings(deadline=None, max_examples=100)
async def test_whatever_is_changed_has_as_many_events_as_rows_have_changed(busy: Busy, seed: int) -> None:
    db = busy.connection
    undone = db.transaction()
    await undone.start()
    try:
        statement, values = _change(busy, Random(seed))  # noqa: S311 - no secret
        try:
            async with db.transaction():
                await db.execute(statement, *values)
        except asyncpg.PostgresError:
            return
        after = await rows(db, busy.tables)
        events = await db.fetch(_EVENTS, busy.last)
        note(f"{statement} {values}")
        _compare(busy, after, [dict(event) for event in events])
    finally:
        await undone.rollback()


def _change(busy: Busy, random: Random) -> tuple[str, list[object]]:
    """Some rows get what stands in another one or nothing, or are copied, or go."""
    table = random.choice([table for table in busy.tables if table.place in busy.ids])
    ids = busy.ids[table.place]
    some = random.sample(ids, min(len(ids), random.randint(1, 4)))
    kind = random.choice(["update", "update", "update", "noop", "delete", "insert"])
    if kind == "delete":
        return f"DELETE FROM {table.place} WHERE id = ANY ($1)", [some]  # noqa: S608 - the catalogue's
    if kind == "insert":
        names = ", ".join(name for name in table.columns if not (table.place == "team.tickets" and name == "number"))
        return f"INSERT INTO {table.place} ({names}) SELECT {names} FROM {table.place} WHERE id = ANY ($1)", [some]  # noqa: S608
    column = random.choice(table.columns)
    if kind == "noop":
        return f"UPDATE {table.place} SET {column} = {column} WHERE id = ANY ($1)", [some]  # noqa: S608 - the catalogue's
    value = f"(SELECT {column} FROM {table.place} WHERE id = $2)"  # noqa: S608 - the catalogue's
    return f"UPDATE {table.place} SET {column} = {value} WHERE id = ANY ($1)", [some, random.choice(ids)]  # noqa: S608


def _compare(busy: Busy, after: dict[Key, Row], events: list[dict[str, Any]]) -> None:
    entities = {table.entity: table for table in busy.tables}
    rows_changed = changed(busy.before, after)
    counts = Counter((entities[event["entity"]].place, event["entity_id"]) for event in events)
    assert counts == Counter(rows_changed)
    for event in events:
        table = entities[event["entity"]]
        key = (table.place, event["entity_id"])
        old, new = busy.before.get(key), after.get(key)
        row = new or old or {}
        found = json.loads(event["details"])
        assert {part: found[part] for part in ("before", "after") if part in found} == details(table.place, old, new)
        assert str(event["operator_id"]) == row["operator_id"]
        assert str(event["ticket_id"] or "") == (row[table.ticket] if table.ticket else "")
        assert found.get("version") == row.get("version")
    for key in busy.before.keys() & after.keys():
        old, new = busy.before[key], after[key]
        if "version" in new:
            assert new["version"] - old["version"] == (key in rows_changed), key


async def test_a_ticket_with_a_history_is_not_deleted(busy: Busy) -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await busy.connection.execute("DELETE FROM team.tickets WHERE id = $1", busy.ids["team.tickets"][0])


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit.events SET event_type = 'nothing'", "DELETE FROM audit.events", "TRUNCATE audit.events"],
)
async def test_what_has_happened_stays(busy: Busy, statement: str) -> None:
    with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
        await busy.connection.execute(statement)
    assert await busy.connection.fetchval(_LAST) == busy.last


async def test_nobody_writes_an_event_by_hand_through_the_gateway(db: Connection) -> None:
    claim = (
        "INSERT INTO audit.events (operator_id, entity, entity_id, event_type, actor_type)"
        " VALUES ($1, 'Ticket', $1, 'ticket_created', 'manager')"
    )
    undone = db.transaction()
    await undone.start()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with acting(db, MANAGER), db.transaction():
            await db.execute(claim, house.OPERATOR)
    await undone.rollback()


@pytest.mark.parametrize(
    ("viewer", "actor", "contact"),
    [
        (None, "database", None),
        (MANAGER, "manager", house.BEN),
        (AGENT, "agent", house.CARLA),
        (SYSTEM, "system", None),
    ],
)
async def test_an_event_names_who_acted_why_and_in_which_request(
    db: Connection, viewer: house.Viewer | None, actor: str, contact: UUID | None
) -> None:
    await db.execute("SELECT set_config('command.request_id', 'req-7', true), set_config('command.reason', 'So', true)")
    async with acting(db, viewer):
        ticket = await db.fetchval(_TICKET, house.OPERATOR)
    event = await db.fetchrow(
        "SELECT event_type, actor_type, actor_id, request_id, details ->> 'reason', occurred_at = now()"
        " FROM audit.events WHERE entity_id = $1",
        ticket,
    )
    assert tuple(event or ()) == ("ticket_created", actor, contact, "req-7", "So", True)


async def test_events_are_named_by_what_happened(db: Connection) -> None:
    repair = await Repair.working(db)
    await repair.run("UPDATE team.tickets SET title = 'No hot water at all' WHERE id = $1")
    await repair.run(
        "UPDATE team.tickets SET current_agent_id = $2, priority = 'low' WHERE id = $1", house.CARLA_AT_WORK
    )
    await repair.complete(DEAR)
    await repair.run("UPDATE maintenance.jobs SET tenant_rating = 4, feedback_sent_at = now() WHERE ticket_id = $1")
    assert [name for name, _ in await repair.events()] == [
        "ticket_created",
        "job_created",
        "vendor_assigned",
        "vendor_linked",
        "status_changed",  # vendor_contacted
        "quote_submitted",
        "status_changed",  # quoted
        "approval_decided",
        "status_changed",  # pending_tenant_confirmation
        "visit_confirmed",
        "status_changed",  # approved
        "status_changed",  # in_progress
        "work_started",
        "ticket_updated",
        "ticket_assigned",
        "job_updated",  # notes and cost
        "status_changed",  # completed
        "work_completed",
        "feedback_recorded",
    ]


async def test_a_change_of_status_tells_from_where_to_where(db: Connection) -> None:
    repair = await Repair.quoted(db)
    found = await db.fetchval(
        "SELECT details FROM audit.events WHERE ticket_id = $1 AND event_type = 'status_changed'"
        " ORDER BY sequence DESC LIMIT 1",
        repair.id,
    )
    assert json.loads(found) == {
        "from": "vendor_contacted",
        "to": "quoted",
        "before": {"status": "vendor_contacted"},
        "after": {"status": "quoted"},
        "version": 3,
    }
