"""One database with policies and two operators' data for the whole run, its viewers, and the pools of the gateway."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest

from db.demo.load import load
from db.demo.triggers import lifecycle_at_rest
from db.embedded import USER
from db.pool import Connection
from resolvers.comments import write_comments
from resolvers.policies import write_policies
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph, assemble
from schema.assembly.prospect import prospect
from schema.domains import DOMAINS
from schema.supergraph.supergraph import Supergraph, build_supergraph
from schema.vocabulary.role import OUTSIDERS, ViewerRole
from tests.access.asking import Asking
from tests.access.cast import find_cast
from tests.access.world import World, connect

_SCALE = 0.2
_HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The whole graph."""
    return assemble(DOMAINS)


@pytest.fixture(scope="session")
def supergraphs(graph: Graph) -> dict[ViewerRole, Supergraph]:
    """The schema of each role."""
    staff = build_supergraph(graph)
    return {role: build_supergraph(prospect(graph, role)) if role in OUTSIDERS else staff for role in ViewerRole}


@pytest.fixture(scope="session")
async def guarded(clone: Callable[[], Awaitable[str]], graph: Graph) -> str:
    """The owner's address of a database with policies and data, which no test changes for good."""
    dsn = await clone()
    connection = await asyncpg.connect(dsn)
    try:
        await write_comments(connection, graph)
        await write_policies(connection, graph)
        await load(connection, scale=_SCALE)
        async with connection.transaction(), lifecycle_at_rest(connection):
            for script in ("furnish.sql", "scene.sql"):
                await connection.execute((_HERE / script).read_text(encoding="utf-8"))
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return dsn


@pytest.fixture(scope="session")
async def owner(guarded: str) -> AsyncIterator[Connection]:
    """A connection of the tables' owner, whom no policy binds."""
    connection = await connect(guarded)
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
async def world(owner: Connection) -> World:
    return await World.read(owner)


@pytest.fixture(scope="session")
def cast(world: World) -> dict[str, Viewer]:
    return find_cast(world)


@pytest.fixture(scope="session")
def login(guarded: str) -> str:
    """The gateway's address of the database."""
    return guarded.replace(f"//{USER}@", "//gateway_login@", 1)


@pytest.fixture(scope="session")
async def pools(login: str) -> AsyncIterator[Pools]:
    """As the gateway opens them."""
    pools = Pools.open(login, size=2, statement_timeout_ms=20_000)
    yield pools
    await pools.close()


@pytest.fixture(scope="session")
def asking(world: World, cast: dict[str, Viewer], pools: Pools, supergraphs: dict[ViewerRole, Supergraph]) -> Asking:
    """Everybody at the graph, and what they should see."""
    return Asking(world, cast, pools, supergraphs)
