"""Bounds to an answer: how many rows and values it may have, told from page sizes before anything is read.

A connection's `nodes` and `edges` have as many items as its `first` or `last` says, or the default page; what lies
below multiplies. That is an estimate from above: pages may be shorter, and fields skipped.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from gateway.limits.bound import Bound
from gateway.limits.size import json_number, literal_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import OperationDefinitionNode

    from gateway.limits.shape import Objects, Selection, Shapes
    from gateway.limits.size import Numbers
    from gateway.settings import Settings

_SMALLER = (
    "Lists inside lists multiply, each by its `first` or `last`, or else by the default page: ask for smaller pages, "
    "and go on with `after`."
)
ROWS = Bound("operation_rows", "The operation may answer with {} rows", _SMALLER)
VALUES = Bound("operation_values", "The operation may answer with {} values", _SMALLER)
INTROSPECTION = Bound(
    "introspection_percent",
    "The answer about the schema is about {}% of what tools ask to know all of it",
    "Ask for single types by their names, or fetch /schema.graphql.",
)
_MOST_HELD = 100


class Extent(NamedTuple):
    """How large a part of an answer may be; values about the schema count apart."""

    rows: float = 0
    values: float = 0
    schema_values: float = 0

    def more(self, other: Extent, times: float = 1) -> Extent:
        """This and so many of the other."""
        return Extent(
            self.rows + times * other.rows,
            self.values + times * other.values,
            self.schema_values + times * other.schema_values,
        )


class _Extents(NamedTuple):
    """What is there once, and what is there for each item of the page that it stands in."""

    once: Extent
    each: Extent


class Answer:
    """The answers that a valid document's operations may have."""

    def __init__(self, shapes: Shapes, order: tuple[str, ...], whole_schema: float, settings: Settings) -> None:
        """`order`: the fragments, each behind those that it spreads; `whole_schema`: values that tell all of it."""
        self._settings = settings
        self._order = order
        self._shapes = shapes
        self._whole_schema = whole_schema
        self._held: set[tuple[float | None, ...]] = set()
        """Operations and sizes that were within the limits before."""

    @property
    def varies(self) -> bool:
        """Whether variables say how large it is."""
        return bool(self._shapes.variables)

    def hold(self, operation: OperationDefinitionNode, variables: Mapping[str, object]) -> None:
        """Raises `Refusal` when it may be larger than allowed, with these variables."""
        numbers = self._numbers(operation, variables)
        key = (id(operation), *numbers.values())
        if key not in self._held:
            extent = extent_of(self._shapes.operations[id(operation)], self._shapes, self._order, numbers)
            ROWS.hold(self._settings, extent.rows)
            VALUES.hold(self._settings, extent.values)
            INTROSPECTION.hold(self._settings, ceil(100 * extent.schema_values / self._whole_schema))
            if len(self._held) < _MOST_HELD:
                self._held.add(key)

    def _numbers(self, operation: OperationDefinitionNode, variables: Mapping[str, object]) -> Numbers:
        numbers: dict[str, float | None] = {}
        for definition in operation.variable_definitions or ():
            name = definition.variable.name.value
            if name in self._shapes.variables:
                given = name in variables
                numbers[name] = json_number(variables[name]) if given else literal_number(definition.default_value, {})
        return numbers


def extent_of(selection: Selection, shapes: Shapes, order: tuple[str, ...], numbers: Numbers) -> Extent:
    """How large the answer to a root selection may be. Takes time linear to the document."""
    known: dict[str, _Extents] = {}
    for name in order:
        known[name] = _selected(shapes.fragments[name], numbers, known)
    return _selected(selection, numbers, known).once


def _selected(selection: Selection, numbers: Numbers, known: Mapping[str, _Extents]) -> _Extents:
    once, each = Extent(values=selection.leaves), Extent()
    for name in selection.spreads:
        once, each = once.more(known[name].once), each.more(known[name].each)
    for objects in selection.objects:
        one = _object(objects, numbers, known)
        if objects.size is None:
            each = each.more(one)
        else:
            once = once.more(one, objects.size.of(numbers))
    return _Extents(once, each)


def _object(objects: Objects, numbers: Numbers, known: Mapping[str, _Extents]) -> Extent:
    below = _selected(objects.below, numbers, known)
    extent = Extent(objects.is_row, 1).more(below.once).more(below.each, objects.page.of(numbers))
    return Extent(schema_values=extent.values) if objects.is_schema else extent
