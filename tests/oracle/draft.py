"""Drafts: operations while they are made and cut down, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A value of an enum."""

    text: str


@dataclass(frozen=True, slots=True)
class Var:
    """A variable where it is used."""

    name: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A cursor that an answer is to give before the operation is asked: of a field of a type, in an order.

    `place` says which one of those found; `edit` how it is spoilt, if it is.
    """

    kind: str
    field: str
    order: tuple[str, ...]
    place: int
    edit: int = 0


@dataclass(slots=True)
class Directive:
    """@skip or @include."""

    name: str
    condition: bool | Var


@dataclass(slots=True)
class Field:
    """A field as it is selected."""

    name: str
    alias: str | None = None
    arguments: dict[str, Any] = field(default_factory=dict)
    directives: list[Directive] = field(default_factory=list)
    selections: list[Selection] = field(default_factory=list)


@dataclass(slots=True)
class Inline:
    """An inline fragment."""

    on: str | None
    directives: list[Directive]
    selections: list[Selection]


@dataclass(slots=True)
class Spread:
    """A named fragment where it is spread."""

    name: str
    directives: list[Directive] = field(default_factory=list)


Selection: TypeAlias = Field | Inline | Spread


@dataclass(slots=True)
class Fragment:
    """A named fragment."""

    on: str
    selections: list[Selection]


@dataclass(slots=True)
class Variable:
    """A variable as it is declared; `default` is a list of one value, or of none where there is no default."""

    type: str
    default: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """An operation with what it may use, and the values of its variables: one set for each time it is asked."""

    selections: list[Selection]
    fragments: dict[str, Fragment]
    declared: dict[str, Variable]
    variables: list[dict[str, Any]]
    name: str | None = None
    company: bool = False
    """Whether the document has another operation beside it."""


def selection_lists(draft: Draft) -> Iterator[list[Selection]]:
    """Every list of selections, those of fragments among them, outer ones first."""
    waiting = [draft.selections, *(fragment.selections for fragment in draft.fragments.values())]
    while waiting:
        selections = waiting.pop(0)
        yield selections
        waiting += [each.selections for each in selections if not isinstance(each, Spread) and each.selections]


def fields(draft: Draft) -> Iterator[Field]:
    """Every field as it stands in the document."""
    for selections in selection_lists(draft):
        yield from (each for each in selections if isinstance(each, Field))
