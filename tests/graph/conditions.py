"""Draws filters: random trees of conditions, of the values that there are and of a few that there are not."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any
from uuid import UUID

from graphql import GraphQLInputObjectType, GraphQLSchema, get_named_type
from hypothesis import strategies as st

from schema.vocabulary.column import Column
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity
from tests.graph.meanings import Word, fold
from tests.graph.model import Model

_STRANGE: dict[type, list[Any]] = {
    str: ["", "Zürich", "%", "_", "\\", "ẞ", "🏔"],
    int: [-1, 0, 2**31 - 1],
    decimal.Decimal: [decimal.Decimal("0.5"), decimal.Decimal(-1)],
    dt.datetime: [
        dt.datetime(1900, 1, 1, tzinfo=dt.UTC),
        dt.datetime(2100, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=9))),
    ],
    dt.date: [dt.date(1900, 1, 1), dt.date(2100, 1, 1)],
    UUID: [UUID("018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f")],
}
_TURNS = [str, str.upper, str.lower, fold]


class Conditions:
    """Draws for one example."""

    def __init__(self, model: Model, schema: GraphQLSchema, data: st.DataObject) -> None:
        self._model = model
        self._schema = schema
        self._draw = data.draw

    def of(self, entity: Entity, depth: int = 3) -> dict[str, Any]:
        """A filter of an entity; nothing said holds always."""
        where: dict[str, Any] = {}
        for kind in self._draw(
            st.lists(st.sampled_from(_KINDS[: None if depth else 1]), min_size=int(depth > 2), max_size=2)
        ):
            if kind == "column":
                column, operators = self._draw(st.sampled_from(self._columns(entity)))
                words = self._draw(st.lists(st.sampled_from(operators), min_size=1, max_size=2, unique=True))
                where[column.field] = {word: self._operand(entity, column, word) for word in words}
            elif kind == "edge":
                edge = self._draw(st.sampled_from(list(entity.edges.values())))
                where[edge.field] = self._related(edge, depth - 1)
            elif kind == "not":
                where["not"] = self.of(entity, depth - 1)
            else:
                where[kind] = [self.of(entity, depth - 1) for _ in range(self._draw(st.integers(0, 2)))]
        return where

    def _related(self, edge: Edge, depth: int) -> dict[str, Any]:
        if not edge.many:
            return self.of(edge.target, depth)
        words = self._draw(st.lists(st.sampled_from(["some", "none", "every"]), max_size=2, unique=True))
        return {word: self.of(edge.target, depth) for word in words}

    def _columns(self, entity: Entity) -> list[tuple[Column, list[str]]]:
        """The columns that the schema offers in a filter, each with its operators."""
        fields = self._input(f"{entity.name}Filter").fields
        return [
            (column, list(self._input(get_named_type(fields[column.field].type).name).fields))
            for column in entity.columns.values()
            if column.field in fields
        ]

    def _input(self, name: str) -> GraphQLInputObjectType:
        kind = self._schema.type_map[name]
        assert isinstance(kind, GraphQLInputObjectType)
        return kind

    def _operand(self, entity: Entity, column: Column, word: str) -> Any:
        if word == "isNull":
            return self._draw(st.booleans())
        values = self._values(entity, column)
        if word in {"in", "notIn", "hasAny", "hasAll"}:
            return self._draw(st.lists(st.sampled_from(values), max_size=3))
        value = self._draw(st.sampled_from(values))
        if word in {"contains", "startsWith", "endsWith"}:
            return self._part(value, word)
        return value

    def _values(self, entity: Entity, column: Column) -> list[Any]:
        found = [row[column.name] for row in self._model.rows(entity) if row[column.name] is not None]
        values = [item for value in found[:200] for item in (value if column.array else [value])]
        if column.scalar.enum:
            return [Word(member.value) for member in column.scalar.enum]
        if column.scalar.name == "Boolean":
            return [True, False]
        if column.scalar.name == "JSON":
            return [*values[:20], {}, {"nothing": 1}]
        strange = _STRANGE.get(column.scalar.python) or _STRANGE[int]
        return [*dict.fromkeys(values), *strange][:40] + strange

    def _part(self, value: Any, word: str) -> Any:
        """A piece of a text, written otherwise; or a part of an object."""
        if isinstance(value, dict):
            return (
                {key: value[key] for key in self._draw(st.lists(st.sampled_from(sorted(value)), unique=True))}
                if value
                else {}
            )
        start, end = sorted(self._draw(st.integers(0, len(value))) for _ in range(2))
        piece = value[start if word != "startsWith" else 0 : end if word != "endsWith" else None]
        return self._draw(st.sampled_from(_TURNS))(piece)


_KINDS = ["column", "edge", "and", "or", "not"]
