"""A database with a little demo data for the whole run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator

import asyncpg
import pytest
import structlog

from db.demo.load import load
from db.pool import Connection
from gateway import database
from schema.assembly.graph import assemble
from schema.domains import DOMAINS


@pytest.fixture(scope="session", autouse=True)
def _plain_log() -> Generator[None]:
    """Without the coloured tracebacks that structlog draws where nobody configured it: they take their time."""
    structlog.configure([structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=repr)])
    yield
    structlog.reset_defaults()


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
