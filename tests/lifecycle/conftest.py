"""A database with two operators' people and policies, in which each test's rows are rolled back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest

from db.pool import Connection
from resolvers.policies import write_policies
from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from tests.lifecycle.house import HOUSE


async def furnish(dsn: str) -> None:
    """Policies and people, in a fresh database."""
    connection = await asyncpg.connect(dsn)
    try:
        await write_policies(connection, assemble(DOMAINS))
        await connection.execute(HOUSE.read_text(encoding="utf-8"))
    finally:
        await connection.close()


@pytest.fixture(scope="session")
async def _occupant(clone: Callable[[], Awaitable[str]]) -> AsyncIterator[Connection]:
    dsn = await clone()
    await furnish(dsn)
    connection = await asyncpg.connect(dsn)
    yield connection
    await connection.close()


@pytest.fixture
async def db(_occupant: Connection) -> AsyncIterator[Connection]:
    """A connection of the tables' owner; what the test writes is rolled back."""
    transaction = _occupant.transaction()
    await transaction.start()
    yield _occupant
    await transaction.rollback()


@pytest.fixture
async def furnished(database: str) -> str:
    """The address of a database of the test's own, for tests that commit."""
    await furnish(database)
    return database
