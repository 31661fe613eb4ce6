"""What a filter means, row by row, in plain Python: nothing is unknown, a condition holds or it does not."""

from __future__ import annotations

import datetime as dt
import decimal
import unicodedata
from collections.abc import Callable
from typing import Any
from uuid import UUID

from schema.vocabulary.entity import Entity
from tests.graph.model import Model, Row


class Word(str):
    """A value of a closed vocabulary, as it is stored."""

    __slots__ = ()


def as_input(value: Any) -> Any:
    """The filter as a client's JSON has it."""
    match value:
        case dict():
            return {name: as_input(item) for name, item in value.items()}
        case list():
            return [as_input(item) for item in value]
        case Word():
            return value.upper()
        case dt.datetime() | dt.date():
            return value.isoformat()
        case UUID() | decimal.Decimal():
            return str(value)
    return value


def fold(text: str) -> str:
    """Without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower()


class Meaning:
    """Of filters, over a model; what was found of a row is kept, for a tree comes to many rows again and again."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._kept: dict[tuple[int, UUID], bool] = {}

    def holds(self, entity: Entity, where: dict[str, Any], row: Row) -> bool:
        """Whether all that is said of the row holds; `where` must live as long as the meaning."""
        key = id(where), row["id"]
        if key not in self._kept:
            self._kept[key] = all(self._part_holds(entity, name, value, row) for name, value in where.items())
        return self._kept[key]

    def _part_holds(self, entity: Entity, name: str, value: Any, row: Row) -> bool:
        if name == "and":
            return all(self.holds(entity, part, row) for part in value)
        if name == "or":
            return any(self.holds(entity, part, row) for part in value)
        if name == "not":
            return not self.holds(entity, value, row)
        if edge := entity.edges.get(name):
            others = self._model.follow(edge, row)
            if not edge.many:
                return any(self.holds(edge.target, value, other) for other in others)
            return all(
                _QUANTIFIERS[word](self.holds(edge.target, part, other) for other in others)
                for word, part in value.items()
            )
        column = entity.column_of(name)
        assert column
        return all(_compares(row[column.name], word, operand) for word, operand in value.items())


_QUANTIFIERS: dict[str, Callable[[Any], bool]] = {"some": any, "none": lambda found: not any(found), "every": all}


def _compares(value: Any, word: str, operand: Any) -> bool:
    if word == "isNull":
        return (value is None) is operand
    if word == "ne":
        return bool(value != operand)
    if word == "notIn":
        return value not in operand
    return value is not None and _OPERATORS[word](value, operand)


def _contains(value: Any, part: Any) -> bool:
    """Text within text, or JSON within JSON as jsonb has it."""
    if isinstance(part, str) and isinstance(value, str):
        return fold(part) in fold(value)
    return _within(part, value)


def _within(part: Any, value: Any) -> bool:
    if isinstance(part, dict):
        return isinstance(value, dict) and all(key in value and _within(part[key], value[key]) for key in part)
    if isinstance(part, list):
        return isinstance(value, list) and all(any(_within(item, other) for other in value) for item in part)
    return type(part) is type(value) and bool(part == value)


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda value, operand: value == operand,
    "in": lambda value, operand: value in operand,
    "lt": lambda value, operand: value < operand,
    "lte": lambda value, operand: value <= operand,
    "gt": lambda value, operand: value > operand,
    "gte": lambda value, operand: value >= operand,
    "contains": _contains,
    "startsWith": lambda value, operand: fold(value).startswith(fold(operand)),
    "endsWith": lambda value, operand: fold(value).endswith(fold(operand)),
    "has": lambda value, operand: operand in value,
    "hasAny": lambda value, operand: any(item in value for item in operand),
    "hasAll": lambda value, operand: all(item in value for item in operand),
}
