"""Aggregates: counts, sums and the like over the rows of a connection, as a whole or by groups."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from strawberry.types.field import StrawberryField

from schema.assembly.names import upper_first, upper_snake
from schema.supergraph.define import new_enum, new_object
from schema.supergraph.field import plain_field, read_field
from schema.supergraph.meaning import Follow
from schema.supergraph.scalars import annotation_of
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity
from schema.vocabulary.scalar import BIG_INT, DECIMAL, FLOAT, INT, Scalar


class Function(Enum):
    """An aggregate function; the value is its GraphQL name."""

    COUNT_DISTINCT = "countDistinct"
    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"
    P50 = "p50"
    P90 = "p90"
    P99 = "p99"

    @property
    def percentile(self) -> bool:
        return self in {Function.P50, Function.P90, Function.P99}


@dataclass(frozen=True)
class Measure:
    """A function of a column, over the rows of a group."""

    function: Function
    column: Column

    @property
    def scalar(self) -> Scalar:
        if self.function is Function.COUNT_DISTINCT:
            return INT
        if self.function is Function.AVG or self.function.percentile:
            return FLOAT
        if self.function is Function.SUM:
            return DECIMAL if self.column.scalar is DECIMAL else BIG_INT
        return self.column.scalar


_DESCRIPTIONS = {
    Function.COUNT_DISTINCT: "How many different values there are.",
    Function.SUM: "The sum; empty where there are no values.",
    Function.AVG: "The mean; empty where there are no values.",
    Function.MIN: "The least, or earliest, value.",
    Function.MAX: "The greatest, or latest, value.",
    Function.P50: "The median, interpolated between two values; empty where there are no values.",
    Function.P90: "What 90 % of the values do not exceed, interpolated; empty where there are no values.",
    Function.P99: "What 99 % of the values do not exceed, interpolated; empty where there are no values.",
}


def measures(entity: Entity, function: Function) -> dict[str, Measure]:
    """What the function can be taken of, by GraphQL name."""
    columns = [column for column in entity.columns.values() if _applies(function, column)]
    return {column.field: Measure(function, column) for column in columns}


def _applies(function: Function, column: Column) -> bool:
    if not column.comparable:
        return False
    if function in {Function.SUM, Function.AVG} or function.percentile:
        return column.number and column.name != "version"
    if function in {Function.MIN, Function.MAX}:
        return column.ordered
    return not column.array and column.scalar.name != "JSON"


@cache
def group_columns(entity: Entity) -> dict[str, Column]:
    """What rows can be grouped by, by its name in the enum."""
    return {upper_snake(column.field): column for column in entity.columns.values() if column.groupable}


class TimeBucket(Enum):
    """How finely moments are cut when rows are grouped by them."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class GroupOrder(Enum):
    """In which order groups come: by their keys, in the order of `by`, or by their size."""

    KEY_ASC = "key_asc"
    KEY_DESC = "key_desc"
    COUNT_ASC = "count_asc"
    COUNT_DESC = "count_desc"


def aggregate_types(entity: Entity, objects: dict[str, Any]) -> tuple[Any, Any, Any]:
    """The types of an entity's aggregate and group, and the enum of what it can be grouped by."""
    name, fields = entity.name, [plain_field("count", "count", int, "How many rows there are.")]
    for function in Function:
        if found := measures(entity, function):
            cls = new_object(
                f"{name}{upper_first(function.value)}",
                f"{_DESCRIPTIONS[function]} For each column of {name}.",
                [_measure_field(measure) for measure in found.values()],
            )
            fields.append(plain_field(function.name.lower(), function.value, cls, _DESCRIPTIONS[function]))
    aggregate = new_object(f"{name}Aggregate", f"Figures over rows of {name}.", fields)
    key = plain_field("key", "key", _key_type(entity, objects), "What its rows have in common.")
    group = new_object(f"{name}Group", f"Rows of {name} that have something in common, in figures.", [key, *fields])
    values = {key: (key, column.description) for key, column in group_columns(entity).items()}
    by = new_enum(f"{name}GroupBy", f"What rows of {name} can be grouped by.", values)
    return aggregate, group, by


def _measure_field(measure: Measure) -> StrawberryField:
    annotation = annotation_of(measure.scalar)
    nullable = annotation if measure.function is Function.COUNT_DISTINCT else annotation | None
    return plain_field(measure.column.name, measure.column.field, nullable, measure.column.description)


def _key_type(entity: Entity, objects: dict[str, Any]) -> Any:
    columns = list(group_columns(entity).values())
    fields = [plain_field(c.name, c.field, annotation_of(c.scalar) | None, c.description) for c in columns]
    names = {column.name for column in columns}
    fields += [
        read_field(Follow(edge), edge.field, objects[edge.target.name] | None, edge.description)
        for edge in entity.edges.values()
        if edge.forward and not edge.many and set(edge.link.own) <= names
    ]
    text = f"What the rows of a group of {entity.name} have in common; only what they are grouped by can be asked for."
    return new_object(f"{entity.name}GroupKey", text, fields)
