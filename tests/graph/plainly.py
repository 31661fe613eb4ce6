"""Rows by plain SQL, and their values as a client of the graph should read them: told apart from the graph's code."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any
from uuid import UUID

from graphql import GraphQLEnumType, GraphQLObjectType, get_named_type

from db.pool import Connection
from resolvers.viewer import Viewer
from tests.graph.catalogue import Live, camel
from tests.graph.moments import told_moment


class Plain:
    """The demo database without the graph; each table is read once."""

    def __init__(self, connection: Connection, live: Live) -> None:
        self.connection = connection
        self.live = live
        self._tables: dict[str, list[dict[str, Any]]] = {}

    async def all_rows(self, table: str) -> list[dict[str, Any]]:
        """Every operator's rows, as they are in the database, by id."""
        if table not in self._tables:
            found = await self.connection.fetch(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 - the catalogue's name
            self._tables[table] = [dict(row) for row in found]
        return self._tables[table]

    async def rows(self, viewer: Viewer, table: str) -> list[dict[str, Any]]:
        """What belongs to the viewer's operator, or to nobody."""
        rows = await self.all_rows(table)
        return [row for row in rows if row.get("operator_id", viewer.operator_id) == viewer.operator_id]


def seen(row: dict[str, Any], types: dict[str, str], kind: GraphQLObjectType) -> dict[str, Any]:
    """A row as the graph should give it, by field."""
    return {camel(name): _value(row[name], types[name], _is_enum(kind, name)) for name in types}


def _is_enum(kind: GraphQLObjectType, column: str) -> bool:
    return isinstance(get_named_type(kind.fields[camel(column)].type), GraphQLEnumType)


def _value(value: Any, postgres: str, enum: bool) -> Any:  # noqa: FBT001 - a fact about the field
    match value:
        case _ if postgres == "jsonb":
            return value
        case None | bool():
            return value
        case list():
            return [_value(item, "", enum) for item in value]
        case dt.datetime():
            return told_moment(value)
        case dt.date():
            return value.isoformat()
        case decimal.Decimal():
            return format(value, "f")
        case UUID():
            return str(value)
        case int():
            return str(value) if postgres == "bigint" else value
        case str():
            return value.upper() if enum else value
    raise TypeError(f"{postgres}: {value!r}")
