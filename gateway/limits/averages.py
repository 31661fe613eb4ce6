"""How long lists without pages are on average: as declared, and for introspection over all of a schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_abstract_type,
    is_wrapping_type,
)

from schema.supergraph.field import declared_length

if TYPE_CHECKING:
    from graphql import GraphQLSchema, GraphQLType

Averages: TypeAlias = dict[tuple[str, str], float]
"""By the names of the type and of its field."""


def averages(schema: GraphQLSchema) -> Averages:
    """Those of a schema."""
    types = list(schema.type_map.values())
    outputs = [kind for kind in types if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)]
    inputs = [kind for kind in types if isinstance(kind, GraphQLInputObjectType)]
    fields = [field for kind in outputs for field in kind.fields.values()]
    input_fields = [field for kind in inputs for field in kind.fields.values()]
    arguments = [argument for field in fields for argument in field.args.values()]
    used: list[GraphQLType] = [each.type for each in (*fields, *input_fields, *arguments)]
    wraps = sum(map(_wraps, used)) / (len(used) or 1)
    found: dict[str, float] = {
        "fields": len(fields),
        "inputFields": len(input_fields),
        "interfaces": sum(len(kind.interfaces) for kind in outputs),
        "possibleTypes": sum(len(schema.get_possible_types(kind)) for kind in types if is_abstract_type(kind)),
        "enumValues": sum(len(kind.values) for kind in types if isinstance(kind, GraphQLEnumType)),
    }
    return {
        ("__Schema", "types"): len(types),
        ("__Schema", "directives"): len(schema.directives),
        ("__Directive", "args"): sum(len(each.args) for each in schema.directives) / (len(schema.directives) or 1),
        ("__Field", "args"): len(arguments) / (len(fields) or 1),
        # Each `ofType` is a level that the one above has or has not: nested ones come to `wraps` in all.
        ("__Type", "ofType"): wraps / (1 + wraps),
        **{("__Type", name): number / len(types) for name, number in found.items()},
        **_declared(outputs),
    }


def _declared(kinds: Iterable[GraphQLObjectType | GraphQLInterfaceType]) -> Averages:
    """Of fields that say so themselves."""
    return {
        (kind.name, name): length
        for kind in kinds
        for name, field in kind.fields.items()
        if (length := declared_length(field)) is not None
    }


def _wraps(kind: GraphQLType) -> int:
    """How many times "list of" and "not null" stand around the name."""
    found = 0
    while is_wrapping_type(kind):
        kind, found = kind.of_type, found + 1
    return found
