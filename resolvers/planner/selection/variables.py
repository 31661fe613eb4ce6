"""Variables: coerced by GraphQL's rules, then taken apart into what shapes a statement and what only fills it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    VariableDefinitionNode,
    get_nullable_type,
    get_variable_values,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    type_from_ast,
)

from resolvers.planner.slots import Slot


class Variables:
    """The variables of one operation.

    What shapes a statement are the members of input objects, what is null, Booleans, and enums that are not values of
    columns: orders, groupings. All else is a slot. `vocabularies` are the names of the enums that are values.
    """

    def __init__(
        self, schema: GraphQLSchema, operation: OperationDefinitionNode, vocabularies: Collection[str]
    ) -> None:
        self._schema = schema
        self._vocabularies = vocabularies
        self._types: dict[str, Any] = {}
        self._leaves: list[tuple[str, Callable[[Any], Any], bool]] = []
        self._others: list[VariableDefinitionNode] = []
        for each in operation.variable_definitions or ():
            name, kind = each.variable.name.value, _type(schema, each)
            self._types[name] = kind
            leaf = get_nullable_type(kind)
            if each.default_value is None and is_leaf_type(leaf):
                self._leaves.append((name, leaf.coerce_input_value, is_non_null_type(kind)))
            else:
                self._others.append(each)
        self._slots = {name for name, kind in self._types.items() if not self._shapes(kind)}

    def coerced(self, sent: Mapping[str, Any]) -> dict[str, Any] | None:
        """The values by the rules of their types, defaults among them; None where they do not fit.

        Of a single value the half of graphql-core's coercion that says what is wrong is left out: it takes longer.
        """
        coerced: dict[str, Any] = {}
        for name, coerce, needed in self._leaves:
            value = sent.get(name)
            if value is not None:
                try:
                    coerced[name] = coerce(value)
                except Exception:  # noqa: BLE001 - a scalar may refuse by any; why, the executor tells
                    return None
                if coerced[name] is Undefined:
                    return None
            elif needed:
                return None
            elif name in sent:
                coerced[name] = None
        if self._others:
            found = get_variable_values(self._schema, self._others, dict(sent))
            if isinstance(found, list):
                return None
            coerced |= found.coerced
        return coerced

    def shape(self, coerced: Mapping[str, Any]) -> Hashable:
        """Equal for variables that the same statement serves."""
        return tuple(
            [
                (name, value is None if name in self._slots else self._shape(self._types[name], value))
                for name, value in coerced.items()
            ]
        )

    def lifted(self, coerced: Mapping[str, Any], checks: dict[Slot, None]) -> dict[str, Any]:
        """The variables, with slots for all that does not shape the statement; `checks` gets what is made of them."""
        return {name: self._lift(self._types[name], value, variable(name, checks)) for name, value in coerced.items()}

    def _shape(self, kind: Any, value: Any) -> Hashable:
        if value is None:
            return None
        kind = get_nullable_type(kind)
        if is_list_type(kind):
            return tuple(self._shape(kind.of_type, item) for item in value) if self._shapes(kind) else True
        if is_input_object_type(kind):
            return tuple((name, self._shape(kind.fields[name].type, member)) for name, member in value.items())
        return value if self._shapes(kind) else True

    def _lift(self, kind: Any, value: Any, slot: Slot) -> Any:
        if value is None:
            return None
        kind = get_nullable_type(kind)
        if not self._shapes(kind):
            return slot
        if is_list_type(kind):
            return [self._lift(kind.of_type, item, _part(slot, n)) for n, item in enumerate(value)]
        if is_input_object_type(kind):
            members = value.items()
            return {name: self._lift(kind.fields[name].type, item, _part(slot, name)) for name, item in members}
        return value

    def _shapes(self, kind: Any) -> bool:
        kind = get_nullable_type(kind)
        if is_list_type(kind):
            return self._shapes(kind.of_type)
        if isinstance(kind, GraphQLEnumType):
            return kind.name not in self._vocabularies
        return is_input_object_type(kind) or kind is GraphQLBoolean


def _type(schema: GraphQLSchema, definition: VariableDefinitionNode) -> Any:
    return type_from_ast(schema, definition.type)


def variable(name: str, checks: dict[Slot, None]) -> Slot:
    """The slot of a variable."""
    return Slot(f"${name}", lambda given: given.variables[name], checks)


def _part(slot: Slot, key: str | int) -> Slot:
    return Slot(f"{slot.source}.{key}", lambda given: slot.read(given)[key], slot.checks)
