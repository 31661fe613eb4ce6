"""Strawberry types made at run time, by the definition that Strawberry's decorators make too.

The decorators would also turn each class into a dataclass, which nobody needs here and which takes half a second for
a graph of this size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import strawberry
from strawberry.types.base import StrawberryObjectDefinition, has_strawberry_definition
from strawberry.types.field import StrawberryField


def define_object(
    cls: Any, description: str, fields: Sequence[StrawberryField], interfaces: Sequence[type] = ()
) -> Any:
    """Makes the class an object type of its own name."""
    return _define(cls, description, fields, interfaces)


def define_input(cls: Any, description: str, fields: Sequence[StrawberryField]) -> Any:
    """Makes the class an input type of its own name; its values stay the mappings that GraphQL delivers."""
    return _define(cls, description, fields, (), is_input=True)


def define_interface(cls: Any, description: str, fields: Sequence[StrawberryField]) -> Any:
    """Makes the class an interface of its own name; instances of classes below it tell their types."""
    return _define(cls, description, fields, (), is_interface=True)


def new_object(name: str, description: str, fields: Sequence[StrawberryField]) -> Any:
    """An object type on a new class."""
    return define_object(type(name, (), {}), description, fields)


def define_enum(kind: Any, description: str) -> Any:
    """Makes a Python enum a GraphQL enum; once is enough for all schemas."""
    if not has_strawberry_definition(kind):
        strawberry.enum(kind, description=description)
    return kind


def define_vocabulary(kind: type[Enum]) -> Any:
    """Makes a closed vocabulary a GraphQL enum, described by its docstring."""
    return define_enum(kind, " ".join((kind.__doc__ or "").split()))


def new_enum(name: str, description: str, values: Mapping[str, tuple[object, str]]) -> Any:
    """A GraphQL enum with a Python value and a description for each name."""
    members: Any = {key: strawberry.enum_value(value, description=words) for key, (value, words) in values.items()}
    kind: Any = Enum(name, members)  # type: ignore[misc] # the name is known at run time only
    return strawberry.enum(kind, description=description)


def list_of(annotation: Any) -> Any:
    """A list of what is known at run time only."""
    return list[annotation]


def _define(
    cls: Any,
    description: str,
    fields: Sequence[StrawberryField],
    interfaces: Sequence[Any],
    *,
    is_input: bool = False,
    is_interface: bool = False,
) -> Any:
    for field in fields:
        field.origin = cls
    cls.__strawberry_definition__ = StrawberryObjectDefinition(
        name=cls.__name__,
        is_input=is_input,
        is_interface=is_interface,
        origin=cls,
        description=description,
        interfaces=[interface.__strawberry_definition__ for interface in interfaces],
        extend=False,
        directives=(),
        is_type_of=None,
        resolve_type=None,
        fields=list(fields),
        from_input=_mapping if is_input else None,
    )
    return cls


def _mapping(cls: type, value: Mapping[str, Any], context: object) -> Mapping[str, Any]:  # noqa: ARG001 - Strawberry's signature
    return value
