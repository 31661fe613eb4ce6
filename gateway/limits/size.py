"""How many items a list may have: by its arguments, as far as they tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from graphql import IntValueNode, ListValueNode, ValueNode, VariableNode

if TYPE_CHECKING:
    from gateway.settings import Settings

Values: TypeAlias = Mapping[str, Any]
"""What variables hold, as it was sent or as it stands in the document."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A number that no argument changes."""

    number: float

    def of(self, _values: Values) -> float:
        return self.number


@dataclass(frozen=True, slots=True)
class PageSize:
    """What `first` or `last` says; the default where they say nothing, or nothing that will be accepted."""

    asked: tuple[ValueNode, ...]
    default: int
    maximum: int

    def of(self, values: Values) -> float:
        """Not beyond the largest page, for what is beyond is refused by the page itself, in better words."""
        numbers = [plain(node, values) for node in self.asked]
        sizes = [number for number in numbers if isinstance(number, int | float) and not isinstance(number, bool)]
        return min(max([0, *sizes]), self.maximum) if sizes else self.default


@dataclass(frozen=True, slots=True)
class Length:
    """As many as a list names."""

    names: ValueNode

    def of(self, values: Values) -> float:
        found = plain(self.names, values)
        return len(found) if isinstance(found, list) else 1


def page_size(asked: tuple[ValueNode, ...], settings: Settings) -> PageSize:
    """The size of a page by its arguments `first` and `last`, as far as they are there."""
    return PageSize(asked, min(settings.page_default, settings.page_maximum), settings.page_maximum)


def plain(node: ValueNode | None, values: Values) -> Any:
    """A whole number or a list (of whatever) that a literal or a variable gives; None for all else."""
    match node:
        case VariableNode():
            return values.get(node.name.value)
        case IntValueNode():
            return float(node.value)
        case ListValueNode():
            return [None] * len(node.values)
        case _:
            return None
