"""What a command's payload tells: rows of the graph, values, records of values, and what came of each row of a list."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field
from typing import Any, TypeAlias, TypeVar, dataclass_transform

from schema.vocabulary.scalar import Scalar

T = TypeVar("T")

_ATTRIBUTE = "__record__"
_WORD = "told"


@dataclass(frozen=True)
class ToldWord:
    """A result, or a value of a record, as it is declared."""

    description: str
    kind: object = None
    name: str | None = None
    of: str | None = None
    about: int | None = None


def told(
    description: str,
    kind: object = None,
    *,
    default: Any = MISSING,
    name: str | None = None,
    kw_only: Any = MISSING,
    of: str | None = None,
    about: int | None = None,
) -> Any:
    """Describes a value: of a record by `name: type = told("…")`, of `gives` by `told("…", type)`.

    In `gives`, the kind is an entity's name ("Ticket"), several rows of it (["Ticket"]), or a Python type. `name` is
    the GraphQL name where it is not the attribute's in camel case. In a record that a function derives, `of` makes the
    id of an entity's row that row, as far as the viewer sees it, and `about` says how long a list is on average.
    """
    if kind is not None:
        return ToldWord(description, kind, name)
    return field(default=default, kw_only=kw_only, metadata={_WORD: ToldWord(description, None, name, of, about)})


@dataclass(frozen=True)
class EachWord:
    """What came of each row of a list, as it is declared."""

    entity: str
    description: str


def each(description: str, entity: str) -> EachWord:
    """In `gives`: for each id of a list, in its order, the row and why nothing was done with it."""
    return EachWord(entity, description)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(told,))
def record(cls: type[T]) -> type[T]:
    """Makes a class an object type of values that are not a row. Its docstring is the description."""
    setattr(cls, _ATTRIBUTE, True)
    return dataclass(frozen=True, kw_only=True)(cls)


def is_record(kind: object) -> bool:
    return isinstance(kind, type) and vars(kind).get(_ATTRIBUTE) is True


def told_words(cls: type) -> dict[str, ToldWord]:
    """The descriptions of a record's values by attribute, those of its bases among them."""
    fields: dict[str, Any] = getattr(cls, "__dataclass_fields__", {})
    return {name: item.metadata[_WORD] for name, item in fields.items() if _WORD in item.metadata}


@dataclass(frozen=True)
class Record:
    """An assembled record: the same wherever its class was read."""

    cls: type
    name: str = field(compare=False)
    description: str = field(compare=False)
    items: tuple[Item, ...] = field(compare=False)


@dataclass(frozen=True, eq=False)
class Item:
    """An assembled value: of a scalar or a record. `name` is Python's, `field` GraphQL's."""

    name: str
    field: str
    description: str
    scalar: Scalar | None
    record: Record | None
    many: bool
    nullable: bool
    of: str | None = None
    about: int | None = None


@dataclass(frozen=True, eq=False)
class RowResult:
    """A result that is a row of an entity, or several."""

    name: str
    field: str
    description: str
    entity: str
    many: bool


@dataclass(frozen=True, eq=False)
class EachResult:
    """A result for each row of a list: its id, the row, and its own problems."""

    name: str
    field: str
    description: str
    key: Item
    row: RowResult


Result: TypeAlias = RowResult | Item | EachResult
