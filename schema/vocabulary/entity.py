"""Entities: what the graph is made of. Each is bound to a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from schema.vocabulary.column import Column
from schema.vocabulary.derived import Derived, Merged
from schema.vocabulary.edge import Edge
from schema.vocabulary.sight import Sight

C = TypeVar("C", bound=type)

_ATTRIBUTE = "__entity__"


@dataclass(frozen=True)
class EntityWord:
    """An entity as it is declared, beside its class."""

    table: str
    plural: str | None
    search: bool
    sight: tuple[Sight, ...]


def entity(
    table: str, *, plural: str | None = None, search: bool = False, sight: Sequence[Sight] = ()
) -> Callable[[C], C]:
    """Binds a class to a table; its docstring is the type's description.

    `plural` names its connection where that is not the table's name in camel case; `search` lets the text search
    find it, by the table's column search_document. `sight` says which rows outsiders see: none if it says nothing.
    """

    def bind(cls: C) -> C:
        setattr(cls, _ATTRIBUTE, EntityWord(table, plural, search, tuple(sight)))
        return cls

    return bind


def declared(cls: type) -> EntityWord | None:
    """What `@entity` said of this very class, not of a base."""
    word = vars(cls).get(_ATTRIBUTE)
    return word if isinstance(word, EntityWord) else None


@dataclass(frozen=True, eq=False)
class Entity:
    """An assembled entity: its columns by PostgreSQL's name, its edges and derived fields by GraphQL's."""

    name: str
    table: str
    singular: str
    plural: str
    description: str
    search: bool
    sight: tuple[Sight, ...] = ()
    columns: dict[str, Column] = field(default_factory=dict, repr=False)
    edges: dict[str, Edge] = field(default_factory=dict, repr=False)
    derived: dict[str, Derived | Merged] = field(default_factory=dict, repr=False)
    whole: bool = True
    """False in a slice of another domain: only its key is known there, and the edges that the slice's domain owns."""

    @property
    def domain(self) -> str:
        return self.table.partition(".")[0]

    @property
    def owned(self) -> bool:
        """Whether its rows belong to an operator; areas and workflows are shared by all."""
        return "operator_id" in self.columns

    @property
    def natural_keys(self) -> list[Column]:
        return [column for column in self.columns.values() if column.natural_key]

    @property
    def orders(self) -> list[Column]:
        """What its rows can be ordered by, beside their ids."""
        return [column for column in self.columns.values() if column.order or column.natural_key]

    def column_of(self, field: str) -> Column | None:
        """The column with this GraphQL name."""
        return next((column for column in self.columns.values() if column.field == field), None)
