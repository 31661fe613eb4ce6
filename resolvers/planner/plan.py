"""Plans: what is to be read, as frozen data. One module prints them as SQL; loaders and the planner make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from resolvers.planner.slots import Slot
from schema.supergraph.aggregates import GroupOrder, Measure, TimeBucket
from schema.supergraph.comparisons import Operator
from schema.supergraph.orders import Order
from schema.vocabulary.column import Column
from schema.vocabulary.derived import Derived
from schema.vocabulary.edge import Edge, Link
from schema.vocabulary.entity import Entity


@dataclass(frozen=True)
class Compare:
    """A column against a value; the value is a parameter, of the column's scalar or a list of it."""

    column: Column
    operator: Operator
    value: Any


@dataclass(frozen=True)
class All:
    """Every part holds; none at all is true."""

    parts: tuple[Predicate, ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds; none at all is false."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold; what is unknown does not hold."""

    part: Predicate


class Quantifier(Enum):
    """How many of the related rows must be so."""

    SOME = "some"
    NONE = "none"
    EVERY = "every"


@dataclass(frozen=True)
class Related:
    """What holds of the rows that an edge leads to."""

    edge: Edge
    quantifier: Quantifier
    part: Predicate


@dataclass(frozen=True)
class Beyond:
    """The row comes behind a position in an order: one value for each key, in the scalars' own Python types."""

    order: tuple[Order, ...]
    position: tuple[Any, ...]


@dataclass(frozen=True)
class Among:
    """The column stands in a set of the viewer's: row-level security says so anyway, but an index can start from it."""

    column: Column
    among: str


Predicate: TypeAlias = Compare | All | AnyOf | Not | Related | Beyond | Among


@dataclass(frozen=True)
class Parents:
    """The rows that children are read for: n keys, each with a value for every own column of the link."""

    link: Link
    keys: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Outer:
    """The one row that children are read for: the one at hand in the statement around."""

    link: Link


@dataclass(frozen=True)
class Rows:
    """Rows of an entity in an order: `limit` of them behind `offset`, for each parent where there are parents.

    Prints `columns` by their names, `_parent` (the parent's index, from 0) and `_cursor` where they are asked for.
    `order` ends with a unique key whenever there is a limit.
    """

    entity: Entity
    columns: tuple[Column, ...]
    where: Predicate = All()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int | Slot = 0
    parents: Parents | Outer | None = None
    cursor: str | None = None
    """The signature that cursors bear: the names of the order as the client asked for it."""


@dataclass(frozen=True)
class Figures:
    """The count of rows and measures over them: one row, for each parent where there are parents.

    Prints `count` and the measures as `m0`, `m1` and so on.
    """

    entity: Entity
    measures: tuple[Measure, ...] = ()
    where: Predicate = All()
    parents: Parents | Outer | None = None


@dataclass(frozen=True)
class Groups:
    """The same by groups of rows that are equal in `by`: at most `limit`, for each parent where there are parents.

    Prints the columns of `by` by their names, `count`, the measures, and `_o`, their place in the order.
    """

    entity: Entity
    by: tuple[Column, ...]
    bucket: TimeBucket | None
    time_zone: str | Slot
    measures: tuple[Measure, ...]
    order: GroupOrder
    limit: int | Slot
    where: Predicate = All()
    parents: Parents | Outer | None = None


@dataclass(frozen=True)
class Derivation:
    """What a function works out of rows, of which `parents` has the keys.

    Prints `_parent` and the columns of the function's record; those of a record inside by their path, `cost.since`.
    """

    derived: Derived
    parents: Parents | Outer


@dataclass(frozen=True)
class Located:
    """Which entity each id belongs to: prints `entity` and `id`, one probe for each table."""

    entities: tuple[tuple[Entity, Predicate], ...]
    ids: Sequence[Any] | Slot


@dataclass(frozen=True)
class Found:
    """The rows that fit a text best: prints `entity`, `id` and `rank` (0 to 1), the best first.

    The database's search functions apply the viewer's rights by themselves.
    """

    entities: tuple[Entity, ...]
    text: str | Slot
    limit: int | Slot


Plan: TypeAlias = Rows | Figures | Groups | Derivation | Located | Found
