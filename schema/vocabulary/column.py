"""Columns: the scalars of an entity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schema.vocabulary.scalar import Scalar


@dataclass(frozen=True)
class ColumnWord:
    """A column as it is declared; its name and type are the attribute's."""

    description: str
    order: bool = False
    natural_key: str | None = None
    name: str | None = None


def column(description: str, *, order: bool = False, natural_key: str | None = None, name: str | None = None) -> Any:
    """Declares the column that bears the attribute's name and annotation.

    `order` offers it in `orderBy` (an index led by operator_id stands behind it). `natural_key` names the lookup by
    it: "number" makes `ticketByNumber(number:)`; a natural key can be ordered by too. `name` is the GraphQL name
    where it is not the attribute's in camel case.
    """
    return ColumnWord(description, order, natural_key, name)


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

    @property
    def groupable(self) -> bool:
        """Whether rows can be grouped by it: one value, and not the row's own key."""
        return not self.array and self.scalar.name != "JSON" and self.name != "id"

    @property
    def number(self) -> bool:
        return self.scalar.number and not self.array

    @property
    def ordered(self) -> bool:
        return self.scalar.ordered and not self.array
