"""What a field is asked with, and what its arguments mean for what is selected below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    get_nullable_type,
)

from schema.supergraph.field import ReadField
from schema.supergraph.meaning import Meaning


@dataclass(frozen=True)
class Asked:
    """A field's arguments."""

    arguments: dict[str, Any]
    size: int | None = None
    """How long its list is, or those of its page."""
    keys: frozenset[str] | None = None
    """Of groups: the fields that can be asked of their keys."""
    likely: tuple[str, ...] = ()
    """Of lookups by id: the types that are found."""


def meaning(field: GraphQLField) -> Meaning | None:
    """What a field means; None for one that is an attribute of its parent."""
    definition = field.extensions.get("strawberry-definition")
    return definition.meaning if isinstance(definition, ReadField) else None


def item_of(kind: GraphQLInputType) -> GraphQLInputType | None:
    """The type of a list's items; None for what is no list."""
    listed = get_nullable_type(kind)
    return listed.of_type if isinstance(listed, GraphQLList) else None


def object_of(kind: GraphQLOutputType) -> GraphQLObjectType:
    named = get_named_type(kind)
    if not isinstance(named, GraphQLObjectType):
        raise TypeError(f"{named.name} is no object")
    return named


def enum_of(kind: GraphQLArgument | GraphQLInputType) -> GraphQLEnumType:
    named = get_named_type(kind.type if isinstance(kind, GraphQLArgument) else kind)
    if not isinstance(named, GraphQLEnumType):
        raise TypeError(f"{named.name} is no enum")
    return named
