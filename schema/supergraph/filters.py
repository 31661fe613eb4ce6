"""Filter inputs: a type for each scalar, and one for each entity over its columns and edges."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from schema.assembly.graph import Graph
from schema.supergraph.comparisons import DESCRIPTIONS, Operator, operators
from schema.supergraph.define import define_input, list_of
from schema.supergraph.field import plain_field
from schema.supergraph.scalars import annotation_of
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity


class Filters:
    """The filter inputs of a graph: made as empty classes first, for they refer to each other in circles."""

    def __init__(self, graph: Graph) -> None:
        self._scalars: dict[str, Any] = {}
        self._entities: dict[str, Any] = {entity.name: type(f"{entity.name}Filter", (), {}) for entity in graph.whole}
        self._lists: dict[str, Any] = {entity.name: type(f"{entity.name}ListFilter", (), {}) for entity in graph.whole}
        for entity in graph.whole:
            self._fill_entity(entity)
            self._fill_list(entity)

    def of(self, entity: Entity) -> Any:
        """The filter input of an entity."""
        return self._entities[entity.name]

    def _fill_entity(self, entity: Entity) -> None:
        cls = self._entities[entity.name]
        fields = [
            _field(column.field, self._scalar(column), column.description)
            for column in entity.columns.values()
            if column.comparable
        ]
        for edge in entity.edges.values():
            if not edge.target.whole:
                continue
            target = self._lists if edge.many else self._entities
            fields.append(_field(edge.field, target[edge.target.name], edge.description))
        fields += [
            _field("and", list_of(cls), "All of these hold."),
            _field("or", list_of(cls), "At least one of these holds; an empty list matches nothing."),
            _field("not", cls, "This does not hold."),
        ]
        define_input(cls, f"What rows of {entity.name} to find. All that is said must hold.", fields)

    def _fill_list(self, entity: Entity) -> None:
        inner = self._entities[entity.name]
        fields = [
            _field("some", inner, "At least one row is so; an empty filter asks for any row at all."),
            _field("none", inner, "No row is so."),
            _field("every", inner, "All rows are so; also where there is none."),
        ]
        define_input(self._lists[entity.name], f"What must hold of the related rows of {entity.name}.", fields)

    def _scalar(self, column: Column) -> Any:
        name = f"{column.scalar.name}{'List' * column.array}Filter"
        if name not in self._scalars:
            cls = self._scalars[name] = type(name, (), {})
            fields = [_field(op.value, _operand(op, column), DESCRIPTIONS[op]) for op in operators(column)]
            define_input(cls, f"What must hold of a {column.scalar.name}. All that is said must hold.", fields)
        return self._scalars[name]


def _operand(operator: Operator, column: Column) -> Any:
    annotation = bool if operator is Operator.IS_NULL else annotation_of(column.scalar)
    return list_of(annotation) if operator.takes_list else annotation


def _field(name: str, annotation: Any, description: str) -> StrawberryField:
    field = plain_field(name, name, annotation | None, description)
    field.default = field.default_value = strawberry.UNSET
    return field
