"""A database with policies, in which each test has an operating company of its own; its viewers give commands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest

from db.embedded import USER
from db.pool import Connection
from resolvers.commands import generation, projects, recurring
from resolvers.commands.contract.handlers import Handlers, collect
from resolvers.policies import write_policies
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph, assemble
from schema.commands import projects as project_commands
from schema.commands import recurring as rule_commands
from schema.domains import DOMAINS
from schema.supergraph.supergraph import Supergraph, build_supergraph
from tests.commands.player import Player
from tests.recurring.estate import Estate

Play = Callable[[Viewer], Player]


@pytest.fixture(scope="session")
def graph() -> Graph:
    return assemble(DOMAINS, (rule_commands, project_commands))


@pytest.fixture(scope="session")
def handlers(graph: Graph) -> Handlers:
    return collect((recurring, generation, projects), graph)


@pytest.fixture(scope="session")
def supergraph(graph: Graph) -> Supergraph:
    return build_supergraph(graph)


@pytest.fixture(scope="session")
async def estates(clone: Callable[[], Awaitable[str]], graph: Graph) -> str:
    """The owner's address of the database."""
    dsn = await clone()
    connection = await asyncpg.connect(dsn)
    try:
        await write_policies(connection, graph)
    finally:
        await connection.close()
    return dsn


@pytest.fixture(scope="session")
async def owner(estates: str) -> AsyncIterator[Connection]:
    """A connection of the tables' owner, whom no policy binds."""
    connection = await asyncpg.connect(estates)
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
async def pools(estates: str) -> AsyncIterator[Pools]:
    """As the gateway opens them."""
    pools = Pools.open(estates.replace(f"//{USER}@", "//gateway_login@", 1), size=8, statement_timeout_ms=30_000)
    yield pools
    await pools.close()


@pytest.fixture(scope="session")
def play(pools: Pools, handlers: Handlers, supergraph: Supergraph) -> Play:
    """A viewer who gives commands."""
    return lambda viewer: Player(supergraph, pools.of(viewer), handlers, viewer)


@pytest.fixture
async def estate(owner: Connection) -> Estate:
    """In New York, with a catch-up limit that nothing reaches."""
    return await Estate.found(owner)


@pytest.fixture
def manager(play: Play, estate: Estate) -> Player:
    return play(estate.manager)


@pytest.fixture
def clockwork(play: Play, estate: Estate) -> Player:
    return play(estate.viewers["system"])
