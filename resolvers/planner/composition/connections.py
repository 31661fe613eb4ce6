"""Connections as answers: pages, and figures over all pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from resolvers.planner.answer import Choice, Connection, Edges, Nodes, PageFact, RowFact, Shape, Told, Value
from resolvers.planner.composition.figures import Figuring
from resolvers.planner.composition.shaping import attribute, meaning, shaped, unplanned
from resolvers.planner.filters import filter_predicate
from resolvers.planner.pages import PageLimits, read_page
from resolvers.planner.plan import All, Outer, Predicate, Rows
from resolvers.planner.selection.fields import Field
from schema.supergraph.meaning import Part
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity
from schema.vocabulary.scalar import DATE_TIME


@dataclass(frozen=True)
class Over:
    """What a connection is over: an entity's rows, those of the row at hand where there are parents, within a scope."""

    entity: Entity
    parents: Outer | None
    scope: Predicate
    order: tuple[str, ...] = ()
    """Where the client names none."""


def connection(
    field: Field,
    over: Over,
    limits: PageLimits,
    node: Callable[[Field], Shape | Choice],
    key: Callable[[Sequence[Field], Sequence[Column]], Shape],
) -> Connection:
    """What a field asks of a connection; `node` makes an object of a row, `key` of what a group has in common.

    Raises:
        BadInput: when its arguments cannot be followed.
    """
    page = read_page(over.entity, field.arguments, limits, over.order)
    where = All((over.scope, filter_predicate(over.entity, field.arguments.get("where"))))
    figuring = Figuring(over.entity, where, over.parents, limits)

    def part(field: Field) -> Value:
        match meaning(field):
            case Part.NODES:
                return Nodes(node(field))
            case Part.EDGES:
                return Edges(shaped(field.only, edge))
            case Part.PAGE_INFO:
                return shaped(field.only, lambda fact: PageFact(fact.name))
            case Part.TOTAL_COUNT:
                return figuring.count()
            case Part.AGGREGATE:
                return figuring.aggregate(field)
            case Part.GROUPS:
                return figuring.groups(field, key)
        raise unplanned(field)

    def edge(field: Field) -> Value:
        match attribute(field):
            case "node":
                return node(field)
            case "cursor":
                return RowFact.CURSOR
            case "at":
                return Told("at", DATE_TIME)
        raise unplanned(field)

    rows = Rows(
        over.entity,
        (),
        All((where, *page.bounds)),
        page.order,
        offset=page.offset,
        parents=over.parents,
        cursor=page.signature,
    )
    return Connection(rows, page.size, page.backward, page.bounded, shaped(field.only, part))
