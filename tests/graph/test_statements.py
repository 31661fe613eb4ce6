"""How many statements the executor takes: one for each place in the document, however many rows there are."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import pytest

from db.pool import Connection, Pool
from tests.graph.client import Client

_WHOLE = """
query ($first: Int!, $where: ProjectPropertyFilter!) {
    projectProperties(first: $first, where: $where) {
        totalCount
        aggregate { count min { completedAt } }
        groups(by: [STATUS]) { key { status } count }
        nodes {
            ...Where
            tickets(first: 3, orderBy: [CREATED_AT_DESC]) { ...Work }
            others: tickets(where: {status: {eq: CLOSED}}) { totalCount }
        }
        edges { cursor node { project { name } } }
    }
}
fragment Where on ProjectProperty { property { name homeowner { fullName } resort { name } } }
fragment Work on TicketConnection {
    totalCount
    pageInfo { hasNextPage endCursor }
    groups(by: [PRIORITY, SOURCE], orderBy: COUNT_DESC, first: 2) { key { priority source } sum { reopenedCount } }
    aggregate { count avg { activeTimeSeconds } countDistinct { requestorContactId } }
    nodes { number participants { totalCount nodes { role contact { fullName } } } }
}
"""
_FULL = {"property": {"homeowner": {}, "resort": {}}, "tickets": {"some": {"participants": {"some": {}}}}}
_ALIASES = """
{
    all: tickets(first: 200) { nodes { id title home: property { code } place: property { code name } } }
    again: tickets(first: 200, orderBy: [ID_ASC]) { nodes { id title place: property { ...Home } } }
}
fragment Home on Property { code name }
"""


class Statements(list[str]):
    """The statements that a database's connections were given."""

    def __init__(self, dsn: str) -> None:
        super().__init__()
        self._dsn = dsn

    async def connect(self) -> Connection:
        connection = await asyncpg.connect(self._dsn)
        connection.add_query_logger(lambda record: self.append(record.query))
        return connection

    async def of(self, client: Client, query: str, variables: dict[str, Any]) -> tuple[Any, int]:
        """What a query gives, and how many statements it took."""
        async with Pool(self.connect, size=1, acquire_timeout_s=1, silence_s=60) as pool:
            result = await client.at(pool).executed(query, variables)
        assert not result.errors, result.errors
        await asyncio.sleep(0)  # loggers are called in the loop's next turn
        count = len(self)
        self.clear()
        return result.data, count


@pytest.fixture
def statements(demo: str) -> Statements:
    return Statements(demo)


async def test_one_parent_takes_as_many_statements_as_all_of_them(client: Client, statements: Statements) -> None:
    one, few = await statements.of(client, _WHOLE, {"first": 1, "where": _FULL})
    every, many = await statements.of(client, _WHOLE, {"first": 1000, "where": _FULL})
    assert len(one["projectProperties"]["nodes"]) == 1
    assert len(every["projectProperties"]["nodes"]) >= 20
    assert many == few


async def test_one_ticket_takes_as_many_statements_as_four_hundred(client: Client, statements: Statements) -> None:
    query = """query ($first: Int!) {
        tickets(first: $first, where: {property: {}, participants: {some: {}}}) { nodes {
            property { code } lifecycle { name states { nodes { name } } }
            participants { totalCount aggregate { count } groups(by: [ROLE]) { count } nodes { contact { fullName } } }
            events(last: 2) { nodes { eventType } }
            comments { totalCount }
        } }
    }"""
    one, few = await statements.of(client, query, {"first": 1})
    every, many = await statements.of(client, query, {"first": 1000})
    assert len(one["tickets"]["nodes"]) == 1
    assert len(every["tickets"]["nodes"]) >= 400
    assert many == few


async def test_what_is_not_asked_for_takes_no_statement(client: Client, statements: Statements) -> None:
    _, bare = await statements.of(client, "{ viewer { role } }", {})
    _, counted = await statements.of(client, "{ tickets { totalCount } }", {})
    _, both = await statements.of(
        client, "{ tickets { totalCount nodes { id } edges { cursor } pageInfo { hasNextPage } } }", {}
    )
    assert bare == 0
    assert both == counted + 1


async def test_aliases_of_one_row_give_equal_rows(client: Client) -> None:
    data = await client.ask(_ALIASES)
    for first, second in zip(data["all"]["nodes"], data["again"]["nodes"], strict=True):
        assert {"id": first["id"], "title": first["title"], "place": first["place"]} == second
        assert (first["home"] is None) == (first["place"] is None)
        if first["home"]:
            assert first["home"]["code"] == first["place"]["code"]
    assert len(data["all"]["nodes"]) == 200


async def test_aliases_with_other_arguments_are_answered_apart(client: Client) -> None:
    query = """{ properties(first: 50) { nodes {
        newest: tickets(first: 2, orderBy: [CREATED_AT_DESC]) { nodes { createdAt } }
        oldest: tickets(last: 2, orderBy: [CREATED_AT_DESC]) { nodes { createdAt } }
        urgent: tickets(where: {priority: {eq: URGENT}}) { totalCount }
        tickets { totalCount }
    } } }"""
    homes = (await client.ask(query))["properties"]["nodes"]
    full = [home for home in homes if home["tickets"]["totalCount"] >= 4]
    assert full
    for home in full:
        assert home["newest"]["nodes"][1]["createdAt"] > home["oldest"]["nodes"][0]["createdAt"]
        assert home["urgent"]["totalCount"] <= home["tickets"]["totalCount"]
    assert any(home["urgent"]["totalCount"] < home["tickets"]["totalCount"] for home in full)
