"""Pages by cursor stay right while rows come and go between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from db.pool import Connection, Pool
from tests.graph.client import Client

_OPERATOR = "SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id LIMIT 1"
_PAGE = """query ($after: String, $order: [AreaOrder!]) {
    areas(first: 4, after: $after, orderBy: $order) { nodes { id } pageInfo { hasNextPage endCursor } }
}"""
_COMING = ["Aaland", "Moldova", "Zambia"]


@pytest.fixture
async def writer(own: str) -> AsyncIterator[Connection]:
    """A connection to the test's own database, beside the graph's."""
    connection = await asyncpg.connect(own)
    yield connection
    await connection.close()


async def test_what_stays_is_told_once_while_rows_come_and_go(client: Client, own: str, writer: Connection) -> None:
    stays = {str(row["id"]) for row in await writer.fetch("SELECT id FROM geo.areas")}
    async with Pool.open(own, size=1) as pool:
        reader = client.at(pool, await writer.fetchval(_OPERATOR))
        for order in ["NAME_ASC", "NAME_DESC", "PARENT_NAME_ASC", "PARENT_NAME_DESC"]:
            told = await _walk_while_rows_come_and_go(reader, writer, order)
            assert len(told) == len(set(told))
            assert [row for row in told if row in stays] == [
                str(row["id"]) for row in await _in_order(writer, order) if str(row["id"]) in stays
            ]
            assert set(told) > stays


async def _walk_while_rows_come_and_go(reader: Client, writer: Connection, order: str) -> list[str]:
    """What all pages tell, while before each page others are there than before the last."""
    told: list[str] = []
    page: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while page["hasNextPage"]:
        await writer.execute("DELETE FROM geo.areas WHERE name = ANY ($1)", _COMING)
        for name in _COMING:
            await writer.execute("INSERT INTO geo.areas (name, kind) VALUES ($1, 'country')", name)
        found = (await reader.ask(_PAGE, {"after": page["endCursor"], "order": [order]}))["areas"]
        told += [node["id"] for node in found["nodes"]]
        page = found["pageInfo"]
    return told


async def test_a_cursor_stands_where_its_row_was_when_the_row_is_gone(
    client: Client, own: str, writer: Connection
) -> None:
    gone = await writer.fetchval("INSERT INTO geo.areas (name, kind) VALUES ('Moldova', 'country') RETURNING id")
    query = """query ($after: String) {
        areas(first: 1000, after: $after, orderBy: [NAME_ASC]) { edges { cursor node { id } } }
    }"""
    async with Pool.open(own, size=1) as pool:
        reader = client.at(pool, await writer.fetchval(_OPERATOR))
        edges = (await reader.ask(query))["areas"]["edges"]
        place = [edge["node"]["id"] for edge in edges].index(str(gone))
        await writer.execute("DELETE FROM geo.areas WHERE id = $1", gone)
        behind = (await reader.ask(query, {"after": edges[place]["cursor"]}))["areas"]["edges"]
    assert behind == edges[place + 1 :]
    assert behind


async def _in_order(writer: Connection, order: str) -> list[asyncpg.Record]:
    key = "p.name" if order.startswith("PARENT") else "a.name"
    direction = "DESC" if order.endswith("DESC") else "ASC"
    return await writer.fetch(
        "SELECT a.id FROM geo.areas AS a LEFT JOIN geo.areas AS p ON p.id = a.parent_id"  # noqa: S608 - our own words
        f' ORDER BY {key} COLLATE "C" {direction}, a.id {direction}'
    )
