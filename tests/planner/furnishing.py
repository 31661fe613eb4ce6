"""Databases to ask: policies and demo data in a fresh one, and the address that the gateway has of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg

from db.demo.load import load
from db.embedded import USER
from resolvers.policies import write_policies

if TYPE_CHECKING:
    from schema.assembly.graph import Graph


async def furnish(dsn: str, graph: Graph, scale: float) -> str:
    """The owner's address of the database, with all that is needed in it."""
    connection = await asyncpg.connect(dsn)
    try:
        await write_policies(connection, graph)
        await load(connection, scale=scale)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return dsn


def gateway_address(dsn: str) -> str:
    """The gateway's address of a database, by the owner's."""
    return dsn.replace(f"//{USER}@", "//gateway_login@", 1)


def database_name(dsn: str) -> str:
    return dsn.partition("?")[0].rpartition("/")[2]
