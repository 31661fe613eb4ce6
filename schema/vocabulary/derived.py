"""Derived fields: what PostgreSQL works out of a row by a function, or gathers for it by a view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schema.vocabulary.column import Column
from schema.vocabulary.edge import Link
from schema.vocabulary.result import Item

if TYPE_CHECKING:
    from schema.vocabulary.entity import Entity


@dataclass(frozen=True)
class DerivedWord:
    """A derived field as it is declared; its name and type are the attribute's."""

    description: str
    function: str
    of: str
    about: int | None
    name: str | None


def derived(
    description: str, *, function: str, of: str = "id", about: int | None = None, name: str | None = None
) -> Any:
    """Declares a field whose value a function of PostgreSQL works out of rows.

    The function takes an array of what rows have in the column `of`, and gives a table: that column first, then one
    for each attribute of the annotated record, or one of this attribute's own name. A record inside is a composite
    type, a list of records inside is jsonb. It tells what the viewer may know, whatever it is asked: it stands for a
    policy. `about` is how long a list is on average.
    """
    return DerivedWord(description, function, of, about, name)


@dataclass(frozen=True)
class MergedWord:
    """A merge as it is declared; `Many[A | B]` names the entities whose rows are merged."""

    description: str
    view: str
    by: str


def merged(description: str, *, view: str, by: str) -> Any:
    """Declares a connection over rows of several entities, in the order of a moment.

    The view has the column `by` with the id of the row that it is of, `at` with the moment, and `entity` and `id` of
    the merged row. It reads with the rights of who asks (security_invoker).
    """
    return MergedWord(description, view, by)


@dataclass(frozen=True, eq=False)
class Derived:
    """An assembled derived field: the function's columns are the item's."""

    item: Item
    function: str
    key: Column

    @property
    def link(self) -> Link:
        return Link(((self.key.name, self.key.name),))


@dataclass(frozen=True, eq=False)
class Merged:
    """An assembled merge. `view` is an entity of its own, beside the graph, whose rows only name others."""

    field: str
    description: str
    view: Entity
    link: Link
    entities: tuple[str, ...]
