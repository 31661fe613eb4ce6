"""Annotations of declarations: text, resolved by name when the graph is assembled, so that modules import no circle."""

from __future__ import annotations

import enum
import sys
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union, get_args, get_origin

from schema.vocabulary.edge import Many, One
from schema.vocabulary.scalar import SCALARS, Scalar, vocabulary


@dataclass(frozen=True)
class Annotated:
    """An attribute with its annotation and what it was assigned."""

    name: str
    annotation: object
    word: object


def annotated(cls: type, names: Mapping[str, type]) -> Iterator[Annotated | NameError]:
    """The attributes of a declaration, its own before its bases', the key first; NameError for what is misspelt."""
    for base in cls.__mro__:
        scope = vars(sys.modules[base.__module__])
        for name, text in vars(base).get("__annotations__", {}).items():
            if base is not cls and name in vars(cls):
                continue  # redeclared below
            try:
                annotation = eval(text, scope, dict(names))  # noqa: S307 - our own source, as get_type_hints does
            except NameError as error:
                yield NameError(f"{name}: {text}", name=error.name)
            else:
                yield Annotated(name, annotation, vars(base).get(name))


def without_none(annotation: object) -> tuple[object, bool]:
    """`X | None` → (X, True); `X` → (X, False)."""
    if get_origin(annotation) in (types.UnionType, Union):
        rest = [part for part in get_args(annotation) if part is not types.NoneType]
        if len(rest) == 1:
            return rest[0], True
    return annotation, False


def scalar_of(annotation: object) -> tuple[Scalar, bool, bool] | None:
    """A column's scalar, whether it may be null, whether it is a list; None for what no column can hold."""
    inner, nullable = without_none(annotation)
    array = get_origin(inner) is list
    element: Any = get_args(inner)[0] if array else inner
    if isinstance(element, type) and issubclass(element, enum.Enum):
        return vocabulary(element), nullable, array
    scalar = SCALARS.get(element)
    return (scalar, nullable, array) if scalar else None


def target_of(annotation: object) -> tuple[type, bool, bool] | None:
    """An edge's target class, whether the foreign key may be null, whether it leads to many; None for no edge."""
    if get_origin(annotation) not in (One, Many):
        return None
    inner, nullable = without_none(get_args(annotation)[0])
    return (inner, nullable, get_origin(annotation) is Many) if isinstance(inner, type) else None
