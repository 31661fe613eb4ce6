"""Two operators' data in one database for the whole run, its viewers, and the slices over it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from db.pool import Connection
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph, assemble
from schema.domains import COMMANDS, DOMAINS
from tests.access.cast import find_cast
from tests.access.model import visible
from tests.access.world import Ids, World, connect
from tests.federation.slices.house import CAST, Desks, furnish
from tests.planner.furnishing import database_name, gateway_address


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The whole graph, with its commands."""
    return assemble(DOMAINS, COMMANDS)


@pytest.fixture(scope="session")
def desks(graph: Graph) -> Desks:
    return Desks(graph)


@pytest.fixture(scope="session")
async def furnished(
    admin: Connection, clone: Callable[[], Awaitable[str]], graph: Graph
) -> Callable[[], Awaitable[str]]:
    """Makes a fresh database with the data and gives its owner's address."""
    mould = database_name(await furnish(await clone(), graph))

    async def make() -> str:
        dsn = await clone()
        name = database_name(dsn)
        await admin.execute(f'DROP DATABASE "{name}"')
        await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{mould}"')
        return dsn

    return make


@pytest.fixture(scope="session")
async def demo(furnished: Callable[[], Awaitable[str]]) -> str:
    """The owner's address of a database that no test changes."""
    return await furnished()


@pytest.fixture(scope="session")
async def world(demo: str) -> World:
    """All that is there."""
    connection = await connect(demo)
    try:
        return await World.read(connection)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def cast(world: World) -> dict[str, Viewer]:
    """Viewers by name."""
    found = find_cast(world)
    return {name: found[name] for name in CAST}


@pytest.fixture(scope="session")
def sees(world: World, cast: dict[str, Viewer]) -> dict[str, dict[str, Ids]]:
    """What each viewer should see, by name and table."""
    return {name: visible(world, viewer) for name, viewer in cast.items()}


@pytest.fixture(scope="session")
async def pools(demo: str) -> AsyncIterator[Pools]:
    """As the gateway opens them."""
    pools = Pools.open(gateway_address(demo), size=2, statement_timeout_ms=20_000)
    yield pools
    await pools.close()
