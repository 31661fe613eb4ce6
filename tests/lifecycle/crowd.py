"""Many at once: real connections to one database, each with a transaction of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from db.pool import Connection

Act = Callable[[Connection], Awaitable[Any]]


@asynccontextmanager
async def crowd(dsn: str, count: int) -> AsyncIterator[list[Connection]]:
    """Connections that are open together."""
    connections = await asyncio.gather(*(asyncpg.connect(dsn) for _ in range(count)))
    try:
        yield list(connections)
    finally:
        await asyncio.gather(*(connection.close() for connection in connections))


async def at_once(connections: Sequence[Connection], acts: Sequence[Act]) -> list[Any]:
    """Every act in a transaction, as many at a time as there are connections: what each gives, or its error."""
    queue = list(enumerate(acts))
    results: list[Any] = [None] * len(acts)

    async def work(connection: Connection) -> None:
        while queue:
            at, act = queue.pop(0)
            results[at] = await _attempt(connection, act)

    await asyncio.gather(*(work(connection) for connection in connections))
    return results


async def _attempt(connection: Connection, act: Act) -> Any:
    try:
        async with connection.transaction():
            return await act(connection)
    except (asyncpg.PostgresError, _UndoneError) as error:
        return error


class _UndoneError(Exception):
    """Its transaction is rolled back on purpose."""


async def undo() -> None:
    """Roll back what was done until here."""
    raise _UndoneError
