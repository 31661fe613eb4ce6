"""A database with a little demo data for the whole run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest

from db.demo.load import load
from db.pool import Connection
from gateway import database
from schema.assembly.graph import assemble
from schema.domains import DOMAINS


@pytest.fixture(scope="session", autouse=True)
def _quiet(plain_log: None) -> None:
    """Every test here logs refusals."""


@pytest.fixture(scope="session")
async def people(clone: Callable[[], Awaitable[str]]) -> str:
    """The address of the database: two operators and their people, policies and all."""
    dsn = await clone()
    await database.migrate(dsn, assemble(DOMAINS))
    connection = await asyncpg.connect(dsn)
    try:
        await load(connection, scale=0.2)
    finally:
        await connection.close()
    return dsn


@pytest.fixture(scope="session")
async def desk(people: str) -> AsyncIterator[Connection]:
    """Where keys are given and taken, and looked after."""
    connection = await asyncpg.connect(people)
    yield connection
    await connection.close()
