"""Derived fields in Strawberry: values, records with rows of the graph in them, and merges as connections."""

from __future__ import annotations

from typing import Annotated, Any, Union

import strawberry
from strawberry.types.field import StrawberryField

from schema.assembly.graph import Graph
from schema.supergraph.connections import PageInfo, page_arguments
from schema.supergraph.define import list_of, new_object
from schema.supergraph.field import of_length, plain_field, read_field
from schema.supergraph.meaning import Derive, Follow, Merge, Part
from schema.supergraph.records import item_annotation, item_field
from schema.supergraph.scalars import annotation_of
from schema.vocabulary.derived import Derived, Merged
from schema.vocabulary.edge import Edge, Link
from schema.vocabulary.entity import Entity
from schema.vocabulary.result import Item, Record
from schema.vocabulary.scalar import DATE_TIME


class DerivedFields:
    """Of one graph: a record in which a row stands has a type in each graph."""

    def __init__(self, graph: Graph, objects: dict[str, Any]) -> None:
        self._graph = graph
        self._objects = objects
        self._records: dict[Record, Any] = {}

    def of(self, entity: Entity) -> list[StrawberryField]:
        """The derived fields of an entity, as far as the graph has what they lead to."""
        fields: list[StrawberryField] = []
        for each in entity.derived.values():
            if isinstance(each, Derived):
                fields.append(self._derived(each))
            elif members := [self._objects[name] for name in each.entities if name in self._objects]:
                fields.append(_merged(each, members))
        return fields

    def _derived(self, derived: Derived) -> StrawberryField:
        item = derived.item
        field = read_field(Derive(derived), item.field, self._annotation(item), item.description)
        return of_length(field, item.about)

    def _annotation(self, item: Item) -> Any:
        own = item.record is not None and _has_rows(item.record)
        return item_annotation(item, self._record(item.record) if item.record and own else None)

    def _record(self, record: Record) -> Any:
        if record not in self._records:
            fields = [field for item in record.items if (field := self._field(record, item)) is not None]
            self._records[record] = new_object(record.name, record.description, fields)
        return self._records[record]

    def _field(self, record: Record, item: Item) -> StrawberryField | None:
        """A value; an id as the row that it is of, or nothing where the graph has no such rows."""
        if item.of is None:
            return item_field(item, self._annotation(item))
        target = self._graph.entities.get(item.of)
        if target is None:
            return None
        return read_field(
            Follow(_edge(record, item, target)), item.field, self._objects[item.of] | None, item.description
        )


def _has_rows(record: Record) -> bool:
    return any(item.of is not None or (item.record is not None and _has_rows(item.record)) for item in record.items)


def _edge(record: Record, item: Item, target: Entity) -> Edge:
    """From a record to the row whose id it holds."""
    return Edge(
        field=item.field,
        source=Entity(record.name, "", record.name, record.name, record.description, search=False),
        target=target,
        link=Link(((item.name, "id"),)),
        many=False,
        nullable=True,
        description=item.description,
        domain=target.domain,
        forward=True,
    )


def _merged(merged: Merged, members: list[Any]) -> StrawberryField:
    name, words = merged.view.name, merged.description
    union: Any = Union[tuple(members)]  # noqa: UP007 - made at run time
    node = Annotated[union, strawberry.union(f"{name}Item", description=f"One of these: {words}")]
    edge = new_object(
        f"{name}Edge",
        "An item in the connection.",
        [
            plain_field("node", "node", node, "The item."),
            plain_field("cursor", "cursor", str, "Where it stands; give it to `after` or `before`."),
            plain_field("at", "at", annotation_of(DATE_TIME), "The moment by which it stands there."),
        ],
    )
    fields = [
        read_field(Part.NODES, "nodes", list_of(node), "The items of the page."),
        read_field(Part.EDGES, "edges", list_of(edge), "The items of the page with their cursors and moments."),
        read_field(Part.PAGE_INFO, "pageInfo", PageInfo, "Where the page stands."),
        read_field(Part.TOTAL_COUNT, "totalCount", int, "How many items there are on all pages."),
    ]
    connection = new_object(f"{name}Connection", f"A page of it: {words}", fields)
    return read_field(Merge(merged), merged.field, connection, words, page_arguments())
