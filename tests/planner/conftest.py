"""A small demo database with policies, viewers of two operators at it, and a desk for each of their schemas."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest

from db.pool import Connection
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph, assemble
from schema.assembly.prospect import prospect
from schema.domains import DOMAINS
from schema.supergraph.supergraph import Supergraph, build_supergraph
from schema.vocabulary.role import ViewerRole
from tests.planner.cast import Cast, find_cast
from tests.planner.desk import Desk
from tests.planner.furnishing import database_name, furnish, gateway_address
from tests.planner.names import Names
from tests.planner.single import SEEN

_SCALE, _LITTLE = 0.05, 0.01


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The whole graph."""
    return assemble(DOMAINS)


@pytest.fixture(scope="session")
def names(graph: Graph) -> Names:
    """What may stand in statements over it."""
    return Names(graph)


@pytest.fixture(scope="session")
def supergraph(graph: Graph) -> Supergraph:
    """What staff sees of it."""
    return build_supergraph(graph)


@pytest.fixture(scope="session")
def vendors(graph: Graph) -> Supergraph:
    """What vendors see of it."""
    return build_supergraph(prospect(graph, ViewerRole.VENDOR))


@pytest.fixture(scope="session")
async def demo(clone: Callable[[], Awaitable[str]], graph: Graph) -> str:
    """The owner's address of a database that no test changes."""
    return await furnish(await clone(), graph, _SCALE)


@pytest.fixture(scope="session")
async def mould(clone: Callable[[], Awaitable[str]], graph: Graph) -> str:
    """The name of a small database that nobody is connected to."""
    return database_name(await furnish(await clone(), graph, _LITTLE))


@pytest.fixture
async def own(database: str, mould: str, admin: Connection) -> str:
    """The owner's address of a small database of the test's own."""
    name = database_name(database)
    await admin.execute(f'DROP DATABASE "{name}"')
    await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{mould}"')
    return database


@pytest.fixture(scope="session")
def login(demo: str) -> str:
    return gateway_address(demo)


@pytest.fixture(scope="session")
async def pools(login: str) -> AsyncIterator[Pools]:
    """As the gateway opens them."""
    pools = Pools.open(login, size=2, statement_timeout_ms=20_000)
    yield pools
    await pools.close()


@pytest.fixture(scope="session")
async def owner(demo: str) -> AsyncIterator[Connection]:
    """A connection that no policy binds."""
    connection = await asyncpg.connect(demo)
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
async def cast(owner: Connection) -> Cast:
    return await find_cast(owner)


@pytest.fixture(scope="session")
def manager(cast: Cast) -> Viewer:
    """A manager of the first operator."""
    return cast["manager"]


@pytest.fixture(scope="session")
def desk(supergraph: Supergraph) -> Desk:
    """Where staff is answered."""
    return Desk(supergraph, ViewerRole.MANAGER)


@pytest.fixture(scope="session")
def desks(cast: Cast, desk: Desk, vendors: Supergraph) -> dict[str, Desk]:
    """Where each of the cast is answered, by name."""
    outside = Desk(vendors, ViewerRole.VENDOR)
    return {name: desk if viewer.role.staff else outside for name, viewer in cast.items()}


@pytest.fixture(scope="session")
async def regress(owner: Connection) -> dict[str, str]:
    """The setting by which PostgreSQL runs whatever it may in a parallel worker."""
    is_new = await owner.fetchval("SELECT current_setting('server_version_num')::integer >= 160000")
    return {"debug_parallel_query" if is_new else "force_parallel_mode": "regress"}


@pytest.fixture(scope="session")
async def answers(cast: Cast, desks: dict[str, Desk], pools: Pools) -> dict[str, bytes]:
    """What each of the cast should be told of what it sees, by the executor."""
    found = {name: await desks[name].executed(SEEN, viewer, pools.of(viewer)) for name, viewer in cast.items()}
    assert len(set(found.values())) == len(cast)
    return found
