"""Whether rows are what their events tell: no change without its event, no event without its change."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any
from uuid import UUID

from db.pool import Connection
from tests.lifecycle.ledger import Row, rows, tables, told

_EVENTS = """
SELECT entity_id, event_type, details::text AS details FROM audit.events
WHERE entity = ANY ($1::text[]) ORDER BY sequence
"""
_OWN = {"id", "operator_id", "created_at"}
"""What an event need not tell: the row keeps it from its first moment on."""


class History:
    """A row as its events tell it, one after the other."""

    def __init__(self) -> None:
        self.values: Row = {}
        self.versions: list[int] = []
        self.there = False
        self.gaps: list[str] = []

    def hear(self, event: str, details: dict[str, Any]) -> None:
        before, after = details.get("before") or {}, details.get("after") or {}
        untold = {name: value for name, value in before.items() if self.values.get(name) != value}
        if untold:
            self.gaps.append(f"{event}: {untold} was not told before")
        self.there = "after" in details
        self.values |= after
        if "version" in details and self.there:
            self.versions.append(details["version"])

    def misfits(self, place: str, row: Row | None) -> list[str]:
        """What is not as it was told."""
        found = list(self.gaps)
        if self.there != (row is not None):
            return [*found, f"there: {row is not None}, told: {self.there}"]
        for name, value in told(place, row).items():
            if name not in _OWN and self.values.get(name) != value:
                found.append(f"{name} is {value}, told was {self.values.get(name)}")
        if row and "version" in row and self.versions != list(range(1, row["version"] + 1)):
            found.append(f"version {row['version']}, told were {self.versions}")
        return found


async def misfits(owner: Connection) -> list[str]:
    """Of every row that events are written of."""
    all_tables = await tables(owner)
    places = {table.place: table.entity for table in all_tables}
    histories: dict[UUID, History] = defaultdict(History)
    for event in await owner.fetch(_EVENTS, list(places.values())):
        histories[event["entity_id"]].hear(event["event_type"], json.loads(event["details"]))
    present = await rows(owner, all_tables)
    found = [
        f"{place} {key}: {odd}" for (place, key), row in present.items() for odd in histories[key].misfits(place, row)
    ]
    gone = histories.keys() - {key for _, key in present}
    return found + [f"{key}: {odd}" for key in gone for odd in histories[key].misfits("", None)]
