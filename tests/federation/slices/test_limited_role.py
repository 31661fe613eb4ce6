"""A slice's queries need rights to its own PostgreSQL schema and to `access`, and to no other domain's tables."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
from graphql import GraphQLInputObjectType, GraphQLObjectType, get_named_type

from resolvers.policies import OUTSIDER, STAFF
from resolvers.pools import Pools
from schema.assembly.graph import assemble
from schema.assembly.slice import domains_of
from schema.domains import DOMAINS
from tests.federation.slices.everything import selection
from tests.federation.slices.house import CAST
from tests.federation.slices.representations import some_rows
from tests.planner.furnishing import gateway_address

if TYPE_CHECKING:
    from db.pool import Connection
    from resolvers.viewer import Viewer
    from schema.assembly.graph import Graph
    from schema.vocabulary.entity import Entity
    from tests.access.world import Ids, World
    from tests.federation.slices.house import Desks
    from tests.planner.desk import Desk

_DOMAINS = domains_of(assemble(DOMAINS))
everybody = pytest.mark.parametrize("name", CAST)


@pytest.fixture(scope="module", params=_DOMAINS)
async def limited(
    request: pytest.FixtureRequest, furnished: Callable[[], Awaitable[str]], graph: Graph
) -> AsyncIterator[tuple[str, Pools]]:
    """A domain, and the pools of a gateway that has no rights to the other domains' schemas."""
    domain: str = request.param
    dsn = await furnished()
    owner = await asyncpg.connect(dsn)
    try:
        await _take_away(owner, sorted(set(domains_of(graph)) - {domain}))
    finally:
        await owner.close()
    pools = Pools.open(gateway_address(dsn), size=1, statement_timeout_ms=20_000)
    yield domain, pools
    await pools.close()


async def _take_away(owner: Connection, schemas: list[str]) -> None:
    """All rights that the gateway's roles have there: to tables, whole or by columns, and to functions."""
    names = ", ".join(schemas)
    for what in ("ALL TABLES IN SCHEMA", "ALL FUNCTIONS IN SCHEMA", "SCHEMA"):
        await owner.execute(f"REVOKE ALL ON {what} {names} FROM {STAFF}, {OUTSIDER}, PUBLIC")


def _root_documents(desk: Desk) -> Iterator[str]:
    """Every field of Query with all its columns, edges and figures; each order, and each condition, of every list."""
    query = desk.supergraph.graphql.query_type
    assert query is not None
    for name, field in query.fields.items():
        kind = get_named_type(field.type)
        if "orderBy" in field.args:
            yield f"{{ {name}(first: 3) {selection(kind, 3, figures=True)} }}"
            orders = get_named_type(field.args["orderBy"].type).values
            lists = (
                f"o{n}: {name}(first: 2, orderBy: [{order}]) {{ edges {{ cursor }} }}" for n, order in enumerate(orders)
            )
            yield f"{{ {' '.join(lists)} }}"
            yield f"{{ {name}(where: {{or: [{_conditions(field.args['where'].type)}]}}) {{ totalCount }} }}"
        elif name == "viewer":
            yield f"{{ {name} {selection(kind, 2)} }}"


def _conditions(kind: Any) -> str:
    """One over each column, and over each edge."""
    filters = get_named_type(kind)
    assert isinstance(filters, GraphQLInputObjectType)
    found = []
    for name, field in filters.fields.items():
        inner = get_named_type(field.type)
        if not isinstance(inner, GraphQLInputObjectType) or (inner is filters and name in {"and", "or", "not"}):
            continue
        said = "isNull: false" if "isNull" in inner.fields else "some: {}" if "some" in inner.fields else ""
        found.append(f"{{{name}: {{{said}}}}}")
    return ", ".join(found)


def _lookups(graph: Graph, world: World, sees: dict[str, Ids], desk: Desk) -> Iterator[str]:
    """A row that the viewer sees, by each of its keys."""
    query = desk.supergraph.graphql.query_type
    assert query is not None
    for entity in graph.whole:
        row = _first(entity, world, sees)
        for column in [entity.columns["id"], *entity.natural_keys]:
            if value := row and row[column.name]:
                kind = get_named_type(query.fields[entity.singular].type)
                assert isinstance(kind, GraphQLObjectType)
                yield f'{{ {entity.singular}({column.natural_key or "id"}: "{value}") {selection(kind, 2)} }}'


def _first(entity: Entity, world: World, sees: dict[str, Ids]) -> dict[str, Any] | None:
    return next((world.tables[entity.table][key] for key in sorted(sees[entity.table])), None)


@everybody
async def test_every_field_of_a_slice_is_answered(
    name: str, limited: tuple[str, Pools], desks: Desks, cast: dict[str, Viewer]
) -> None:
    domain, pools = limited
    viewer = cast[name]
    desk = desks.of(domain, viewer.role)
    for document in _root_documents(desk):
        await desk.both(document, viewer, pools.of(viewer))


@everybody
async def test_every_row_is_found_by_its_keys(
    name: str,
    limited: tuple[str, Pools],
    desks: Desks,
    cast: dict[str, Viewer],
    world: World,
    sees: dict[str, dict[str, Ids]],
) -> None:
    domain, pools = limited
    viewer = cast[name]
    desk = desks.of(domain, viewer.role)
    graph = desk.supergraph.graph
    for document in _lookups(graph, world, sees[name], desk):
        await desk.both(document, viewer, pools.of(viewer))
    if rows := some_rows(graph, world, sees[name]):
        document = f"query ($rows: [_Any!]!) {{ _entities(representations: $rows) {_all_of(desk)} }}"
        variables = {"rows": [row.representation for row in rows]}
        await desk.both(document, viewer, pools.of(viewer), variables)


def _all_of(desk: Desk) -> str:
    return selection(desk.supergraph.graphql.type_map["_Entity"], 2)


async def test_the_rights_are_gone_indeed(limited: tuple[str, Pools], graph: Graph) -> None:
    """Of every domain but the slice's own, whoever asks."""
    domain, pools = limited
    for pool in (pools.staff, pools.outsiders):
        for entity in graph:
            async with pool.connection() as connection:
                if entity.domain != domain:
                    with pytest.raises(asyncpg.InsufficientPrivilegeError):
                        await connection.execute(f"SELECT FROM {entity.table}")
