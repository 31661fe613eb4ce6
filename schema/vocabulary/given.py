"""What a client gives a command: the values of its input, each with its rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field
from enum import Enum
from typing import Any, Final, TypeVar, dataclass_transform

from schema.vocabulary.scalar import Scalar

T = TypeVar("T")

_ATTRIBUTE = "__part__"
_WORD = "given"


class Omitted(Enum):
    """What stands for a value that was not written at all, which is not null."""

    OMITTED = "omitted"


OMITTED: Final = Omitted.OMITTED


@dataclass(frozen=True)
class GivenWord:
    """A value as it is declared."""

    description: str
    of: str | None
    longest: int
    lines: bool
    least: int | None
    most: int | None
    most_items: int


def given(
    description: str,
    *,
    default: Any = MISSING,
    of: str | None = None,
    longest: int = 500,
    lines: bool = False,
    least: int | None = None,
    most: int | None = None,
    most_items: int = 100,
) -> Any:
    """Declares the value that bears the attribute's name and annotation.

    `default` makes it optional: a value, None, or OMITTED where leaving it out differs from null. `of` names the
    entity whose id it is: the viewer must see the row. Text has at most `longest` characters and only with `lines`
    several lines; JSON at most `longest` bytes. Numbers lie between `least` and `most`; a BigInt is an amount of
    money unless it says otherwise: 0 to 10¹² cents. A list has at most `most_items`.
    """
    word = GivenWord(description, of, longest, lines, least, most, most_items)
    if isinstance(default, list):
        return field(default_factory=lambda: list(default), metadata={_WORD: word})
    return field(default=default, metadata={_WORD: word})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(given,))
def part(cls: type[T]) -> type[T]:
    """Makes a class an input object inside of inputs: `SlotPart` for a class Slot. Its docstring is the description."""
    setattr(cls, _ATTRIBUTE, True)
    return dataclass(frozen=True, kw_only=True)(cls)


def is_part(kind: object) -> bool:
    return isinstance(kind, type) and vars(kind).get(_ATTRIBUTE) is True


def words(cls: type) -> dict[str, tuple[GivenWord, Any, Callable[[], Any] | None]]:
    """The words of a command or part by attribute, each with its default and the maker of its default."""
    fields: dict[str, Any] = getattr(cls, "__dataclass_fields__", {})
    found = {name: (item.metadata.get(_WORD), item.default, item.default_factory) for name, item in fields.items()}
    return {
        name: (word, default, None if maker is MISSING else maker)
        for name, (word, default, maker) in found.items()
        if isinstance(word, GivenWord)
    }


@dataclass(frozen=True, eq=False)
class Part:
    """An assembled input object inside of inputs."""

    cls: type
    name: str
    description: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True, eq=False)
class Input:
    """An assembled value: of a scalar or a part. `name` is Python's, `field` GraphQL's."""

    name: str
    field: str
    word: GivenWord
    scalar: Scalar | None
    part: Part | None
    many: bool
    nullable: bool
    """Whether null may be written."""
    default: Callable[[], Any] | None
    """What it is where nothing was written; None where something must be."""

    @property
    def optional(self) -> bool:
        return self.nullable or self.default is not None
