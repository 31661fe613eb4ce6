"""Every row of a database by plain SQL, as its owner sees them: what the model works from."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import asyncpg

from db.pool import Connection
from tests.graph.catalogue import Live, read

Row = dict[str, Any]
Ids = set[UUID]


class World:
    """The tables of all operators, read once."""

    def __init__(self, live: Live, tables: dict[str, dict[UUID, Row]], today: dt.date) -> None:
        self.live = live
        self.tables = tables
        self.today = today

    @classmethod
    async def read(cls, connection: Connection) -> World:
        """Reads as whoever owns the tables; leave the transaction alone, and it sees what the transaction wrote."""
        live = await read(connection)
        tables = {table: await _rows(connection, table) for table in live.columns}
        return cls(live, tables, await connection.fetchval("SELECT current_date"))

    def __getitem__(self, table: str) -> list[Row]:
        return list(self.tables[table].values())

    def ids(self, table: str, holds: Callable[[Row], bool]) -> Ids:
        """The rows for which something holds."""
        return {key for key, row in self.tables[table].items() if holds(row)}

    def values(self, table: str, column: str, holds: Callable[[Row], bool]) -> Ids:
        """What these rows have in a column; nothing where it is empty."""
        return set(self._values(table, column, holds))

    def _values(self, table: str, column: str, holds: Callable[[Row], bool]) -> Iterator[UUID]:
        for row in self.tables[table].values():
            if holds(row) and row[column] is not None:
                yield row[column]


async def connect(dsn: str) -> Connection:
    """A connection by which rows are read as the graph's own tests read them."""
    connection = await asyncpg.connect(dsn, server_settings={"TimeZone": "UTC"})
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
    return connection


async def _rows(connection: Connection, table: str) -> dict[UUID, Row]:
    found = await connection.fetch(f"SELECT * FROM {table}")  # noqa: S608 - the catalogue's name
    return {row["id"]: dict(row) for row in found}
