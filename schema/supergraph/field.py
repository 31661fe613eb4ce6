"""Fields that bear their meaning and leave the reading to the context's reader."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from schema.supergraph.meaning import Meaning


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


def argument(name: str, annotation: Any, description: str, default: object = strawberry.UNSET) -> StrawberryArgument:
    return StrawberryArgument(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(annotation),
        description=description,
        default=default,
    )
