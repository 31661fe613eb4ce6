"""Edits of one row: only what a client wrote changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any
from uuid import UUID

from resolvers.commands.contract.work import Work
from resolvers.planner.parameters import quote, table
from schema.vocabulary.given import OMITTED


def written(given: Any, *, besides: Collection[str]) -> dict[str, Any]:
    """What a client wrote, by attribute, in values that the database takes; but for what is `besides`."""
    values = {field.name: getattr(given, field.name) for field in fields(given) if field.name not in besides}
    return {
        name: value.value if isinstance(value, Enum) else value
        for name, value in values.items()
        if value is not OMITTED
    }


async def edit(work: Work, place: str, key: UUID, values: Mapping[str, Any], *, by: str = "id") -> None:
    """Writes the columns of the row whose `by` is the key. Names are attributes of a declaration, never of an input."""
    if values:
        columns = ", ".join(f"{quote(name)} = ${n}" for n, name in enumerate(values, start=2))
        await work.run(f"UPDATE {table(place)} SET {columns} WHERE {quote(by)} = $1", key, *values.values())  # noqa: S608 - names from declarations
