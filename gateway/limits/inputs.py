"""Bounds to values: lists in the document, and all that comes in variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import ListValueNode, ObjectValueNode, VariableNode

from gateway.limits.bound import Bound
from gateway.limits.text import INPUT_DEPTH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graphql import ValueNode

    from gateway.limits.outline import Outline
    from gateway.settings import Settings

LENGTH = Bound(
    "input_list_length", "A list has {} items", "Ask in several requests, or filter by what the items have in common."
)
VALUES = Bound("input_values", "The variables have {} values or more", "Send them in several requests.")
KEYS = Bound("input_order_keys", "A list of orders or groups names {} keys", "Name the first few: ties go by id.")

_NESTED = (dict, list)
_KEY_ARGUMENTS = frozenset({"orderBy", "by"})


class Inputs:
    """The values of a document. Raises `Refusal` when a list in it is too long."""

    def __init__(self, outline: Outline, settings: Settings) -> None:
        self._settings = settings
        self._keys: set[str] = set()
        for part in outline.parts:
            for argument in part.arguments:
                if argument.name.value in _KEY_ARGUMENTS:
                    self._hold_keys(argument.value)
            self._hold_lists([*(argument.value for argument in part.arguments), *part.defaults.values()])
        for part in outline.parts:
            for name in self._keys & part.defaults.keys():
                self._hold_keys(part.defaults[name])

    def hold(self, variables: Mapping[str, Any]) -> None:
        """Raises `Refusal` when a variable is too long or too deep, or all of them too many values."""
        level: Collection[Any] = variables.values()
        values, depth = len(level), 0
        VALUES.hold(self._settings, values)
        while inner := [value for value in level if isinstance(value, _NESTED)]:
            depth += 1
            INPUT_DEPTH.hold(self._settings, depth)
            level = self._below(inner)
            values += len(level)
            VALUES.hold(self._settings, values)
        for name in self._keys:
            if isinstance(keys := variables.get(name), list):
                KEYS.hold(self._settings, len(keys))

    def _below(self, level: list[dict[str, Any] | list[Any]]) -> list[Any]:
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += value.values()
            else:
                LENGTH.hold(self._settings, len(value))
                below += value
        return below

    def _hold_lists(self, values: Iterable[ValueNode]) -> None:
        for value in every_value(values):
            if isinstance(value, ListValueNode):
                LENGTH.hold(self._settings, len(value.values))

    def _hold_keys(self, value: ValueNode) -> None:
        if isinstance(value, ListValueNode):
            KEYS.hold(self._settings, len(value.values))
        elif isinstance(value, VariableNode):
            self._keys.add(value.name.value)


def every_value(values: Iterable[ValueNode]) -> Iterator[ValueNode]:
    """They and all values inside them."""
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, ListValueNode):
            waiting += value.values
        elif isinstance(value, ObjectValueNode):
            waiting += (item.value for item in value.fields)
