"""Every order that the graph offers: null is greatest, text goes by code points, ties go by id."""

from __future__ import annotations

import pytest
from graphql import GraphQLEnumType

from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from tests.graph.client import Client
from tests.graph.model import Model
from tests.graph.paging import ids

_FEW = 60


@pytest.mark.parametrize("name", sorted(assemble(DOMAINS).entities))
async def test_every_order_begins_and_ends_with_the_right_rows(client: Client, model: Model, name: str) -> None:
    entity, kind = model.entity(name), client.supergraph.graphql.type_map[f"{name}Order"]
    assert isinstance(kind, GraphQLEnumType)
    fields = [
        f"{order}_: {entity.plural}(first: {_FEW}, orderBy: [{order}]) {{ nodes {{ id }} }}"
        f" {order}_END: {entity.plural}(last: {_FEW}, orderBy: [{order}]) {{ nodes {{ id }} }}"
        for order in kind.values
    ]
    data = await client.ask(f"{{ {' '.join(fields)} }}")
    for order in kind.values:
        wanted = ids(model.ordered(entity, [order]))
        assert [node["id"] for node in data[f"{order}_"]["nodes"]] == wanted[:_FEW], order
        assert [node["id"] for node in data[f"{order}_END"]["nodes"]] == wanted[-_FEW:], order


async def test_capitals_and_accents_go_by_code_points(client: Client) -> None:
    query = "{ contacts(first: 1000, orderBy: [FULL_NAME_ASC]) { nodes { fullName } } }"
    names = [node["fullName"] for node in (await client.ask(query))["contacts"]["nodes"]]
    assert names == sorted(names)
    assert not all(name.isascii() for name in names)
