"""A ticket's timeline is a plain merge of its events, comments and messages, by whatever pages it is read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from db.pool import Connection, Pool
from tests.graph.client import Client
from tests.graph.model import Model
from tests.graph.moments import told_moment

_WHOLE = """{ tickets(first: 1000) { nodes { id timeline(first: 1000) {
    totalCount nodes { __typename ... on Node { id } } edges { at cursor node { __typename ... on Node { id } } }
} } } }"""
_PAGE = """query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    ticket(id: $id) { timeline(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        edges { cursor node { ... on Node { id } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } }
}"""
_SOURCES = {"AuditEvent": "occurred_at", "TicketComment": "created_at", "Message": "received_at"}
_LONGEST = """
SELECT t.operator_id, t.id FROM team.tickets AS t WHERE t.workflow = 'maintenance'
ORDER BY (SELECT count(*) FROM lifecycle.timeline AS l WHERE l.ticket_id = t.id) DESC, t.id LIMIT 1
"""
_COMMENT = """
INSERT INTO team.ticket_comments (operator_id, ticket_id, body, visibility, created_at)
VALUES ($1, $2, $3, 'public', $4)
"""

Entry = tuple[dt.datetime, UUID, str]


@dataclass(frozen=True)
class Direction:
    """The names by which a client goes through pages one way."""

    size: str
    bound: str
    cursor: str
    onward: str
    back: str


FORWARD = Direction("first", "after", "endCursor", "hasNextPage", "hasPreviousPage")
BACKWARD = Direction("last", "before", "startCursor", "hasPreviousPage", "hasNextPage")
both = pytest.mark.parametrize("way", [FORWARD, BACKWARD], ids=["forward", "backward"])


def _merge(model: Model) -> dict[UUID, list[Entry]]:
    """By ticket: the moment, the id and the type of everything, in order."""
    threads = {row["id"]: row["ticket_id"] for row in model.rows(model.entity("Thread"))}
    found: dict[UUID, list[Entry]] = {row["id"]: [] for row in model.rows(model.entity("Ticket"))}
    for name, moment in _SOURCES.items():
        for row in model.rows(model.entity(name)):
            ticket = threads[row["thread_id"]] if name == "Message" else row["ticket_id"]
            if ticket is not None:
                found[ticket].append((row[moment], row["id"], name))
    return {ticket: sorted(entries) for ticket, entries in found.items()}


async def test_timelines_are_the_merge_of_events_comments_and_messages(client: Client, model: Model) -> None:
    merge, kinds = _merge(model), set()
    for ticket in (await client.ask(_WHOLE))["tickets"]["nodes"]:
        entries, timeline = merge[UUID(ticket["id"])], ticket["timeline"]
        told = [{"__typename": name, "id": str(key)} for _, key, name in entries]
        assert timeline["nodes"] == told
        assert [edge["node"] for edge in timeline["edges"]] == told
        assert [edge["at"] for edge in timeline["edges"]] == [told_moment(at) for at, _, _ in entries]
        assert timeline["totalCount"] == len(entries)
        kinds |= {name for _, _, name in entries}
    assert kinds == set(_SOURCES)


@both
@pytest.mark.parametrize("size", [1, 3, 7])
async def test_pages_come_to_the_whole_in_both_directions(
    client: Client, model: Model, size: int, way: Direction
) -> None:
    ticket, entries = max(_merge(model).items(), key=lambda found: (len(found[1]), found[0]))
    told: list[str] = []
    cursor, more = None, True
    while more:
        timeline = (await client.ask(_PAGE, {"id": str(ticket), way.size: size, way.bound: cursor}))["ticket"][
            "timeline"
        ]
        info = timeline["pageInfo"]
        assert info[way.back] is (cursor is not None)
        told = _together(told, timeline, way)
        cursor, more = info[way.cursor], info[way.onward]
    assert told == [str(key) for _, key, _ in entries]


def _together(told: list[str], timeline: Any, way: Direction) -> list[str]:
    """What was told, with the next page where it belongs."""
    page = [edge["node"]["id"] for edge in timeline["edges"]]
    return told + page if way is FORWARD else page + told


async def test_between_two_cursors_lies_what_stands_between_them(client: Client, model: Model) -> None:
    ticket, entries = max(_merge(model).items(), key=lambda found: (len(found[1]), found[0]))
    whole = (await client.ask(_PAGE, {"id": str(ticket), "first": 1000}))["ticket"]["timeline"]["edges"]
    for start, end in ((0, 4), (2, len(entries) - 1), (3, 4)):
        bounds = {"after": whole[start]["cursor"], "before": whole[end]["cursor"]}
        for size in ({"first": 1000}, {"last": 1000}):
            found = await client.ask(_PAGE, {"id": str(ticket), **bounds, **size})
            assert found["ticket"]["timeline"]["edges"] == whole[start + 1 : end]


@pytest.fixture
async def writer(own: str) -> AsyncIterator[Connection]:
    """A connection to the test's own database, beside the graph's."""
    connection = await asyncpg.connect(own)
    yield connection
    await connection.close()


@both
async def test_what_stays_is_told_once_while_rows_are_added(
    client: Client, own: str, writer: Connection, way: Direction
) -> None:
    operator, ticket = tuple(await writer.fetchrow(_LONGEST) or ())
    before = await writer.fetch("SELECT at, id FROM lifecycle.timeline WHERE ticket_id = $1 ORDER BY at, id", ticket)
    middle = before[len(before) // 2]["at"]
    moments = (before[0]["at"] - dt.timedelta(1), middle, before[-1]["at"] + dt.timedelta(1))
    told: list[str] = []
    async with Pool.open(own, size=1) as pool:
        reader = client.at(pool, operator)
        cursor, more = None, True
        while more:
            for moment in moments:
                await writer.execute(_COMMENT, operator, ticket, "Any news?", moment)
            found = await reader.ask(_PAGE, {"id": str(ticket), way.size: 4, way.bound: cursor})
            timeline = found["ticket"]["timeline"]
            told, cursor = _together(told, timeline, way), timeline["pageInfo"][way.cursor]
            # Behind everything there is always something new: three comments with their events each time.
            more = timeline["pageInfo"][way.onward] and len(told) < 4 * len(before)
    stays = [str(row["id"]) for row in before]
    assert len(told) == len(set(told))
    assert [key for key in told if key in stays] == stays
    assert set(told) > set(stays)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("first: 3, last: 3", "first and last ask for two pages at once"),
        ("first: -1", "first is -1"),
        ("last: 1001", "a page has at most 1000 rows"),
        ('after: "x"', "after is no cursor"),
        ('before: "WyIiLCAiMDE4ZjRlMmEtN2MzMS03YjFlLTlkNTMtMGEyYjRjNmQ4ZTBmIl0="', "a cursor of another order"),
        ("offset: 3", "Unknown argument 'offset'"),
        ("orderBy: [ID_ASC]", "Unknown argument 'orderBy'"),
    ],
)
async def test_pages_are_refused_as_those_of_other_connections(client: Client, arguments: str, words: str) -> None:
    error = await client.refused(f"{{ tickets(first: 1) {{ nodes {{ timeline({arguments}) {{ totalCount }} }} }} }}")
    assert re.search(words, error.message), error.message


async def test_an_empty_page_and_a_page_in_a_fragment_are_answered(client: Client) -> None:
    query = """{ tickets(first: 2) { nodes { ...T } } } fragment T on Ticket { none: timeline(first: 0) { ...P }
        few: timeline(last: 2) { ...P edges { ...E } } }
        fragment P on TimelineConnection { nodes { ... on Node { id } } }
        fragment E on TimelineEdge { node { ...I } } fragment I on TimelineItem { ... on AuditEvent { eventType } }"""
    data: dict[str, Any] = await client.ask(query)
    for ticket in data["tickets"]["nodes"]:
        assert ticket["none"] == {"nodes": []}
        assert len(ticket["few"]["nodes"]) == len(ticket["few"]["edges"]) == 2
