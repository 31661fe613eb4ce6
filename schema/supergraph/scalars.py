"""The graph's own scalars in Strawberry: what SQL printed goes out as it is, what clients write is parsed."""

from __future__ import annotations

from typing import Any

import orjson
import strawberry
from strawberry.types.scalar import ScalarDefinition

from schema.vocabulary.scalar import BIG_INT, DATE, DATE_TIME, DECIMAL, ID, JSON, Scalar

_DESCRIPTIONS = {
    DATE_TIME: "A moment in UTC with microseconds, as in 2026-11-02T09:00:00.000000Z; any offset is understood.",
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


def _as_it_is(text: Any) -> Any:
    return text


def _raw(text: Any) -> Any:
    return orjson.Fragment(text)


SCALAR_MAP: dict[object, ScalarDefinition] = {scalar.python: _definition(scalar) for scalar in _DESCRIPTIONS}


def annotation_of(scalar: Scalar) -> Any:
    """The scalar as a Python annotation that Strawberry understands."""
    return strawberry.ID if scalar is ID else scalar.python
