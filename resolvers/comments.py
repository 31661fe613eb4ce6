"""Descriptions of the declarations, written into the database as comments on its tables and columns."""

from __future__ import annotations

from collections.abc import Iterator

from db.pool import Connection
from resolvers.catalogue import Catalogue, read_catalogue
from resolvers.drift import domains
from resolvers.planner.parameters import quote, table
from schema.assembly.graph import Graph


async def write_comments(connection: Connection, graph: Graph) -> int:
    """Writes the comments that differ, in one transaction; gives their number."""
    async with connection.transaction():
        statements = list(_comments(graph, await read_catalogue(connection, domains(graph))))
        for statement in statements:
            await connection.execute(statement)
    return len(statements)


def _comments(graph: Graph, catalogue: Catalogue) -> Iterator[str]:
    for entity in graph:
        if entity.table in catalogue.comments and catalogue.comments[entity.table] != entity.description:
            yield f"COMMENT ON TABLE {table(entity.table)} IS {_literal(entity.description)}"
        for name, live in catalogue.columns.get(entity.table, {}).items():
            column = entity.columns.get(name)
            if column and live.comment != column.description:
                yield f"COMMENT ON COLUMN {table(entity.table)}.{quote(name)} IS {_literal(column.description)}"


def _literal(text: str) -> str:
    """COMMENT takes no parameters; the text is the declarations' own."""
    return "'" + text.replace("'", "''") + "'"
