"""Every foreign key is an edge, and leads both ways to the rows that plain SQL finds."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from schema.vocabulary.edge import Edge
from tests.graph.catalogue import Key
from tests.graph.client import Client
from tests.graph.plainly import Plain

_FEW = 10
_PAGE = 1000


def _key(edge: Edge) -> Key:
    """The foreign key of an edge, whichever way the edge runs."""
    own, other = edge.link.own, tuple(other for _, other in edge.link.pairs)
    if edge.forward:
        return Key(edge.source.table, edge.target.table, own, other)
    return Key(edge.target.table, edge.source.table, other, own)


def _name(key: Key) -> str:
    return f"{key.table}({','.join(key.own)})"


_EDGES = [edge for entity in assemble(DOMAINS) for edge in entity.edges.values() if not edge.link.through]
_FORWARD = {_key(edge): edge for edge in _EDGES if edge.forward}
_BACK = {_key(edge): edge for edge in _EDGES if not edge.forward}
_NAMES = sorted((_name(key), key) for key in _FORWARD)
_KEYS = pytest.mark.parametrize("key", [key for _, key in _NAMES], ids=[name for name, _ in _NAMES])


async def test_every_foreign_key_is_an_edge_with_a_way_back(plain: Plain) -> None:
    live = sorted(plain.live.keys, key=_name)
    assert live == sorted(_FORWARD, key=_name)
    assert live == sorted(_BACK, key=_name)


@_KEYS
async def test_an_edge_leads_to_the_row_of_its_foreign_key(client: Client, plain: Plain, key: Key) -> None:
    edge = _FORWARD[key]
    targets = {_part(row, key.other): str(row["id"]) for row in await plain.all_rows(key.target)}
    rows = await plain.rows(client.viewer, key.table)
    expected = {str(row["id"]): targets.get(_part(row, key.own)) for row in rows}
    parents = _few(list(filter(expected.get, expected)), [row for row in expected if not expected[row]])

    assert await _ask(client, edge, parents, "{ id }") == {
        parent: (found := expected[parent]) and {"id": found} for parent in parents
    }
    assert any(expected[parent] for parent in parents)


@_KEYS
async def test_the_way_back_leads_to_all_rows_of_the_foreign_key(client: Client, plain: Plain, key: Key) -> None:
    edge = _BACK[key]
    children = defaultdict(list)
    for row in await plain.rows(client.viewer, key.table):
        children[_part(row, key.own)].append(str(row["id"]))
    expected = {str(row["id"]): children[_part(row, key.other)] for row in await plain.rows(client.viewer, key.target)}
    expected = {parent: found for parent, found in expected.items() if len(found) <= _PAGE}
    parents = _few(
        sorted(filter(expected.get, expected), key=lambda parent: -len(expected[parent])),
        [parent for parent in expected if not expected[parent]],
    )

    if edge.many:
        found = await _ask(client, edge, parents, f"(first: {_PAGE}) {{ totalCount nodes {{ id }} }}")
        assert found == {
            parent: {"totalCount": len(expected[parent]), "nodes": [{"id": child} for child in expected[parent]]}
            for parent in parents
        }
    else:
        found = await _ask(client, edge, parents, "{ id }")
        assert found == {parent: {"id": expected[parent][0]} if expected[parent] else None for parent in parents}
    assert any(expected[parent] for parent in parents)


async def test_a_project_property_leads_to_the_projects_tickets_of_its_home(client: Client, plain: Plain) -> None:
    on_projects = {(row["project_id"], row["ticket_id"]) for row in await plain.all_rows("team.project_tickets")}
    tickets = await plain.rows(client.viewer, "team.tickets")
    expected = {
        str(line["id"]): [
            str(ticket["id"])
            for ticket in tickets
            if ticket["property_id"] == line["property_id"] and (line["project_id"], ticket["id"]) in on_projects
        ]
        for line in await plain.rows(client.viewer, "team.project_properties")
    }
    data = await client.ask("{ projectProperties(first: 1000) { nodes { id tickets { nodes { id } } } } }")
    found = {
        line["id"]: [ticket["id"] for ticket in line["tickets"]["nodes"]] for line in data["projectProperties"]["nodes"]
    }
    assert found == expected
    assert 0 < len(list(filter(None, expected.values()))) < len(expected)


def _part(row: dict[str, Any], columns: tuple[str, ...]) -> tuple[Any, ...] | None:
    """The row's key, or None where a part of it is null."""
    values = tuple(row[column] for column in columns)
    return None if None in values else values


def _few(some: list[str], others: list[str]) -> list[str]:
    """Some of both, in the order of their ids."""
    return sorted([*some[:_FEW], *others[:_FEW]])


async def _ask(client: Client, edge: Edge, parents: list[str], selection: str) -> dict[str, Any]:
    """What the edge gives for each parent."""
    query = f"""query ($ids: [ID!]!) {{
        {edge.source.plural}(first: {_PAGE}, where: {{id: {{in: $ids}}}}) {{ nodes {{ id {edge.field} {selection} }} }}
    }}"""
    nodes = (await client.ask(query, {"ids": parents}))[edge.source.plural]["nodes"]
    return {node["id"]: node[edge.field] for node in nodes}
