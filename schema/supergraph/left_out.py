"""What slices leave out: the part of the supergraph that no domain answers from the tables of its own schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_introspection_type,
    is_specified_scalar_type,
)
from graphql.type import GraphQLInterfaceType

from schema.assembly.graph import Graph
from schema.supergraph.meaning import Root
from schema.supergraph.orders import orders
from schema.supergraph.supergraph import Supergraph
from schema.vocabulary.derived import Derived, Merged
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity

_OVER_EVERYTHING = (Root.NODE, Root.NODES, Root.SEARCH)


@dataclass(frozen=True)
class LeftOut:
    """Schema coordinates by the reason why no slice has them; filters and orders with the edge that they go through."""

    roots: frozenset[str]
    derived: frozenset[str]
    filters: dict[str, Edge]
    orders: dict[str, Edge]
    types: frozenset[str]
    """Those that nothing but the rest of this leads to."""

    @property
    def coordinates(self) -> frozenset[str]:
        """All, but for what is inside them."""
        return self.roots | self.derived | self.filters.keys() | self.orders.keys() | self.types


def left_out(supergraph: Supergraph) -> LeftOut:
    """What slices of the supergraph's graph do not have, worked out from the declarations alone."""
    graph = supergraph.graph
    away = [edge for entity in graph for edge in entity.edges.values() if _leads_away(edge)]
    known = supergraph.graphql.query_type
    roots = frozenset(f"Query.{root.value}" for root in _OVER_EVERYTHING if known and root.value in known.fields)
    derived = frozenset(f"{entity.name}.{name}" for entity in graph for name in _worked_out_elsewhere(entity, graph))
    filters = {f"{edge.source.name}Filter.{edge.field}": edge for edge in away}
    sorted_by = {
        f"{entity.name}Order.{order.name}": order.edge
        for entity in graph
        for order in orders(entity).values()
        if order.edge is not None and _leads_away(order.edge)
    }
    gone = {*roots, *derived, *filters, *sorted_by}
    return LeftOut(roots, derived, filters, sorted_by, _unreached(supergraph.graphql, gone))


def _leads_away(edge: Edge) -> bool:
    """Whether a condition over the edge needs the rows, or the foreign key, of another domain."""
    return {edge.target.domain, edge.domain} != {edge.source.domain}


def _worked_out_elsewhere(entity: Entity, graph: Graph) -> Iterator[str]:
    for name, each in entity.derived.items():
        if {entity.domain} != set(_schemas(each, graph)):
            yield name


def _schemas(each: Derived | Merged, graph: Graph) -> Iterator[str]:
    """The PostgreSQL schemas of the function, or of the view and the rows that it merges."""
    if isinstance(each, Derived):
        yield each.function.partition(".")[0]
    else:
        yield each.view.domain
        yield from (graph.entities[name].domain for name in each.entities)


def _unreached(schema: GraphQLSchema, gone: set[str]) -> frozenset[str]:
    """The types to which no way leads from the roots, but through what is gone."""
    waiting: list[GraphQLNamedType] = [
        root for root in (schema.query_type, schema.mutation_type, schema.subscription_type) if root
    ]
    reached = {kind.name for kind in waiting}
    while waiting:
        for kind in _next(schema, waiting.pop(), gone):
            if kind.name not in reached:
                reached.add(kind.name)
                waiting.append(kind)
    own = {n for n, t in schema.type_map.items() if not is_introspection_type(t) and not is_specified_scalar_type(t)}
    return frozenset(own - reached)


def _next(schema: GraphQLSchema, kind: GraphQLNamedType, gone: set[str]) -> Iterator[GraphQLNamedType]:
    if isinstance(kind, GraphQLUnionType):
        yield from kind.types
    elif isinstance(kind, GraphQLInputObjectType):
        for name, given in kind.fields.items():
            if f"{kind.name}.{name}" not in gone:
                yield get_named_type(given.type)
    elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        yield from kind.interfaces
        yield from schema.get_possible_types(kind) if isinstance(kind, GraphQLInterfaceType) else ()
        for name, field in kind.fields.items():
            if f"{kind.name}.{name}" not in gone:
                yield get_named_type(field.type)
                yield from (get_named_type(argument.type) for argument in field.args.values())
