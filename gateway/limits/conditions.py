"""Bound to filters: how many conditions all `where` arguments of an operation have together, variables included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import ObjectValueNode, OperationDefinitionNode, VariableNode

from gateway.limits.bound import Bound
from gateway.limits.inputs import every_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.limits.outline import Outline, Part
    from gateway.settings import Settings

CONDITIONS = Bound(
    "operation_conditions",
    "The operation's filters have {} conditions (every name in a `where` is one)",
    "Use `in` instead of many `eq`, and ask in several requests.",
)
_FILTER = "where"


@dataclass(frozen=True, slots=True)
class _Filters:
    """A part's: the conditions that stand in the document, the variables that bring more, the fragments spread."""

    conditions: int
    variables: tuple[str, ...]
    spreads: tuple[str, ...]


class Conditions:
    """The filters of a document."""

    def __init__(self, outline: Outline, settings: Settings) -> None:
        self._settings = settings
        self._fragments = {name: _filters(outline.fragments[name]) for name in outline.order}
        self._operations = {id(node): _filters(part) for node, part in outline.operations}
        parts = (*self._fragments.values(), *self._operations.values())
        self._variables = frozenset(name for filters in parts for name in filters.variables)

    @property
    def vary(self) -> bool:
        """Whether variables bring more."""
        return bool(self._variables)

    def hold(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> None:
        """Raises `Refusal`. A variable's default counts where the variable is not given."""
        sizes: dict[str, int] = {}
        for definition in operation.variable_definitions or ():
            name = definition.variable.name.value
            if name in self._variables:
                default = [definition.default_value] if definition.default_value else []
                sizes[name] = _names_in(variables[name]) if name in variables else _literal(default)[0]
        known: dict[str, int] = {}
        for name, filters in self._fragments.items():
            known[name] = _folded(filters, sizes, known)
        CONDITIONS.hold(self._settings, _folded(self._operations[id(operation)], sizes, known))


def _folded(filters: _Filters, sizes: Mapping[str, int], known: Mapping[str, int]) -> int:
    own = filters.conditions + sum(sizes.get(name, 0) for name in filters.variables)
    return own + sum(known.get(name, 0) for name in filters.spreads)


def _filters(part: Part) -> _Filters:
    conditions, variables = _literal([a.value for a in part.arguments if a.name.value == _FILTER])
    return _Filters(conditions, variables, tuple(name for name, _, _ in part.spreads))


def _literal(values: list[Any]) -> tuple[int, tuple[str, ...]]:
    found = list(every_value(values))
    conditions = sum(len(value.fields) for value in found if isinstance(value, ObjectValueNode))
    return conditions, tuple(value.name.value for value in found if isinstance(value, VariableNode))


def _names_in(value: Any) -> int:
    """How many names all objects in a JSON value have."""
    names, waiting = 0, [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, dict):
            names += len(inner)
            waiting += inner.values()
        elif isinstance(inner, list):
            waiting += inner
    return names
