"""Connections: pages of rows by the Relay specification, with nodes, counts and figures beside the edges."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.types.arguments import StrawberryArgument

from schema.supergraph.aggregates import GroupOrder, TimeBucket, aggregate_types
from schema.supergraph.define import define_object, list_of, new_object
from schema.supergraph.field import argument, plain_field, read_field
from schema.supergraph.filters import Filters
from schema.supergraph.meaning import Part
from schema.supergraph.orders import order_enum
from schema.vocabulary.entity import Entity


@strawberry.type(description="Where a page stands among all pages.")
class PageInfo:
    has_next_page: bool = strawberry.field(name="hasNextPage", description="Whether more rows follow.")
    has_previous_page: bool = strawberry.field(name="hasPreviousPage", description="Whether rows came before.")
    start_cursor: str | None = strawberry.field(name="startCursor", description="The first row's; give it to `before`.")
    end_cursor: str | None = strawberry.field(name="endCursor", description="The last row's; give it to `after`.")


def page_arguments() -> list[StrawberryArgument]:
    """first, after, last, before."""
    return [
        argument("first", int | None, "At most this many rows, from the start."),
        argument("after", str | None, "Start behind the row with this cursor."),
        argument("last", int | None, "At most this many rows, from the end."),
        argument("before", str | None, "End ahead of the row with this cursor."),
    ]


class Connections:
    """The connection type of every entity, and the arguments of fields that give one."""

    def __init__(self, entities: list[Entity], objects: dict[str, Any], filters: Filters) -> None:
        self._filters = filters
        self._types = {entity.name: type(f"{entity.name}Connection", (), {}) for entity in entities}
        self._orders = {entity.name: order_enum(entity) for entity in entities}
        for entity in entities:
            self._fill(entity, objects)

    def of(self, entity: Entity) -> Any:
        return self._types[entity.name]

    def arguments(self, entity: Entity) -> list[StrawberryArgument]:
        """first, after, last, before, offset, where, orderBy."""
        return [
            *page_arguments(),
            argument(
                "offset", int | None, "Skip this many rows; cursors stay right while rows change, offsets do not."
            ),
            argument("where", self._filters.of(entity) | None, "Which rows."),
            argument("orderBy", list_of(self._orders[entity.name]) | None, "In which order; ties go by id."),
        ]

    def _fill(self, entity: Entity, objects: dict[str, Any]) -> None:
        name, node = entity.name, objects[entity.name]
        edge = new_object(
            f"{name}Edge",
            f"A row of {name} in a connection.",
            [
                plain_field("node", "node", node, "The row."),
                plain_field("cursor", "cursor", str, "Where it stands; give it to `after` or `before`."),
            ],
        )
        aggregate, group, by = aggregate_types(entity, objects)
        grouping = [
            argument("by", list_of(by), "What the rows of a group have in common."),
            argument("bucket", TimeBucket | None, "How finely to cut moments in `by`; exact where it is left out."),
            argument("timeZone", str, "Whose days and months buckets follow, by IANA name.", "UTC"),
            argument("orderBy", GroupOrder, "In which order groups come.", GroupOrder.KEY_ASC),
            argument("first", int | None, "At most this many groups."),
        ]
        fields = [
            read_field(Part.NODES, "nodes", list_of(node), "The rows of the page."),
            read_field(Part.EDGES, "edges", list_of(edge), "The rows of the page with their cursors."),
            read_field(Part.PAGE_INFO, "pageInfo", PageInfo, "Where the page stands."),
            read_field(Part.TOTAL_COUNT, "totalCount", int, "How many rows there are on all pages."),
            read_field(Part.AGGREGATE, "aggregate", aggregate, "Figures over the rows of all pages."),
            read_field(
                Part.GROUPS, "groups", list_of(group), "Figures over the rows of all pages, by groups.", grouping
            ),
        ]
        define_object(self.of(entity), f"A page of rows of {name}.", fields)
