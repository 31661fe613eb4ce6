"""Everything that the database holds is in the graph, and the graph tells it as it is."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLObjectType

from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from tests.graph.catalogue import camel
from tests.graph.client import Client
from tests.graph.plainly import Plain, seen

_TABLES = sorted(assemble(DOMAINS).by_table)
_PAGE = 1000


async def test_every_table_of_the_domains_is_in_the_graph(plain: Plain) -> None:
    assert sorted(plain.live.columns) == _TABLES


@pytest.mark.parametrize("table", _TABLES)
async def test_every_column_of_every_row_reads_as_it_is_stored(client: Client, plain: Plain, table: str) -> None:
    entity = client.supergraph.graph.by_table[table]
    kind = client.supergraph.graphql.type_map[entity.name]
    assert isinstance(kind, GraphQLObjectType)
    types = plain.live.columns[table]
    assert {camel(name) for name in types} <= set(kind.fields)

    found = await _walk(client, entity.plural, [camel(name) for name in types])
    assert found == [seen(row, types, kind) for row in await plain.rows(client.viewer, table)]
    assert found


async def _walk(client: Client, field: str, names: list[str]) -> list[dict[str, Any]]:
    """All nodes of a root connection, page by page."""
    query = f"""query ($after: String) {{
        {field}(first: {_PAGE}, after: $after) {{ nodes {{ {" ".join(names)} }} pageInfo {{ hasNextPage endCursor }} }}
    }}"""
    nodes: list[dict[str, Any]] = []
    page: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while page["hasNextPage"]:
        data = (await client.ask(query, {"after": page["endCursor"]}))[field]
        nodes += data["nodes"]
        page = data["pageInfo"]
    return nodes
