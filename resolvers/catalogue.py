"""The live database's catalogue, as far as declarations can be compared with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from db.pool import Connection

_COLUMNS = """
SELECT n.nspname || '.' || c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type,
       NOT a.attnotnull AS nullable, l.collname AS collation, col_description(c.oid, a.attnum) AS comment
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = ANY ($1::text[])
LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
WHERE a.attnum > 0 AND NOT a.attisdropped
ORDER BY 1, a.attnum
"""
_TABLES = """
SELECT n.nspname || '.' || c.relname AS table, obj_description(c.oid, 'pg_class') AS comment
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($1::text[])
"""
_KEYS = """
SELECT n.nspname || '.' || c.relname AS table, m.nspname || '.' || f.relname AS target,
       ARRAY(SELECT attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u (num, n)
             JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY u.n) AS own,
       ARRAY(SELECT attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u (num, n)
             JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = u.num ORDER BY u.n) AS other
FROM pg_constraint AS k
JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_class AS f ON f.oid = k.confrelid JOIN pg_namespace AS m ON m.oid = f.relnamespace
WHERE k.contype = 'f' AND n.nspname = ANY ($1::text[])
"""
_INDEXES = """
SELECT n.nspname || '.' || c.relname AS table, i.indisunique AND i.indpred IS NULL AS unique, m.amname AS method,
       ARRAY(SELECT coalesce(a.attname::text, '') FROM unnest(i.indkey) WITH ORDINALITY AS u (num, n)
             LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = u.num
             WHERE u.n <= i.indnkeyatts ORDER BY u.n) AS columns
FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_class AS x ON x.oid = i.indexrelid JOIN pg_am AS m ON m.oid = x.relam
WHERE i.indisvalid AND n.nspname = ANY ($1::text[])
"""
_CHECKS = """
SELECT n.nspname || '.' || c.relname AS table, a.attname::text AS column, pg_get_constraintdef(k.oid) AS definition
FROM pg_constraint AS k
JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
WHERE k.contype = 'c' AND cardinality(k.conkey) = 1 AND n.nspname = ANY ($1::text[])
"""
_STATES = "SELECT DISTINCT name FROM team.workflow_states"
_VALUE = re.compile(r"'((?:[^']|'')*)'")


@dataclass(frozen=True)
class LiveColumn:
    """A column as PostgreSQL has it; `type` as format_type prints it."""

    type: str
    nullable: bool
    collation: str | None
    comment: str | None


@dataclass(frozen=True)
class LiveKey:
    """A foreign key: its own columns and, pairwise, the other table's."""

    target: str
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class LiveIndex:
    """An index by its keys, without what it only carries; an expression is ''. `unique` means over all rows."""

    columns: tuple[str, ...]
    unique: bool
    method: str


@dataclass(frozen=True)
class Catalogue:
    """What stands in the database, by table."""

    comments: dict[str, str | None]
    columns: dict[str, dict[str, LiveColumn]]
    keys: dict[str, list[LiveKey]]
    indexes: dict[str, list[LiveIndex]]
    vocabularies: dict[tuple[str, str], set[str]]
    """The values that a CHECK lists, by table and column."""
    states: set[str]
    """The names of all workflows' states."""


async def read_catalogue(connection: Connection, schemas: Sequence[str]) -> Catalogue:
    """The catalogue of some PostgreSQL schemas."""
    names = list(schemas)
    comments = {row["table"]: row["comment"] for row in await connection.fetch(_TABLES, names)}
    columns: dict[str, dict[str, LiveColumn]] = {table: {} for table in comments}
    for row in await connection.fetch(_COLUMNS, names):
        live = LiveColumn(row["type"], row["nullable"], row["collation"], row["comment"])
        columns[row["table"]][row["column"]] = live
    keys: dict[str, list[LiveKey]] = {table: [] for table in comments}
    for row in await connection.fetch(_KEYS, names):
        pairs = frozenset(zip(row["own"], row["other"], strict=True))
        keys[row["table"]].append(LiveKey(row["target"], pairs))
    indexes: dict[str, list[LiveIndex]] = {table: [] for table in comments}
    for row in await connection.fetch(_INDEXES, names):
        indexes[row["table"]].append(LiveIndex(tuple(row["columns"]), row["unique"], row["method"]))
    vocabularies = {
        (row["table"], row["column"]): set(_VALUE.findall(row["definition"]))
        for row in await connection.fetch(_CHECKS, names)
        if "= ANY" in row["definition"]
    }
    has_states = "team.workflow_states" in comments
    states = {row["name"] for row in await connection.fetch(_STATES)} if has_states else set()
    return Catalogue(comments, columns, keys, indexes, vocabularies, states)
