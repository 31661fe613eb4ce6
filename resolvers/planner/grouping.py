"""The arguments of groups."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any

from resolvers.bad_input import BadInput
from resolvers.planner.slots import settled
from resolvers.zones import find_zone
from schema.supergraph.aggregates import group_columns
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity


def group_keys(entity: Entity, names: Sequence[Enum]) -> tuple[Column, ...]:
    """The columns to group by.

    Raises:
        BadInput: when there is none.
    """
    if not names:
        raise BadInput(
            f"groups.by is empty. Name what rows of {entity.name} should have in common, or ask for aggregate."
        )
    known = group_columns(entity)
    return tuple(dict.fromkeys(known[name.value] for name in names))


def refuse_ungrouped(column: Column, by: Sequence[Column]) -> None:
    """Raises `BadInput` when groups do not have the column in common."""
    if column not in by:
        names = ", ".join(other.field for other in by)
        raise BadInput(f"groups.key asks for {column.field}, but rows are grouped by {names}. Add it to `by`.")


def time_zone(name: Any) -> Any:
    """The name of a zone, or its slot.

    Raises:
        BadInput: when there is no such zone.
    """
    return settled(name, _zone)


def _zone(name: str) -> str:
    if find_zone(name) is None:
        raise BadInput(f"groups.timeZone: {name[:100]!r} is no time zone. Use an IANA name, as America/Denver.")
    return name
