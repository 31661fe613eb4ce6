"""Objects from selected fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from resolvers.planner.answer import Entry, Shape, Typename, Value
from resolvers.planner.declined import Declined
from resolvers.planner.selection.fields import Field
from schema.supergraph.field import meaning_of
from schema.supergraph.meaning import Meaning

_LONGEST_KEY = 63
"""PostgreSQL cuts longer names of columns, which the keys of objects are while they are made."""


def shaped(fields: Sequence[Field], value: Callable[[Field], Value], inside: str | None = None) -> Shape:
    """The object with the fields' keys and what `value` makes of each.

    Raises:
        Declined: where a key is too long.
    """
    return Shape(tuple(_entry(field, value) for field in fields), inside)


def meaning(field: Field) -> Meaning | str:
    """What the field means: its meaning, or the attribute that it is of what its parent gave."""
    if field.definition is None:
        raise TypeError("__typename means nothing but itself")
    return meaning_of(field.definition)


def attribute(field: Field) -> str:
    """The attribute that a field is of what its parent gave."""
    found = meaning(field)
    if not isinstance(found, str):
        raise unplanned(field)
    return found


def unplanned(field: Field) -> Declined:
    return Declined(field.coordinate, "nobody has planned it")


def _entry(field: Field, value: Callable[[Field], Value]) -> Entry:
    if len(field.key) > _LONGEST_KEY:
        raise Declined(field.coordinate, f"its alias is longer than {_LONGEST_KEY} characters")
    return Entry(field.key, Typename(field.parent) if field.definition is None else value(field))
