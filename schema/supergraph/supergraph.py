"""The supergraph: a graph as a Strawberry schema."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from schema.assembly.graph import Graph
from schema.supergraph.aggregates import GroupOrder, TimeBucket
from schema.supergraph.connections import Connections
from schema.supergraph.define import define_vocabulary
from schema.supergraph.derived import DerivedFields
from schema.supergraph.filters import Filters
from schema.supergraph.mutation import mutation_type
from schema.supergraph.objects import empty_objects, fill_object
from schema.supergraph.problems import problem_types
from schema.supergraph.query import query_type
from schema.supergraph.scalars import SCALAR_MAP
from schema.supergraph.subgraph import REPRESENTATION, subgraph_sdl


@dataclass(frozen=True)
class Supergraph:
    """A graph, its schema, and the classes that rows of its entities are instances of."""

    graph: Graph
    schema: strawberry.Schema
    rows: dict[str, Any]

    @cached_property
    def graphql(self) -> GraphQLSchema:
        """The schema as graphql-core validates and executes it."""
        return self.schema._schema

    @cached_property
    def sdl(self) -> str:
        """What it prints; of a slice, what routers compose."""
        printed = self.schema.as_str()
        return (subgraph_sdl(self.graph, printed) if self.graph.domain else printed) + "\n"


def build_supergraph(graph: Graph) -> Supergraph:
    """Builds fresh classes each time, so that several schemas can be made of the same declarations."""
    _declare_enums(graph)
    objects = empty_objects(graph)
    connections = Connections(graph.whole, objects, Filters(graph))
    derived = DerivedFields(graph, objects)
    for entity in graph:
        fill_object(entity, objects, connections, derived)
    query = query_type(graph, objects, connections)
    config = StrawberryConfig(auto_camel_case=False, scalar_map=SCALAR_MAP | REPRESENTATION)
    types = list(objects.values())
    mutation = None
    if graph.commands:
        mutation = mutation_type(graph, objects)
        types += problem_types()
    return Supergraph(graph, strawberry.Schema(query, mutation, types=types, config=config), objects)


def _declare_enums(graph: Graph) -> None:
    kinds: set[type[Enum]] = {TimeBucket, GroupOrder}
    kinds |= {column.scalar.enum for entity in graph for column in entity.columns.values() if column.scalar.enum}
    for kind in kinds:
        define_vocabulary(kind)
