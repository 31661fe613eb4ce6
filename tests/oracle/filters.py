"""Filters: `where` arguments over columns and through edges, of every operator."""

from __future__ import annotations

from functools import partial
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from schema.supergraph.comparisons import Operator
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity
from tests.oracle.asked import item_of
from tests.oracle.chance import Chance
from tests.oracle.ground import Ground
from tests.oracle.placing import Placing
from tests.oracle.uses import Item, Way
from tests.oracle.values import Values

_DEEPEST = 4
_PARTS_OF_TEXT = {Operator.CONTAINS.value, Operator.STARTS_WITH.value, Operator.ENDS_WITH.value}


class Filters:
    """Makes filters of one operation; `used` gathers the input fields that it names."""

    def __init__(self, ground: Ground, chance: Chance, placing: Placing, used: set[Item]) -> None:
        self._ground = ground
        self._chance = chance
        self._placing = placing
        self._values = Values(chance, ground.stock)
        self._used = used

    def where(self, kind: GraphQLInputType, way: Way = ()) -> dict[str, Any]:
        """A filter over an entity, which the input's name tells; along a way, if there is one to go."""
        return self._entity(_object(kind), way, 0)

    def _entity(self, kind: GraphQLInputObjectType, way: Way, depth: int) -> dict[str, Any]:
        entity = self._ground.graph.entities[kind.name.removesuffix("Filter")]
        names = self._chosen(kind, way, 0 if depth else 1, 3 if depth < 2 else 2, depth)
        return {name: self._placed(entity, kind, name, way, depth) for name in names}

    def _chosen(self, kind: GraphQLInputObjectType, way: Way, low: int, high: int, depth: int) -> list[str]:
        """Which fields of the input are named: what was not yet, first of all."""
        deep = depth >= _DEEPEST
        names = [name for name, field in kind.fields.items() if not deep or not self._leads_on(field.type)]
        fresh = [name for name in names if self._wanted(kind, name)]
        found = [self._chance.first_of(fresh, names) for _ in range(self._chance.randint(low, high))]
        return list(dict.fromkeys([*way[:1], *found]))

    def _wanted(self, kind: GraphQLInputObjectType, name: str) -> bool:
        uses = self._ground.uses
        return uses.is_fresh((kind.name, name)) or uses.is_open(get_named_type(kind.fields[name].type).name)

    def _leads_on(self, kind: GraphQLInputType) -> bool:
        """Whether it is a filter over rows, and not over a scalar."""
        name = get_named_type(kind).name
        return name.removesuffix("Filter").removesuffix("List") in self._ground.graph.entities

    def _placed(self, entity: Entity, kind: GraphQLInputObjectType, name: str, way: Way, depth: int) -> Any:
        self._used.add((kind.name, name))
        field = kind.fields[name].type
        below = way[1:] if way[:1] == (name,) else ()
        if self._chance.happens(0.0005):
            return None
        return self._placing.place(
            field, lambda: self._value(entity, field, name, below, depth), empty=False, firm=bool(below)
        )

    def _value(self, entity: Entity, kind: GraphQLInputType, name: str, way: Way, depth: int) -> Any:
        inner = _object(kind)
        if is_list_type(get_nullable_type(kind)):  # and, or
            return [self._entity(inner, way, depth + 1) for _ in range(self._chance.choice([0, 1, 2, 2, 3]))]
        if name == "not":
            return self._entity(inner, way, depth + 1)
        if edge := entity.edges.get(name):
            return self._listed(inner, way, depth) if edge.many else self._entity(inner, way, depth + 1)
        column = entity.column_of(name)
        if column is None:
            raise LookupError(f"{entity.name} has no column {name}")
        return self._compared(entity, column, inner, way)

    def _listed(self, kind: GraphQLInputObjectType, way: Way, depth: int) -> dict[str, Any]:
        """some, none, every."""
        found = {}
        for name in self._chosen(kind, way, 1, 2 if depth < 2 else 1, 0):
            self._used.add((kind.name, name))
            inner = _object(kind.fields[name].type)
            found[name] = self._entity(inner, way[1:] if way[:1] == (name,) else (), depth + 1)
        return found

    def _compared(self, entity: Entity, column: Column, kind: GraphQLInputObjectType, way: Way) -> dict[str, Any]:
        """Operators and their operands."""
        found = {}
        for name in self._chosen(kind, way, 1, 2, 0):
            self._used.add((kind.name, name))
            field = kind.fields[name].type
            found[name] = self._placing.place(field, partial(self._operand, entity, column, field, name), empty=False)
        return found

    def _operand(self, entity: Entity, column: Column, kind: GraphQLInputType, operator: str) -> Any:
        if operator == Operator.IS_NULL.value:
            return self._chance.happens(0.5)
        if operator in _PARTS_OF_TEXT and column.scalar.name != "JSON":
            return self._values.part_of_text(entity, column)
        item = item_of(kind)
        if item is None:
            return self._values.of(entity, column, kind)
        return [
            self._placing.place(item, lambda: self._values.of(entity, column, item), empty=False)
            for _ in range(self._chance.choice([0, 1, 1, 2, 3, 8]))
        ]


def _object(kind: GraphQLInputType) -> GraphQLInputObjectType:
    named = get_named_type(kind)
    if not isinstance(named, GraphQLInputObjectType):
        raise TypeError(f"{named.name} is no input object")
    return named
