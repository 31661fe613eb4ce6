"""One database with demo data for all tests of this folder; they only read it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NamedTuple

import asyncpg
import pytest

from db.demo.load import load
from db.pool import Connection


class Demo(NamedTuple):
    """The loaded database.

    Attributes:
        connection: To it.
        written: The rows by table, as the loader says.
        told: What the loader told of its progress.
    """

    connection: Connection
    written: dict[str, int]
    told: list[tuple[str, int, int]]


@pytest.fixture(scope="session")
async def demo(clone: Callable[[], Awaitable[str]]) -> AsyncIterator[Demo]:
    """The demo data of scale 1."""
    connection = await asyncpg.connect(await clone())
    told: list[tuple[str, int, int]] = []
    written = await load(connection, progress=lambda *parts: told.append(parts))
    await connection.execute("ANALYZE")
    yield Demo(connection, written, told)
    await connection.close()
