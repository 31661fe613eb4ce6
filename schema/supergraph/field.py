"""Fields that bear their meaning and leave the reading to the context's reader."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import strawberry
from graphql import GraphQLField
from strawberry.annotation import StrawberryAnnotation
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from schema.supergraph.meaning import Meaning

_ABOUT = "about"


class ReadField(StrawberryField):
    """A field whose value the request's reader finds by its meaning."""

    meaning: Meaning

    @property
    def is_basic_field(self) -> bool:
        return False

    def get_result(self, source: Any, info: Any, args: Any, kwargs: Any) -> Any:  # noqa: ARG002 - Strawberry's signature
        raw = info._raw_info
        return raw.context.reader.read(self.meaning, source, raw, kwargs)


def read_field(
    meaning: Meaning, name: str, annotation: Any, description: str, arguments: list[StrawberryArgument] | None = None
) -> StrawberryField:
    """A field that is read by its meaning; `name` is the GraphQL name."""
    field = ReadField(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(annotation),
        description=description,
    )
    field.meaning = meaning
    field.arguments = arguments or []
    return field


def plain_field(python_name: str, name: str, annotation: Any, description: str) -> StrawberryField:
    """A field that is an attribute of what its parent gave."""
    return StrawberryField(
        python_name=python_name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(annotation),
        description=description,
    )


def of_length(field: StrawberryField, about: int | None) -> StrawberryField:
    """The field, whose list is about so long."""
    if about is not None:
        field.metadata = MappingProxyType({**field.metadata, _ABOUT: about})
    return field


def declared_length(field: GraphQLField) -> int | None:
    """How long the field's list is on average, where that was declared."""
    definition = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return definition.metadata.get(_ABOUT) if isinstance(definition, StrawberryField) else None


def argument(name: str, annotation: Any, description: str, default: object = strawberry.UNSET) -> StrawberryArgument:
    return StrawberryArgument(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(annotation),
        description=description,
        default=default,
    )


def meaning_of(field: GraphQLField) -> Meaning | str:
    """What a field of a schema means: its meaning, or the attribute that it is of what its parent gave."""
    definition = field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
    return definition.meaning if isinstance(definition, ReadField) else str(definition.python_name)
