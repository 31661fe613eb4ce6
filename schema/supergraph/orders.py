"""Orders: an enum for each entity over its indexed columns and those of the rows that its to-one edges lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from schema.assembly.mistakes import AssemblyError
from schema.assembly.names import upper_snake
from schema.supergraph.define import new_enum
from schema.vocabulary.column import Column
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity


@dataclass(frozen=True)
class Order:
    """A key to order by: a column of the row, or of the row that `edge` leads to."""

    name: str
    column: Column
    descending: bool
    edge: Edge | None = None

    @property
    def nullable(self) -> bool:
        return self.column.nullable or self.edge is not None


@cache
def orders(entity: Entity) -> dict[str, Order]:
    """Everything that rows of the entity can be ordered by, by its name in the enum."""
    found: dict[str, Order] = {}
    for order in _orders(entity):
        if order.name in found:
            raise AssemblyError(f"{entity.name}Order: {order.name} would mean two things. Rename one of the fields.")
        found[order.name] = order
    return found


def _orders(entity: Entity) -> Iterator[Order]:
    yield from _both("ID", entity.columns["id"])
    for column in entity.orders:
        yield from _both(upper_snake(column.field), column)
    for edge in entity.edges.values():
        if not edge.many:
            for column in edge.target.orders:
                yield from _both(f"{upper_snake(edge.field)}_{upper_snake(column.field)}", column, edge)


def _both(name: str, column: Column, edge: Edge | None = None) -> Iterator[Order]:
    yield Order(f"{name}_ASC", column, descending=False, edge=edge)
    yield Order(f"{name}_DESC", column, descending=True, edge=edge)


def order_enum(entity: Entity) -> Any:
    """The enum of an entity's orders; each value is its own name."""
    values = {name: (name, _words(order)) for name, order in orders(entity).items()}
    words = f"How to order rows of {entity.name}. What is empty counts as greatest."
    return new_enum(f"{entity.name}Order", words, values)


def _words(order: Order) -> str:
    where = f"{order.edge.field}.{order.column.field}" if order.edge else order.column.field
    return f"By `{where}`, {'greatest' if order.descending else 'least'} first."
