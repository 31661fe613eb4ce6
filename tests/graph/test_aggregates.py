"""Aggregates: the figures of a connection are those of its rows."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLObjectType

from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from schema.vocabulary.entity import Entity
from tests.graph.client import Client
from tests.graph.figures import figure
from tests.graph.model import Model, Row

_FUNCTIONS = ["countDistinct", "sum", "avg", "min", "max"]


@pytest.mark.parametrize("name", sorted(assemble(DOMAINS).entities))
async def test_every_figure_of_every_column_is_that_of_its_rows(client: Client, model: Model, name: str) -> None:
    entity = model.entity(name)
    found = await client.ask(f"{{ {entity.plural} {{ totalCount {_selection(client, name)} }} }}")
    _compare(found[entity.plural]["aggregate"], entity, model.rows(entity))
    assert found[entity.plural]["totalCount"] == len(model.rows(entity))


@pytest.mark.parametrize(
    ("parent", "field"),
    [("Property", "tickets"), ("Ticket", "timeEntries"), ("ProjectProperty", "tickets"), ("Company", "quotes")],
)
async def test_each_parent_has_figures_of_its_own(client: Client, model: Model, parent: str, field: str) -> None:
    source = model.entity(parent)
    target = source.edges[field].target
    query = f"{{ {source.plural}(first: 1000) {{ nodes {{ {field} {{ {_selection(client, target.name)} }} }} }} }}"
    nodes = (await client.ask(query))[source.plural]["nodes"]
    every = [model.follow(source.edges[field], row) for row in model.ordered(source, [])]
    for node, rows in zip(nodes, every, strict=True):
        _compare(node[field]["aggregate"], target, rows)
    assert not all(every)
    assert any(len(rows) > 1 for rows in every)


async def test_figures_are_of_what_is_asked_for_whatever_the_page(client: Client, model: Model) -> None:
    entity = model.entity("Quote")
    query = f"""{{ quotes(first: 1, offset: 3, where: {{currency: {{eq: "USD"}}, supersededAt: {{isNull: true}}}}) {{
        nodes {{ id }} {_selection(client, "Quote")}
    }} }}"""
    rows = [row for row in model.rows(entity) if row["currency"] == "USD" and row["superseded_at"] is None]
    found = (await client.ask(query))["quotes"]
    _compare(found["aggregate"], entity, rows)
    assert len(found["nodes"]) == 1 < len(rows) < len(model.rows(entity))


async def test_figures_of_no_rows_are_nought_or_null(client: Client) -> None:
    query = """{ quotes(where: {or: []}) { totalCount aggregate {
        count countDistinct { currency } sum { amountCents } avg { amountCents } min { createdAt } max { scope }
    } } }"""
    assert (await client.ask(query))["quotes"] == {
        "totalCount": 0,
        "aggregate": {
            "count": 0,
            "countDistinct": {"currency": 0},
            "sum": {"amountCents": None},
            "avg": {"amountCents": None},
            "min": {"createdAt": None},
            "max": {"scope": None},
        },
    }


def _selection(client: Client, name: str) -> str:
    """All figures there are of an entity."""
    types = client.supergraph.graphql.type_map
    parts = ["count"]
    for function in _FUNCTIONS:
        kind = types.get(f"{name}{function[0].upper()}{function[1:]}")
        if isinstance(kind, GraphQLObjectType):
            parts.append(f"{function} {{ {' '.join(kind.fields)} }}")
    return f"aggregate {{ {' '.join(parts)} }}"


def _compare(found: dict[str, Any], entity: Entity, rows: list[Row]) -> None:
    assert found["count"] == len(rows)
    for function in filter(found.get, _FUNCTIONS):
        for field, value in found[function].items():
            column = entity.column_of(field)
            assert column
            wanted = figure(function, column, rows)
            assert value == (pytest.approx(wanted) if function == "avg" else wanted), (function, field)
