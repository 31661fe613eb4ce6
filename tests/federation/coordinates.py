"""A schema as data that two of them can be compared by: what it says, by schema coordinate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    is_introspection_type,
    is_specified_directive,
    is_specified_scalar_type,
)
from graphql.type import GraphQLArgument, GraphQLInputField, GraphQLInterfaceType

Coordinates: TypeAlias = Mapping[str, tuple[object, ...]]


def coordinates(schema: GraphQLSchema) -> Coordinates:
    """Everything that clients can see of a schema, but for the order it stands in."""
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    found: dict[str, tuple[object, ...]] = {"schema": (schema.description, *(root and root.name for root in roots))}
    for kind in schema.type_map.values():
        if not is_introspection_type(kind) and not is_specified_scalar_type(kind):
            found[kind.name] = (type(kind).__name__, kind.description, *_of_kind(kind))
            found |= dict(_inside(kind))
    for directive in schema.directives:
        if not is_specified_directive(directive):
            given = tuple((name, _given(argument)) for name, argument in sorted(directive.args.items()))
            found[f"@{directive.name}"] = (directive.description, directive.is_repeatable, directive.locations, given)
    return found


def around(coordinate: str) -> set[str]:
    """A coordinate, and those that it is a part of."""
    field = coordinate.partition("(")[0]
    return {coordinate, field, field.partition(".")[0].partition("=")[0]}


def difference(here: Coordinates, there: Coordinates) -> dict[str, list[str]]:
    """Where two schemas differ; empty where they are equal."""
    found = {
        "only here": sorted(here.keys() - there.keys()),
        "only there": sorted(there.keys() - here.keys()),
        "otherwise": sorted(name for name in here.keys() & there.keys() if here[name] != there[name]),
    }
    return {what: names for what, names in found.items() if names}


def _of_kind(kind: GraphQLNamedType) -> tuple[object, ...]:
    if isinstance(kind, GraphQLScalarType):
        return (kind.specified_by_url,)
    if isinstance(kind, GraphQLInputObjectType):
        return (kind.is_one_of,)
    return ()


def _inside(kind: GraphQLNamedType) -> Iterator[tuple[str, tuple[object, ...]]]:
    name = kind.name
    if isinstance(kind, GraphQLUnionType):
        yield from ((f"{name}={member.name}", ()) for member in kind.types)
    elif isinstance(kind, GraphQLEnumType):
        for value, told in kind.values.items():
            yield f"{name}.{value}", (told.description, told.deprecation_reason)
    elif isinstance(kind, GraphQLInputObjectType):
        for field, given in kind.fields.items():
            yield f"{name}.{field}", _given(given)
    elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        yield from ((f"{name}={interface.name}", ()) for interface in kind.interfaces)
        for field, read in kind.fields.items():
            yield f"{name}.{field}", (str(read.type), read.description, read.deprecation_reason)
            for argument, given in read.args.items():
                yield f"{name}.{field}({argument}:)", _given(given)


def _given(given: GraphQLArgument | GraphQLInputField) -> tuple[object, ...]:
    return str(given.type), given.description, repr(given.default_value), given.deprecation_reason
