"""Selections of all that a type has, so many levels deep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

if TYPE_CHECKING:
    from graphql import GraphQLNamedType

_FIGURES = {"aggregate", "groups"}


def selection(type_: GraphQLNamedType, levels: int, *, figures: bool = False, prefix: str = "") -> str:
    """The type's fields, and below them those of as many levels of objects; `prefix` sets their keys apart.

    `figures` asks for aggregates and groups on the first level; they would be most of all that is asked for.
    """
    if isinstance(type_, GraphQLUnionType):
        members = (
            f"... on {member.name} {selection(member, levels, prefix=f'{member.name}_')}" for member in type_.types
        )
        return f"{{ __typename {' '.join(members)} }}"
    assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType), type_
    fields = [
        f"{f'{prefix}{name}: ' if prefix else ''}{name}{_arguments(field)}{below}"
        for name, field in type_.fields.items()
        if (below := _below(name, field, levels, figures=figures)) is not None
    ]
    return f"{{ __typename {' '.join(fields)} }}"


def _below(name: str, field: GraphQLField, levels: int, *, figures: bool) -> str | None:
    """The selection of the field's own fields; None where the field is left out."""
    inner = get_named_type(field.type)
    if is_leaf_type(inner):
        return ""
    if levels == 0 or (name in _FIGURES and not figures):
        return None
    return " " + selection(inner, levels - 1)


def _arguments(field: GraphQLField) -> str:
    """Two rows of each list; what must be given is a list of names, of which all are given."""
    given = ["first: 2"] if "first" in field.args else []
    for name, argument in field.args.items():
        if is_required_argument(argument):
            kind = get_named_type(argument.type)
            assert isinstance(kind, GraphQLEnumType), (name, kind)
            given.append(f"{name}: [{', '.join(kind.values)}]")
    return f"({', '.join(given)})" if given else ""
