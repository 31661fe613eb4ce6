"""The Query root: lookups, connections, node and nodes, search, viewer."""

from __future__ import annotations

from typing import Annotated, Any, Union

import strawberry
from strawberry.types.field import StrawberryField

from schema.assembly.graph import Graph
from schema.assembly.names import upper_first, upper_snake
from schema.supergraph.connections import Connections
from schema.supergraph.define import list_of, new_enum, new_object
from schema.supergraph.field import argument, plain_field, read_field
from schema.supergraph.meaning import Everything, Lookup, Root
from schema.supergraph.objects import Node
from schema.supergraph.scalars import annotation_of
from schema.supergraph.subgraph import subgraph_fields
from schema.supergraph.viewer import stands_for, viewer_type
from schema.vocabulary.entity import Entity


def query_type(graph: Graph, objects: dict[str, Any], connections: Connections) -> Any:
    """The class of Query. A slice has neither what is asked of all entities alike, nor a viewer of others' rows."""
    fields = [] if graph.domain else _node_fields()
    if not graph.domain or stands_for(graph):
        fields.append(read_field(Root.VIEWER, "viewer", viewer_type(graph, objects), "Who is asking."))
    if graph.searchable:
        fields.append(_search_field(graph, objects))
    for entity in graph.whole:
        fields += _entity_fields(entity, objects, connections)
    if graph.domain:
        fields += subgraph_fields(objects)
    return new_object("Query", "Where every question starts.", fields)


def _node_fields() -> list[StrawberryField]:
    return [
        read_field(
            Root.NODE,
            "node",
            Node | None,
            "The row with this id, whatever it is.",
            [argument("id", strawberry.ID, "Its id.")],
        ),
        read_field(
            Root.NODES,
            "nodes",
            list[Node | None],
            "The rows with these ids, in their order; null where there is none.",
            [argument("ids", list[strawberry.ID], "Their ids.")],
        ),
    ]


def _entity_fields(entity: Entity, objects: dict[str, Any], connections: Connections) -> list[StrawberryField]:
    node = objects[entity.name] | None
    fields = [_singular_field(entity, node)]
    for column in entity.natural_keys:
        key = str(column.natural_key)
        fields.append(
            read_field(
                Lookup(entity, ((key, column),)),
                f"{entity.singular}By{upper_first(key)}",
                node,
                f"The row of {entity.name} with this {key}.",
                [argument(key, annotation_of(column.scalar), column.description)],
            )
        )
    fields.append(
        read_field(
            Everything(entity),
            entity.plural,
            connections.of(entity) | None,  # what else is asked stays whole where its service does not answer
            f"All rows of {entity.name}. {entity.description}",
            connections.arguments(entity),
        )
    )
    return fields


def _singular_field(entity: Entity, node: Any) -> StrawberryField:
    """The lookup by id or by any natural key; where there is no natural key, the id must be given."""
    keys = {"id": entity.columns["id"]} | {str(column.natural_key): column for column in entity.natural_keys}
    words = f"The row of {entity.name} with this {' or '.join(keys)}"
    if len(keys) == 1:
        return read_field(
            Lookup(entity, tuple(keys.items())),
            entity.singular,
            node,
            f"{words}.",
            [argument("id", strawberry.ID, "Its id.")],
        )
    arguments = [
        argument(key, annotation_of(column.scalar) | None, "Its id." if key == "id" else column.description)
        for key, column in keys.items()
    ]
    return read_field(
        Lookup(entity, tuple(keys.items())), entity.singular, node, f"{words}: give one of them.", arguments
    )


def _search_field(graph: Graph, objects: dict[str, Any]) -> StrawberryField:
    kinds = {upper_snake(entity.name): (entity.name, entity.description) for entity in graph.searchable}
    kind = new_enum("SearchType", "What can be searched.", kinds)
    members: Any = Union[tuple(objects[entity.name] for entity in graph.searchable)]  # noqa: UP007 - made at run time
    found = Annotated[members, strawberry.union("Searchable", description="What can be found by text.")]
    hit = new_object(
        "SearchHit",
        "Something found by text.",
        [
            plain_field("rank", "rank", float, "How well it fits, 0 to 1."),
            plain_field("node", "node", found, "What was found."),
        ],
    )
    return read_field(
        Root.SEARCH,
        "search",
        list_of(hit),
        "Finds rows by words, the best first; case, accents and small slips of the pen do not matter.",
        [
            argument("text", str, "What to look for."),
            argument("types", list_of(kind) | None, "What to look among; everything that can be searched if left out."),
            argument("first", int | None, "At most this many."),
        ],
    )
