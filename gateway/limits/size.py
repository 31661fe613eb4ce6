"""How many items a list may have: by its arguments, as far as they tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from graphql import IntValueNode, ListValueNode, ValueNode, VariableNode

if TYPE_CHECKING:
    from gateway.settings import Settings

Numbers: TypeAlias = Mapping[str, float | None]
"""What variables come to: numbers as they are, lists by their length, all else None."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A number that no argument changes."""

    number: float

    def of(self, _numbers: Numbers) -> float:
        return self.number


@dataclass(frozen=True, slots=True)
class PageSize:
    """What `first` or `last` says; the default where they say nothing, or nothing that will be accepted."""

    asked: tuple[ValueNode, ...]
    default: int
    maximum: int

    def of(self, numbers: Numbers) -> float:
        """Not beyond the largest page: what is beyond is refused by the page itself, in better words."""
        sizes = [size for node in self.asked if (size := literal_number(node, numbers)) is not None]
        return min(max([0, *sizes]), self.maximum) if sizes else self.default


@dataclass(frozen=True, slots=True)
class Length:
    """As many as a list names."""

    names: ValueNode

    def of(self, numbers: Numbers) -> float:
        length = literal_number(self.names, numbers)
        return 1 if length is None else length


def page_size(asked: tuple[ValueNode, ...], settings: Settings) -> PageSize:
    """The size of a page by its arguments `first` and `last`, as far as they are there."""
    return PageSize(asked, min(settings.page_default, settings.page_maximum), settings.page_maximum)


def literal_number(node: ValueNode | None, numbers: Numbers) -> float | None:
    """What a value in the document comes to."""
    match node:
        case VariableNode():
            return numbers.get(node.name.value)
        case IntValueNode():
            return float(node.value)
        case ListValueNode():
            return len(node.values)
        case _:
            return None


def json_number(value: object) -> float | None:
    """What a variable's value comes to, as it was sent."""
    if isinstance(value, list):
        return len(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
