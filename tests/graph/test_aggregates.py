"""Aggregates: the figures of a connection are those of its rows."""

from __future__ import annotations

from typing import Any

import asyncpg
import orjson
import pytest
from graphql import GraphQLObjectType

from db.pool import Pool
from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from schema.vocabulary.entity import Entity
from tests.graph.client import Client
from tests.graph.figures import MEANS, figure
from tests.graph.model import Model, Row

_FUNCTIONS = ["countDistinct", "sum", "avg", "min", "max", "p50", "p90", "p99"]
_OPERATOR = "SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id LIMIT 1"
_NUMBERS = """
INSERT INTO property.inventory_actions (operator_id, property_id, item, action, quantity, occurred_at)
SELECT p.operator_id, p.id, 'soap', 'add', quantity::numeric, now()
FROM (SELECT * FROM property.properties WHERE operator_id = $1 ORDER BY id LIMIT 1) AS p, unnest($2::text[]) AS quantity
"""


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
        p50 { amountCents } p90 { amountCents } p99 { revision }
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
            "p50": {"amountCents": None},
            "p90": {"amountCents": None},
            "p99": {"revision": None},
        },
    }


@pytest.mark.parametrize(
    ("quantities", "figures"),
    [
        (["1"], b'{"avg":1,"p50":1,"p90":1,"p99":1}'),
        (["1", "2"], b'{"avg":1.5,"p50":1.5,"p90":1.9,"p99":1.99}'),
        (["3", "1", "2"], b'{"avg":2,"p50":2,"p90":2.8,"p99":2.98}'),
        (["0.1", "0.1"], b'{"avg":0.1,"p50":0.1,"p90":0.1,"p99":0.1}'),
        (["0.00001", "1e100"], b'{"avg":5e+99,"p50":5e+99,"p90":9e+99,"p99":9.9e+99}'),
        (["0.00001"], b'{"avg":1e-05,"p50":1e-05,"p90":1e-05,"p99":1e-05}'),
        (["1e15"], b'{"avg":1e+15,"p50":1e+15,"p90":1e+15,"p99":1e+15}'),
    ],
)
async def test_a_mean_has_the_digits_that_postgresql_gives_it(
    client: Client, own: str, quantities: list[str], figures: bytes
) -> None:
    connection = await asyncpg.connect(own)
    operator = await connection.fetchval(_OPERATOR)
    await connection.execute(_NUMBERS, operator, quantities)
    await connection.close()
    query = """{ inventoryActions(where: {item: {eq: "soap"}}) {
        aggregate { avg { quantity } p50 { quantity } p90 { quantity } p99 { quantity } }
    } }"""
    async with Pool.open(own, size=1) as pool:
        found = await client.at(pool, operator).answer(query)
    assert found.data
    told = orjson.dumps(found.data["inventoryActions"]["aggregate"])
    assert told.replace(b'{"quantity":', b"").replace(b"},", b",").replace(b"}}", b"}") == figures


@pytest.mark.parametrize("quantity", ["NaN", "Infinity", "1e101"])
async def test_a_quantity_of_which_there_is_no_mean_cannot_be_written(own: str, quantity: str) -> None:
    connection = await asyncpg.connect(own)
    operator = await connection.fetchval(_OPERATOR)
    with pytest.raises(asyncpg.CheckViolationError, match="is_finite"):
        await connection.execute(_NUMBERS, operator, [quantity])
    await connection.close()


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
            assert value == (pytest.approx(wanted) if function in MEANS else wanted), (function, field)
