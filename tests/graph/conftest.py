"""Two operators' demo data in one database for the whole run, and the graph over them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest

from db.demo.load import load
from db.pool import Pool
from resolvers.policies import STAFF, write_policies
from resolvers.viewer import Viewer
from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from schema.supergraph.supergraph import Supergraph, build_supergraph
from schema.vocabulary.role import ViewerRole
from tests.graph.catalogue import read
from tests.graph.client import Client
from tests.graph.model import Model
from tests.graph.plainly import Plain

_SCALE = 0.3
_OPERATORS = "SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id"


@pytest.fixture(scope="session")
def supergraph() -> Supergraph:
    """The whole graph."""
    return build_supergraph(assemble(DOMAINS))


@pytest.fixture(scope="session")
async def demo(clone: Callable[[], Awaitable[str]]) -> str:
    """The address of a database with demo data, which no test changes."""
    dsn = await clone()
    connection = await asyncpg.connect(dsn)
    try:
        await load(connection, scale=_SCALE)
        await write_policies(connection, assemble(DOMAINS))
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return dsn


@pytest.fixture(scope="session")
async def pool(demo: str) -> AsyncIterator[Pool]:
    """Connections to the demo data, with the rights that the gateway has for staff."""
    async with Pool.open(demo, application_name="tests", size=3, settings={"role": STAFF}) as pool:
        yield pool


@pytest.fixture(scope="session")
async def plain(demo: str) -> AsyncIterator[Plain]:
    """The demo data by plain SQL."""
    connection = await asyncpg.connect(demo, server_settings={"TimeZone": "UTC"})
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
    yield Plain(connection, await read(connection))
    await connection.close()


@pytest.fixture(scope="session")
async def client(supergraph: Supergraph, pool: Pool, plain: Plain) -> Client:
    """A manager of the first operator."""
    operator, _ = [row["id"] for row in await plain.connection.fetch(_OPERATORS)]
    return Client(supergraph, pool, Viewer(ViewerRole.MANAGER, operator, None))


@pytest.fixture(scope="session")
async def neighbour(supergraph: Supergraph, pool: Pool, plain: Plain) -> Client:
    """A manager of the other operator."""
    _, operator = [row["id"] for row in await plain.connection.fetch(_OPERATORS)]
    return Client(supergraph, pool, Viewer(ViewerRole.MANAGER, operator, None))


@pytest.fixture
async def own(database: str) -> str:
    """The address of a small demo database of the test's own, which it may change."""
    connection = await asyncpg.connect(database)
    try:
        await load(connection, scale=0.01)
    finally:
        await connection.close()
    return database


@pytest.fixture(scope="session")
async def model(client: Client, plain: Plain) -> Model:
    """What the client should see."""
    return await Model.of(client.supergraph.graph, plain, client.viewer)
