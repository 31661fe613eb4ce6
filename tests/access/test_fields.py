"""What a role does not see is not in its schema: it cannot be selected, filtered, ordered, grouped or reckoned by."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from graphql import GraphQLSchema, get_named_type, parse, validate

from schema.assembly.graph import Graph
from schema.assembly.names import upper_snake
from schema.supergraph.supergraph import Supergraph
from schema.vocabulary.column import Column
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity
from schema.vocabulary.role import ViewerRole
from tests.access.columns import OUTSIDE, TABLES, hidden, masked
from tests.access.model import STAFF

outsiders = pytest.mark.parametrize("role", OUTSIDE, ids=lambda role: role.value)
Supergraphs = dict[ViewerRole, Supergraph]


def _refused(schema: GraphQLSchema, query: str) -> str:
    """What validation says against a document; nothing when it lets it pass."""
    return " ".join(error.message for error in validate(schema, parse(query), hide_suggestions=True))


def _entities(graph: Graph, role: ViewerRole) -> Iterator[Entity]:
    """Those of the whole graph that the role sees."""
    return (entity for entity in graph if entity.table in TABLES[role])


def test_staff_has_the_whole_graph(graph: Graph, supergraphs: Supergraphs) -> None:
    for role in STAFF:
        kinds = supergraphs[role].graphql.type_map
        for entity in graph:
            names = {*(column.field for column in entity.columns.values()), *entity.edges, *entity.derived}
            assert set(_fields(kinds[entity.name])) == names


@outsiders
def test_a_role_has_the_entities_columns_and_edges_that_it_sees(
    role: ViewerRole, graph: Graph, supergraphs: Supergraphs
) -> None:
    kinds = supergraphs[role].graphql.type_map
    assert {entity.name for entity in graph if entity.name in kinds} == {e.name for e in _entities(graph, role)}
    for entity in _entities(graph, role):
        columns = {c.field for c in entity.columns.values() if c.name not in hidden(role, entity.table)}
        edges = {edge.field for edge in entity.edges.values() if _leads_somewhere(role, edge)}
        assert set(_fields(kinds[entity.name])) == columns | edges | set(entity.derived), entity.name


def _fields(kind: object) -> list[str]:
    return list(getattr(kind, "fields", ()))


def _leads_somewhere(role: ViewerRole, edge: Edge) -> bool:
    """To a table that the role sees, by keys that it sees."""
    away = [(edge.source.table, own) for own, _ in edge.link.pairs]
    away += [(edge.target.table, other) for _, other in edge.link.pairs]
    return edge.target.table in TABLES[role] and not any(
        column in hidden(role, table) | masked(role, table) for table, column in away
    )


@outsiders
def test_an_entity_that_a_role_does_not_see_is_refused_everywhere(
    role: ViewerRole, graph: Graph, supergraphs: Supergraphs
) -> None:
    schema = supergraphs[role].graphql
    for entity in graph:
        if entity.table in TABLES[role]:
            continue
        assert entity.plural in _refused(schema, f"{{ {entity.plural} {{ totalCount }} }}")
        assert entity.singular in _refused(schema, f'{{ {entity.singular}(id: "x") {{ id }} }}')
        assert entity.name in _refused(schema, f'{{ node(id: "x") {{ ... on {entity.name} {{ id }} }} }}')


@outsiders
def test_an_edge_to_what_a_role_does_not_see_is_refused_in_selections_and_filters(
    role: ViewerRole, graph: Graph, supergraphs: Supergraphs
) -> None:
    schema = supergraphs[role].graphql
    for entity in _entities(graph, role):
        for edge in entity.edges.values():
            if not _leads_somewhere(role, edge):
                inside = "nodes { id }" if edge.many else "id"
                where = "{some: {}}" if edge.many else "{}"
                selected = f"{{ {entity.plural} {{ nodes {{ {edge.field} {{ {inside} }} }} }} }}"
                filtered = f"{{ {entity.plural}(where: {{{edge.field}: {where}}}) {{ totalCount }} }}"
                assert edge.field in _refused(schema, selected)
                assert edge.field in _refused(schema, filtered)


@outsiders
def test_a_hidden_column_is_refused_by_name_wherever_it_is_named(
    role: ViewerRole, graph: Graph, supergraphs: Supergraphs
) -> None:
    schema = supergraphs[role].graphql
    for entity in _entities(graph, role):
        for name in hidden(role, entity.table):
            column = entity.columns[name]
            assert column.field in _refused(schema, f"{{ {entity.plural} {{ nodes {{ {column.field} }} }} }}")
            _refused_beside_selection(schema, entity, column)


@outsiders
def test_a_masked_column_can_be_selected_and_nothing_else(
    role: ViewerRole, graph: Graph, supergraphs: Supergraphs
) -> None:
    schema = supergraphs[role].graphql
    for entity in _entities(graph, role):
        for name in masked(role, entity.table):
            column = entity.columns[name]
            assert not _refused(schema, f"{{ {entity.plural} {{ nodes {{ {column.field} }} }} }}")
            _refused_beside_selection(schema, entity, column)


def _refused_beside_selection(schema: GraphQLSchema, entity: Entity, column: Column) -> None:
    """Filters, orders, groups, their keys, aggregates and lookups by the column."""
    field, plural, enum = column.field, entity.plural, upper_snake(column.field)
    assert field in _refused(schema, f"{{ {plural}(where: {{{field}: {{isNull: true}}}}) {{ totalCount }} }}")
    assert f"{enum}_ASC" in _refused(schema, f"{{ {plural}(orderBy: [{enum}_ASC]) {{ totalCount }} }}")
    assert enum in _refused(schema, f"{{ {plural} {{ groups(by: [{enum}]) {{ count }} }} }}")
    assert field in _refused(schema, f"{{ {plural} {{ groups(by: [CREATED_AT]) {{ key {{ {field} }} }} }} }}")
    for function in ("countDistinct", "min", "max", "sum", "avg"):
        told = _refused(schema, f"{{ {plural} {{ aggregate {{ {function} {{ {field} }} }} }} }}")
        assert field in told or function in told
    if column.natural_key:
        lookup = f"{entity.singular}By{column.natural_key[0].upper()}{column.natural_key[1:]}"
        assert lookup in _refused(schema, f'{{ {lookup}({column.natural_key}: "x") {{ id }} }}')


@outsiders
def test_no_order_reaches_a_column_that_is_hidden_or_masked_where_an_edge_leads(
    role: ViewerRole, graph: Graph, supergraphs: Supergraphs
) -> None:
    schema, tried = supergraphs[role].graphql, 0
    for entity in _entities(graph, role):
        for edge in entity.edges.values():
            odd = hidden(role, edge.target.table) | masked(role, edge.target.table)
            for column in edge.target.orders:
                if not edge.many and (column.name in odd or edge.target.table not in TABLES[role]):
                    key = f"{upper_snake(edge.field)}_{upper_snake(column.field)}_ASC"
                    assert key in _refused(schema, f"{{ {entity.plural}(orderBy: [{key}]) {{ totalCount }} }}")
                    tried += 1
    assert tried


@outsiders
def test_no_input_or_output_of_a_role_bears_a_type_that_it_does_not_see(
    role: ViewerRole, graph: Graph, supergraphs: Supergraphs
) -> None:
    unseen = {entity.name for entity in graph if entity.table not in TABLES[role]}
    named = {
        f"{name}{end}" for name in unseen for end in ("", "Filter", "ListFilter", "Connection", "Order", "GroupBy")
    }
    kinds = supergraphs[role].graphql.type_map
    assert not named & set(kinds)
    for kind in kinds.values():
        for field in getattr(kind, "fields", {}).values() if not kind.name.startswith("__") else ():
            assert get_named_type(field.type).name not in named
