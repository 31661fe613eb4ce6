"""What the live database has, read without the declarations."""

from __future__ import annotations

from dataclasses import dataclass

from db.pool import Connection

DOMAINS = [
    "audit",
    "directory",
    "files",
    "finance",
    "geo",
    "maintenance",
    "messaging",
    "property",
    "reservations",
    "team",
]

_COLUMNS = """
SELECT a.attrelid::regclass::text AS table, a.attname::text AS column, format_type(a.atttypid, NULL) AS type
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace
WHERE c.relkind = 'r' AND s.nspname = ANY ($1::text[]) AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attname <> 'search_document'
ORDER BY 1, a.attnum
"""

# Tenancy is no edge, and does not make another edge of a key that it guards.
_KEYS = """
SELECT k.conrelid::regclass::text AS table, k.confrelid::regclass::text AS target,
       array_agg(a.attname::text ORDER BY u.n) AS own, array_agg(b.attname::text ORDER BY u.n) AS other
FROM pg_catalog.pg_constraint AS k
JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace
CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS u (own, other, n)
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = u.own
JOIN pg_catalog.pg_attribute AS b ON b.attrelid = k.confrelid AND b.attnum = u.other
WHERE k.contype = 'f' AND s.nspname = ANY ($1::text[]) AND a.attname <> 'operator_id'
GROUP BY k.oid ORDER BY 1, 3
"""


@dataclass(frozen=True)
class Key:
    """A foreign key without the operator's column: `own` of the table equals `other` of the target."""

    table: str
    target: str
    own: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True)
class Live:
    """The domains' tables: each one's columns with their PostgreSQL types, and the foreign keys between their rows."""

    columns: dict[str, dict[str, str]]
    keys: list[Key]


async def read(connection: Connection) -> Live:
    """The catalogue of a database."""
    columns: dict[str, dict[str, str]] = {}
    for row in await connection.fetch(_COLUMNS, DOMAINS):
        columns.setdefault(row["table"], {})[row["column"]] = row["type"]
    keys = [
        Key(row["table"], row["target"], tuple(row["own"]), tuple(row["other"]))
        for row in await connection.fetch(_KEYS, DOMAINS)
    ]
    return Live(columns, keys)


def camel(name: str) -> str:
    """snake_case → camelCase, as fields are named."""
    return "".join(part.capitalize() if n else part for n, part in enumerate(name.split("_")))
