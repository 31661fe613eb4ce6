"""Fields: an operation's selection with fragments spread, directives followed, and equal fields merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableValues,
    get_argument_values,
    get_named_type,
    is_abstract_type,
    is_object_type,
)
from graphql.execution.collect_fields import CollectedFields, FragmentDetails, collect_fields, collect_subfields

from resolvers.planner.declined import Declined


@dataclass(frozen=True)
class Field:
    """A field as it is answered: `key` in the response, `name` in the schema.

    `below` are the fields selected of what it gives, by the name of the type that is found there; `arguments` have
    slots where they come from variables.
    """

    key: str
    name: str
    parent: str
    definition: GraphQLField | None = field(repr=False)
    """None for __typename."""
    arguments: Mapping[str, Any]
    below: Mapping[str, tuple[Field, ...]]

    @property
    def coordinate(self) -> str:
        return f"{self.parent}.{self.name}"

    @property
    def only(self) -> tuple[Field, ...]:
        """The fields below, where what it gives is of one type."""
        (fields,) = self.below.values()
        return fields


def select(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, lifted: dict[str, Any]
) -> tuple[Field, ...]:
    """The fields of an operation's root.

    Raises:
        Declined: where one asks for the schema, or for what no statement gives.
    """
    return _Selecting(schema, document, operation, lifted).root()


class _Selecting:
    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, lifted: dict[str, Any]
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._variables = VariableValues({}, lifted)
        self._fragments = {
            node.name.value: FragmentDetails(node)
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }

    def root(self) -> tuple[Field, ...]:
        kind = self._schema.get_root_type(self._operation.operation)
        if kind is None:
            raise TypeError("a valid operation has a root")
        found = collect_fields(self._schema, self._fragments, self._variables, kind, self._operation)
        return self._fields(kind, found)

    def _fields(self, parent: GraphQLObjectType, found: CollectedFields) -> tuple[Field, ...]:
        return tuple(self._field(parent, key, details) for key, details in found.grouped_field_set.items())

    def _field(self, parent: GraphQLObjectType, key: str, details: list[Any]) -> Field:
        node = details[0].node
        name = node.name.value
        if name == "__typename":
            return Field(key, name, parent.name, None, {}, {})
        definition = parent.fields.get(name)
        if definition is None:
            raise Declined(f"{parent.name}.{name}", "it is about the schema")
        try:
            arguments = get_argument_values(definition, node, self._variables)
        except GraphQLError as error:
            raise Declined(f"{parent.name}.{name}", error.message) from error
        kind = get_named_type(definition.type)
        below: dict[str, tuple[Field, ...]] = {}
        if is_object_type(kind):
            below[kind.name] = self._below(kind, details)
        elif is_abstract_type(kind):
            for possible in self._schema.get_possible_types(kind):
                below[possible.name] = self._below(possible, details)
        return Field(key, name, parent.name, definition, arguments, below)

    def _below(self, kind: GraphQLObjectType, details: list[Any]) -> tuple[Field, ...]:
        found = collect_subfields(self._schema, self._fragments, self._variables, self._operation, kind, details)
        return self._fields(kind, found)
