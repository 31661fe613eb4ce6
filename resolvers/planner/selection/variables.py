"""Variables: coerced by GraphQL's rules, then taken apart into what shapes a statement and what only fills it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableDefinitionNode,
    get_nullable_type,
    get_variable_values,
    is_input_object_type,
    is_list_type,
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
        self._definitions: tuple[VariableDefinitionNode, ...] = tuple(operation.variable_definitions or ())
        self._vocabularies = vocabularies
        self._types = {each.variable.name.value: type_from_ast(schema, each.type) for each in self._definitions}

    def coerced(self, sent: Mapping[str, Any]) -> dict[str, Any] | None:
        """The values by the rules of their types, defaults among them; None where they do not fit."""
        if not self._definitions:
            return {}
        found = get_variable_values(self._schema, self._definitions, dict(sent))
        return None if isinstance(found, list) else found.coerced

    def shape(self, coerced: Mapping[str, Any]) -> object:
        """Equal for variables that the same statement serves."""
        return tuple((name, self._shape(self._types[name], value)) for name, value in coerced.items())

    def lifted(self, coerced: Mapping[str, Any]) -> dict[str, Any]:
        """The variables with slots for all that does not shape the statement."""
        return {name: self._lift(self._types[name], value, variable(name)) for name, value in coerced.items()}

    def _shape(self, kind: Any, value: Any) -> object:
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


def variable(name: str) -> Slot:
    """The slot of a variable."""
    return Slot(f"${name}", lambda given: given.variables[name])


def _part(slot: Slot, key: str | int) -> Slot:
    return Slot(f"{slot.source}.{key}", lambda given: slot.read(given)[key])
