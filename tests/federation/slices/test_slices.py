"""The slices together are the graph: each thing stands in one of them, and none asks another's tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from graphql import build_schema

from schema.assembly.graph import assemble
from schema.assembly.slice import domains_of, slice_of
from schema.domains import DOMAINS
from schema.supergraph.supergraph import build_supergraph
from tests.federation.slices.everything import selection
from tests.planner.parsed import parsed
from tests.schema.declarations import module

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolvers.pools import Pools
    from resolvers.viewer import Viewer
    from schema.assembly.graph import Graph
    from tests.federation.slices.house import Desks
    from tests.planner.desk import Desk

every_domain = pytest.mark.parametrize("domain", domains_of(assemble(DOMAINS)))
_SDL = "{ _service { sdl } }"


@pytest.fixture(scope="module")
def slices(graph: Graph) -> list[Graph]:
    return [slice_of(graph, domain) for domain in domains_of(graph)]


def test_an_entity_is_whole_in_the_slice_of_its_domain_alone(slices: list[Graph], graph: Graph) -> None:
    found = Counter(
        (entity.name, entity.domain) for each in slices for entity in each.whole if entity.domain == each.domain
    )
    assert found == Counter((entity.name, entity.domain) for entity in graph)
    assert sum(len(each.whole) for each in slices) == len(list(graph))


def test_an_edge_stands_in_the_slice_of_the_table_that_holds_its_key_alone(slices: list[Graph], graph: Graph) -> None:
    found = Counter(
        (edge.source.name, edge.field) for each in slices for entity in each for edge in entity.edges.values()
    )
    assert found == Counter((edge.source.name, edge.field) for entity in graph for edge in entity.edges.values())
    for each in slices:
        for entity in each:
            for edge in entity.edges.values():
                holder = edge.source if edge.forward else edge.target
                assert edge.link.through or holder.domain == each.domain, (edge.source.name, edge.field)


def test_a_command_stands_in_one_slice(slices: list[Graph], graph: Graph) -> None:
    assert Counter(name for each in slices for name in each.commands) == Counter(list(graph.commands))


def test_of_other_domains_entities_a_slice_has_the_key_and_its_own_edges(slices: list[Graph]) -> None:
    for each in slices:
        for entity in each:
            if not entity.whole:
                assert list(entity.columns) == ["id"]
                assert not entity.derived
                assert {edge.domain for edge in entity.edges.values()} <= {each.domain}


def test_a_domain_has_a_slice_by_being_declared() -> None:
    """With the rows that it leads to, and their ways back to it."""
    graph = assemble([*DOMAINS, module(_METERS)])
    assert "energy" in domains_of(graph)
    found = slice_of(graph, "energy")
    assert {entity.name: sorted(entity.edges) for entity in found} == {"Meter": ["area"], "Area": ["meters"]}
    sdl = build_supergraph(found).sdl
    assert 'type Meter implements Node @key(fields: "id") @key(fields: "number")' in sdl
    assert 'type Area implements Node @key(fields: "id")' in sdl


_METERS = """
from schema.geo import Area

@entity("energy.meters")
class Meter(Owned):
    "What counts kilowatt hours."
    number: str = column("What is printed on it.", natural_key="number")
    area: One[Area | None] = one("area_id", "Where it is.", reverse=many("meters", "The meters there."))
"""


@every_domain
async def test_service_tells_the_schema_that_routers_compose(
    domain: str, desks: Desks, cast: dict[str, Viewer], pools: Pools
) -> None:
    viewer = cast["first manager"]
    desk = desks.of(domain, viewer.role)
    told = orjson.loads(await desk.executed(_SDL, viewer, pools.of(viewer)))["data"]["_service"]["sdl"]
    assert told == desk.supergraph.sdl
    assert "_entities" not in told
    assert "_service" not in told


@every_domain
def test_what_routers_compose_is_what_the_slice_answers(domain: str, desks: Desks, cast: dict[str, Viewer]) -> None:
    """Less the fields and types that routers know of every subgraph, plus the directives."""
    supergraph = desks.of(domain, cast["first manager"].role).supergraph
    told = build_schema(f"{_DIRECTIVES}\n{supergraph.sdl}", assume_valid_sdl=True)
    known = {"_Service", "_Entity", "_Any", "Query"}
    names = {name for name in told.type_map if not name.startswith("link__")}
    assert names - known == supergraph.graphql.type_map.keys() - known
    assert told.query_type is not None
    assert supergraph.graphql.query_type is not None
    assert {*told.query_type.fields, "_service", "_entities"} == set(supergraph.graphql.query_type.fields)


_DIRECTIVES = """
directive @link(url: String!, import: [String]) on SCHEMA
directive @key(fields: String!) repeatable on OBJECT
directive @shareable on OBJECT
"""


@every_domain
def test_a_slices_statements_name_tables_of_its_own_schema_only(
    domain: str, desks: Desks, cast: dict[str, Viewer]
) -> None:
    """Of other schemas: what says who may see what, and functions that are everybody's."""
    viewer = cast["first manager"]
    desk = desks.of(domain, viewer.role)
    allowed = {domain, "access", "platform", "pg_catalog"}
    for document, variables in _documents(desk):
        sql = desk.statement(document, viewer, variables).sql
        assert set(_schemas(parsed(sql).tree)) <= allowed, document


def _documents(desk: Desk) -> Iterator[tuple[str, dict[str, Any]]]:
    types = desk.supergraph.graphql.type_map
    yield (
        f"query ($rows: [_Any!]!) {{ _entities(representations: $rows) {selection(types['_Entity'], 2)} }}",
        {"rows": []},
    )
    for entity in desk.supergraph.graph.whole:
        yield f"{{ {entity.plural} {selection(types[f'{entity.name}Connection'], 3, figures=True)} }}", {}


def _schemas(node: Any) -> Iterator[str]:
    """Of every table and function that the tree names with a schema."""
    if isinstance(node, list):
        for item in node:
            yield from _schemas(item)
    elif isinstance(node, dict):
        if "schemaname" in node:
            yield node["schemaname"]
        if isinstance(names := node.get("funcname"), list) and len(names) > 1:
            yield names[0]["String"]["sval"]
        for item in node.values():
            yield from _schemas(item)
