"""Statements with the gateway's database roles, as a viewer or as nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from db.pool import Connection, Pool
from resolvers.viewer import Viewer

_SETTINGS = ("viewer.role", "viewer.operator_id", "viewer.contact_id", "viewer.company_id")


@asynccontextmanager
async def playing(connection: Connection, viewer: Viewer) -> AsyncIterator[Connection]:
    """A transaction in which the viewer asks; what it writes is rolled back."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        for name, value in zip(_SETTINGS, viewer.settings, strict=True):
            await connection.execute("SELECT set_config($1, $2, true)", name, value)
        yield connection
    finally:
        await transaction.rollback()


@asynccontextmanager
async def lent(pool: Pool, viewer: Viewer) -> AsyncIterator[Connection]:
    """The same on a pool's connection."""
    async with pool.connection() as connection, playing(connection, viewer):
        yield connection


async def viewer_settings(connection: Connection) -> list[Any]:
    """What the connection knows of a viewer now: nothing is None or ''."""
    return [await connection.fetchval("SELECT current_setting($1, true)", name) for name in _SETTINGS]
