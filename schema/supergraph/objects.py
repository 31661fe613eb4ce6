"""Object types: one for each entity, with its columns and edges."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from schema.assembly.graph import Graph
from schema.supergraph.connections import Connections
from schema.supergraph.define import define_object, list_of
from schema.supergraph.derived import DerivedFields
from schema.supergraph.field import plain_field, read_field
from schema.supergraph.meaning import Follow
from schema.supergraph.scalars import annotation_of
from schema.vocabulary.column import Column
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity


@strawberry.interface(description="Anything that has an id of the whole graph.")
class Node:
    id: strawberry.ID = strawberry.field(description="Its key.")


def empty_objects(graph: Graph) -> dict[str, Any]:
    """A class for each entity, yet without fields, for others to refer to; rows are made as instances of them."""
    return {entity.name: type(entity.name, (Node,), {"__entity__": entity}) for entity in graph}


def fill_object(entity: Entity, objects: dict[str, Any], connections: Connections, derived: DerivedFields) -> None:
    """Gives an entity's class its fields."""
    cls = objects[entity.name]
    fields = [_column_field(column) for column in entity.columns.values()]
    fields += [_edge_field(edge, objects, connections) for edge in entity.edges.values()]
    fields += derived.of(entity)
    define_object(cls, entity.description, fields, (Node,))


def _column_field(column: Column) -> StrawberryField:
    annotation = annotation_of(column.scalar)
    if column.array:
        annotation = list_of(annotation)
    if column.nullable:
        annotation = annotation | None
    return plain_field(column.name, column.field, annotation, column.description)


def _edge_field(edge: Edge, objects: dict[str, Any], connections: Connections) -> StrawberryField:
    if edge.many:
        page = connections.of(edge.target)
        annotation = page if edge.domain == edge.source.domain else page | None  # another service may serve it
        arguments = connections.arguments(edge.target)
        return read_field(Follow(edge), edge.field, annotation, edge.description, arguments)
    target = objects[edge.target.name]
    return read_field(Follow(edge), edge.field, target | None if edge.nullable else target, edge.description)
