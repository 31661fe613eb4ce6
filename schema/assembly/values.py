"""The shapes of values in commands: what their annotations say."""

from __future__ import annotations

import enum
import types
from dataclasses import dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from schema.assembly.mistakes import Mistakes
from schema.vocabulary.given import Omitted
from schema.vocabulary.scalar import SCALARS, Scalar, vocabulary


@dataclass(frozen=True)
class Shape:
    """One value or a list: of a scalar, or of `cls`, which is no scalar."""

    scalar: Scalar | None
    cls: Any
    many: bool
    nullable: bool
    omittable: bool


def hints(cls: type, mistakes: Mistakes) -> dict[str, Any]:
    """The annotations of a class, evaluated where it was written."""
    try:
        return get_type_hints(cls)
    except NameError as error:
        fix = "Import it where it is declared, not for annotations alone"
        mistakes.add(cls.__name__, f"its annotations name {error.name}, which is not there", fix)
        return {}


def shape_of(annotation: Any) -> Shape:
    """What `X`, `list[X]`, `X | None`, `X | Omitted` and their mixtures mean."""
    parts = get_args(annotation) if get_origin(annotation) in (types.UnionType, Union) else (annotation,)
    rest = [part for part in parts if part not in (types.NoneType, Omitted)]
    inner = rest[0] if len(rest) == 1 else annotation
    many = get_origin(inner) in (list, tuple)
    element = get_args(inner)[0] if many else inner
    if isinstance(element, type) and issubclass(element, enum.Enum):
        scalar: Scalar | None = vocabulary(element)
    else:
        scalar = SCALARS.get(element)
    return Shape(scalar, element, many, types.NoneType in parts, Omitted in parts)
