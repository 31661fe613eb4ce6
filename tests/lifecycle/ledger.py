"""Every row that events are written of, and how rows differ between two moments."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db.pool import Connection

_RECORDED = """
SELECT t.tgrelid::regclass::text AS place, string_to_array(encode(t.tgargs, 'escape'), '\\000') AS arguments
FROM pg_catalog.pg_trigger AS t WHERE t.tgfoid = 'audit.record'::regproc ORDER BY 1
"""
_COLUMNS = """
SELECT attname::text AS name FROM pg_catalog.pg_attribute
WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname <> 'id'
ORDER BY attnum
"""
_KEPT = {"updated_at", "version", "search_document"}
_FIRST = {"id", "operator_id", "created_at"}
"""What an event need not tell of a row that begins or ends: it has them itself."""
_FOLLOWS = {
    "team.tickets": {
        "workflow",
        "first_response_at",
        "first_response_seconds",
        "resolved_at",
        "resolution_seconds",
        "closed_at",
        "total_days_open",
        "active_time_seconds",
        "reopened_count",
        "held_from",
        "held_at",
        "cancelled_at",
        "cancelled_by",
        "escalated_at",
    },
    "team.recurring_rules": {"next_run_at"},
    "team.time_entries": {"duration_seconds"},
    "team.project_properties": {"completed_at"},
    "maintenance.jobs": {"vendor_assigned_at", "locked_in_at", "cost_variance_cents", "cost_variance_percent"},
    "maintenance.escalations": {"resolved_at"},
    "directory.vendor_profiles": {"rating", "rating_count"},
}
"""Columns that follow from others: the cause has its event."""

Row = dict[str, Any]
Key = tuple[str, UUID]


@dataclass(frozen=True)
class Table:
    """A table whose changes are recorded."""

    place: str
    entity: str
    ticket: str
    """The column with the ticket, if there is one."""
    columns: list[str]


async def tables(connection: Connection) -> list[Table]:
    """All of them, by the catalogue."""
    found = []
    for row in await connection.fetch(_RECORDED):
        entity, ticket = row["arguments"][:2]
        columns = [each["name"] for each in await connection.fetch(_COLUMNS, row["place"])]
        found.append(Table(row["place"], entity, ticket, columns))
    return found


async def rows(connection: Connection, all_tables: list[Table]) -> dict[Key, Row]:
    """Every row whole."""
    found: dict[Key, Row] = {}
    for table in all_tables:
        sql = f"SELECT id, to_jsonb(r) AS row FROM {table.place} AS r"  # noqa: S608 - the catalogue's
        for row in await connection.fetch(sql):
            found[table.place, row["id"]] = json.loads(row["row"])
    return found


def told(place: str, row: Row | None) -> Row:
    """What a change of is a change."""
    silent = _KEPT | _FOLLOWS.get(place, set())
    return {name: value for name, value in (row or {}).items() if name not in silent}


def changed(before: dict[Key, Row], after: dict[Key, Row]) -> set[Key]:
    """The rows that are there now and were not, or no longer, or in which something else stands."""
    return {
        key
        for key in before.keys() | after.keys()
        if (key in before) != (key in after) or told(key[0], before.get(key)) != told(key[0], after.get(key))
    }


def details(place: str, before: Row | None, after: Row | None) -> dict[str, Row]:
    """What an event should tell of a row: all that it began or ended with, or what differs."""
    old, new = told(place, before), told(place, after)
    if before is None:
        return {"after": {name: value for name, value in new.items() if value is not None and name not in _FIRST}}
    if after is None:
        return {"before": {name: value for name, value in old.items() if value is not None and name not in _FIRST}}
    names = [name for name in new if new[name] != old[name]]
    return {"before": {name: old[name] for name in names}, "after": {name: new[name] for name in names}}
