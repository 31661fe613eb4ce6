"""The graph's own scalars in Strawberry: what SQL printed goes out as it is, what clients write is parsed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import strawberry
from graphql import GraphQLFloat, GraphQLNamedType, GraphQLScalarType
from strawberry.types.scalar import ScalarDefinition

from schema.vocabulary.scalar import BIG_INT, DATE, DATE_TIME, DECIMAL, FLOAT, ID, JSON, Scalar

_DESCRIPTIONS = {
    DATE_TIME: "A moment in UTC, to the microsecond, as in 2026-11-02T09:00:00+00:00; any offset is understood.",
    DATE: "A day, as in 2026-11-02.",
    DECIMAL: "An exact decimal number, as a string.",
    BIG_INT: "A whole number of 64 bits, as a string, since JSON readers lose digits past 2^53.",
    JSON: "Any JSON value.",
}
_SPECIFIED_BY = {DATE_TIME: "https://scalars.graphql.org/andimarek/date-time.html"}


def _definition(scalar: Scalar) -> ScalarDefinition:
    return strawberry.scalar(
        name=scalar.name,
        description=_DESCRIPTIONS[scalar],
        specified_by_url=_SPECIFIED_BY.get(scalar),
        serialize=_raw if scalar.raw else _as_it_is,
        parse_value=scalar.parse,
    )


class _Float(GraphQLScalarType):
    """GraphQL's own Float, but for its output: PostgreSQL's digits as they are, which Python would write otherwise.

    None of them is NaN or infinite, which JSON has not: figures are of integers, and of decimals that are bounded.
    """

    # graphql-core refuses the names in this registry, those of its own types, to all others.
    reserved_types: Mapping[str, GraphQLNamedType] = {}


def _float() -> ScalarDefinition:
    kind = _Float(
        GraphQLFloat.name,
        description=GraphQLFloat.description,
        coerce_output_value=_raw,
        coerce_input_value=GraphQLFloat.coerce_input_value,
        coerce_input_literal=GraphQLFloat.coerce_input_literal,
        value_to_literal=GraphQLFloat.value_to_literal,
    )
    return ScalarDefinition(kind.name, kind.description, None, None, None, None, implementation=kind)


def _as_it_is(text: Any) -> Any:
    return text


def _raw(text: Any) -> Any:
    return orjson.Fragment(text)


SCALAR_MAP: dict[object, ScalarDefinition] = {scalar.python: _definition(scalar) for scalar in _DESCRIPTIONS}
SCALAR_MAP[FLOAT.python] = _float()


def annotation_of(scalar: Scalar) -> Any:
    """The scalar as a Python annotation that Strawberry understands."""
    return strawberry.ID if scalar is ID else scalar.python
