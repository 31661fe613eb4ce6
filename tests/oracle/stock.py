"""The stock: values that the database holds, of rows that a viewer sees, for operations to name."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from db.pool import Connection, Pool
from resolvers.planner.parameters import quote, table
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity
from tests.oracle.draft import Word

_ROWS = 40
_VIEWER = """
SELECT set_config('viewer.role', $1, true), set_config('viewer.operator_id', $2, true),
       set_config('viewer.contact_id', $3, true), set_config('viewer.company_id', $4, true)
"""


class Stock:
    """By entity and column, as a document writes them; of arrays the items. Null is left out."""

    def __init__(self, graph: Graph, values: Mapping[tuple[str, str], list[Any]]) -> None:
        self._values = values
        found = {entity.name: self._words(entity) for entity in graph.searchable}
        self.words = sorted(set().union(*found.values()))
        """Those of what can be searched."""
        self.shared_words = [word for word in self.words if sum(word in words for words in found.values()) > 1]
        """Those that find rows of several entities, which may fit equally well."""

    def _words(self, entity: Entity) -> set[str]:
        columns = [column.name for column in entity.columns.values() if column.scalar.name == "String"]
        return {word for name in columns for text in self.of(entity.name, name) for word in text.split()}

    @classmethod
    async def read(cls, graph: Graph, owner: Connection, pool: Pool, viewer: Viewer) -> Stock:
        """A few rows of each table that the viewer sees, the same ones each time; whole, as the owner has them."""
        values: dict[tuple[str, str], list[Any]] = {}
        async with pool.connection() as connection, connection.transaction(readonly=True):
            await connection.execute(_VIEWER, *viewer.settings)
            for entity in graph:
                ids = [row["id"] for row in await connection.fetch(_ids(entity))]
                rows = await owner.fetch(_rows(entity), ids)
                for column in entity.columns.values():
                    found = {json.dumps(value, default=repr): value for row in rows for value in _items(column, row)}
                    values[entity.name, column.name] = list(found.values())
        return cls(graph, values)

    def of(self, entity: str, column: str) -> list[Any]:
        return self._values.get((entity, column), [])


def _ids(entity: Entity) -> str:
    return f"SELECT id FROM {table(entity.table)} ORDER BY md5(id::text) LIMIT {_ROWS}"  # noqa: S608 - declared names


def _rows(entity: Entity) -> str:
    columns = ", ".join(map(quote, entity.columns))
    return f"SELECT {columns} FROM {table(entity.table)} WHERE id = ANY ($1) ORDER BY md5(id::text)"  # noqa: S608


def _items(column: Column, row: Any) -> list[Any]:
    raw = row[column.name]
    found = raw if column.array else [raw]
    return [_written(column, value) for value in found or () if value is not None]


def _written(column: Column, value: Any) -> Any:
    if column.scalar.enum is not None:
        return Word(column.scalar.enum(value).name)
    if column.scalar.name == "JSON":
        return json.loads(value)
    if column.scalar.name == "BigInt":
        return str(value)
    match value:
        case UUID() | Decimal():
            return str(value)
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
        case dt.date():
            return value.isoformat()
        case _:
            return value
