"""Edges: how an entity's rows lead to others. An edge stands where its foreign key is, and names its way back."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from schema.vocabulary.role import ViewerRole

if TYPE_CHECKING:
    from schema.vocabulary.entity import Entity

T = TypeVar("T")


class One(Generic[T]):
    """Annotates an edge to one row; `One[X | None]` where the foreign key may be null."""


class Many(Generic[T]):
    """Annotates an edge to many rows."""


@dataclass(frozen=True)
class Reverse:
    """The way back of a foreign key, as the other entity shows it."""

    name: str
    description: str
    many: bool


def many(name: str, description: str) -> Reverse:
    """The way back leads to many rows: a connection."""
    return Reverse(name, description, many=True)


def single(name: str, description: str) -> Reverse:
    """The way back leads to one row at most: the foreign key is unique."""
    return Reverse(name, description, many=False)


@dataclass(frozen=True)
class Through:
    """A join table on a path: `own` is its column with this row's column of the same name, `target` the one that
    holds the other row's id."""

    table: str
    own: str
    target: str


@dataclass(frozen=True)
class Link:
    """How rows of two tables belong together: equal columns (own, other), and a join table where there is one."""

    pairs: tuple[tuple[str, str], ...]
    through: Through | None = None

    @property
    def own(self) -> tuple[str, ...]:
        """The columns of this side that the link reads, in the order of its keys."""
        return tuple(own for own, _ in self.pairs) + ((self.through.own,) if self.through else ())

    @property
    def back(self) -> Link:
        return Link(tuple((other, own) for own, other in self.pairs))


@dataclass(frozen=True)
class OneWord:
    """An edge to one row as it is declared."""

    columns: tuple[str, ...]
    to: tuple[str, ...]
    description: str
    reverse: Reverse
    name: str | None
    hidden_from: frozenset[ViewerRole]


def one(
    columns: str | tuple[str, ...],
    description: str,
    *,
    reverse: Reverse,
    to: str | tuple[str, ...] = "id",
    name: str | None = None,
    hidden_from: Set[ViewerRole] = frozenset(),
) -> Any:
    """Declares the edge of a foreign key from `columns` to the other table's `to`.

    The key's columns become fields of their own (`property_id` is `propertyId`), unless they are declared as columns.
    `name` is the GraphQL name where it is not the attribute's in camel case. For the roles in `hidden_from` there is
    neither the edge nor its key nor its way back.
    """
    own = (columns,) if isinstance(columns, str) else columns
    return OneWord(own, (to,) if isinstance(to, str) else to, description, reverse, name, frozenset(hidden_from))


@dataclass(frozen=True)
class PathWord:
    """An edge that is more than one foreign key, as it is declared."""

    on: tuple[str, ...]
    through: Through
    description: str
    name: str | None


def path(description: str, *, on: tuple[str, ...], through: Through, name: str | None = None) -> Any:
    """Declares an edge to the rows that equal this one in the columns `on` and stand beside it in a join table."""
    return PathWord(on, through, description, name)


@dataclass(frozen=True, eq=False)
class Edge:
    """An edge of an assembled entity. `domain` owns it: the one whose table holds the foreign key or path."""

    field: str
    source: Entity
    target: Entity
    link: Link
    many: bool
    nullable: bool
    description: str
    domain: str
    forward: bool
    hidden_from: frozenset[ViewerRole] = frozenset()
