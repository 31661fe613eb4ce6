"""Answers: the JSON that an operation is to give, as frozen data over plans of what is read for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from resolvers.planner.plan import Derivation, Figures, Found, Groups, Located, Predicate, Rows
from resolvers.planner.slots import Slot
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity
from schema.vocabulary.result import Item
from schema.vocabulary.scalar import Scalar


@dataclass(frozen=True)
class Typename:
    """The name of the type at hand."""

    name: str


@dataclass(frozen=True)
class Cell:
    """A column of the entity's row at hand; behind its mask, where it has one."""

    column: Column


@dataclass(frozen=True)
class Told:
    """What a plan or a function tells beside rows, by the name that it prints."""

    name: str
    scalar: Scalar
    many: bool = False


@dataclass(frozen=True)
class Entry:
    """A member of an object, by its key in the response."""

    key: str
    value: Value


@dataclass(frozen=True)
class Shape:
    """An object over the row at hand; over a composite value in it, where `inside` names one."""

    entries: tuple[Entry, ...]
    inside: str | None = None


@dataclass(frozen=True)
class One:
    """The row that a plan finds, or null. `sure` says that it finds no two."""

    rows: Rows
    shape: Shape
    sure: bool


@dataclass(frozen=True)
class Choice:
    """The row that another names by entity and id: one of these, by the entity's name."""

    ways: Mapping[str, One]


class PageFact(Enum):
    """What a page tells of itself."""

    HAS_NEXT = "hasNextPage"
    HAS_PREVIOUS = "hasPreviousPage"
    START = "startCursor"
    END = "endCursor"


class RowFact(Enum):
    """What an edge tells of its row beside the row."""

    CURSOR = "cursor"


@dataclass(frozen=True)
class Nodes:
    """The rows of a page."""

    node: Shape | Choice


@dataclass(frozen=True)
class Edges:
    """The rows of a page in objects with what else their edges tell."""

    shape: Shape


@dataclass(frozen=True)
class Connection:
    """A page of rows, and figures over all pages.

    `rows` has no limit: `size` is how many rows the page has, and one more is read where it tells whether there are
    more. A backward page is read in the reversed order. `bounded`: whether something lies between the page and where
    it is read from.
    """

    rows: Rows
    size: int | Slot
    backward: bool
    bounded: bool | Slot
    shape: Shape


@dataclass(frozen=True)
class Figured:
    """Figures of rows: an object over them, or one of them."""

    figures: Figures
    value: Shape | Told


@dataclass(frozen=True)
class Grouped:
    """A list of objects over groups of rows."""

    groups: Groups
    shape: Shape


@dataclass(frozen=True)
class Derived:
    """What a function works out of the row at hand: objects, or values where there is no shape."""

    derivation: Derivation
    value: Shape | Told


@dataclass(frozen=True)
class Listed:
    """A list of objects from a list of records within the record at hand."""

    item: Item
    shape: Shape


@dataclass(frozen=True)
class Nodewise:
    """The rows with some ids, in their order, null where there is none; of the first only, where `single`."""

    located: Located
    ways: Mapping[str, One]
    single: bool


@dataclass(frozen=True)
class Reference:
    """The rows of an entity with some values of one of its keys."""

    entity: Entity
    key: Column
    keys: Slot
    where: Predicate
    shape: Shape


@dataclass(frozen=True)
class References:
    """The rows that `names` and `keys` name, in their order, null where there is none: each by one of the ways."""

    names: Slot
    keys: Slot
    ways: Mapping[str, Reference]


@dataclass(frozen=True)
class Named:
    """The rows of one entity with some ids, in their order; the first one or null, where `single`."""

    ids: Slot
    rows: Rows
    shape: Shape
    single: bool


@dataclass(frozen=True)
class Hits:
    """What a text finds, the best first."""

    found: Found
    shape: Shape


@dataclass(frozen=True)
class Constants:
    """An object over values that stand in no table, by name, with the PostgreSQL types of their parameters."""

    values: Mapping[str, tuple[Any, str]]
    shape: Shape


Value: TypeAlias = (
    Typename
    | Cell
    | Told
    | Shape
    | One
    | Choice
    | PageFact
    | RowFact
    | Nodes
    | Edges
    | Connection
    | Figured
    | Grouped
    | Derived
    | Listed
    | Nodewise
    | References
    | Named
    | Hits
    | Constants
)
