"""A database as a release leaves it: migrated and commented, on each PostgreSQL of this machine."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from db.binaries import Binaries, every_binaries
from db.embedded import EmbeddedServer
from db.pool import Connection
from gateway import database
from schema.assembly.graph import Graph, assemble
from schema.domains import DOMAINS
from tests.db.home import reachable_home


@pytest.fixture(scope="session")
def graph() -> Graph:
    return assemble(DOMAINS)


@pytest.fixture(scope="session", params=every_binaries(), ids=lambda binaries: f"PostgreSQL {binaries.major}")
def released(request: pytest.FixtureRequest, graph: Graph) -> Iterator[str]:
    """The address of such a database."""
    binaries: Binaries = request.param
    with reachable_home() as home, EmbeddedServer(home, binaries, durable=False) as dsn:
        asyncio.run(database.migrate(dsn, graph))
        yield dsn


@pytest.fixture(scope="session")
async def _session(released: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(released)
    yield connection
    await connection.close()


@pytest.fixture
async def live(_session: Connection) -> AsyncIterator[Connection]:
    """A connection to it; what a test changes is rolled back, tables and all."""
    transaction = _session.transaction()
    await transaction.start()
    yield _session
    await transaction.rollback()
