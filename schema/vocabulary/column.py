"""Columns: the scalars of an entity."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from typing import Any

from schema.vocabulary.role import ViewerRole
from schema.vocabulary.scalar import Scalar
from schema.vocabulary.sight import Mask


@dataclass(frozen=True)
class ColumnWord:
    """A column as it is declared; its name and type are the attribute's."""

    description: str
    order: bool = False
    natural_key: str | None = None
    name: str | None = None
    hidden_from: frozenset[ViewerRole] = frozenset()
    mask: Mask | None = None


def column(
    description: str,
    *,
    order: bool = False,
    natural_key: str | None = None,
    name: str | None = None,
    hidden_from: Set[ViewerRole] = frozenset(),
    mask: Mask | None = None,
) -> Any:
    """Declares the column that bears the attribute's name and annotation.

    `order` offers it in `orderBy` (an index led by operator_id stands behind it). `natural_key` names the lookup by
    it: "number" makes `ticketByNumber(number:)`; a natural key can be ordered by too. `name` is the GraphQL name
    where it is not the attribute's in camel case. Outsiders who see the row see the column too, but for the roles in
    `hidden_from`, to whom it does not exist, and those of the `mask`, to whom it is empty in most rows.
    """
    return ColumnWord(description, order, natural_key, name, frozenset(hidden_from), mask)


@dataclass(frozen=True, eq=False)
class Column:
    """A column of an assembled entity. `name` is PostgreSQL's, `field` GraphQL's."""

    name: str
    field: str
    scalar: Scalar
    nullable: bool
    array: bool
    description: str
    order: bool
    natural_key: str | None
    hidden_from: frozenset[ViewerRole] = frozenset()
    mask: Mask | None = None

    masked: bool = False
    """Whether the mask is on: in the graph of a role that it is meant for."""

    def as_seen_by(self, role: ViewerRole) -> Column:
        """The column in the role's graph; masked it may be empty, and can neither be ordered by nor looked up."""
        if self.mask is None or role not in self.mask.by:
            return self
        return replace(self, masked=True, nullable=True, order=False, natural_key=None)

    @property
    def comparable(self) -> bool:
        """Whether it may be filtered, grouped and reckoned with: a mask would be no mask if it might."""
        return not self.masked

    @property
    def groupable(self) -> bool:
        """Whether rows can be grouped by it: one value, and not the row's own key."""
        return self.comparable and not self.array and self.scalar.name != "JSON" and self.name != "id"

    @property
    def number(self) -> bool:
        return self.scalar.number and not self.array

    @property
    def ordered(self) -> bool:
        return self.scalar.ordered and not self.array
