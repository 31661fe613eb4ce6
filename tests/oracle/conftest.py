"""A small demo database with what demo data lack, viewers of every role, the planner beside the executor."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from db.demo.load import load
from db.embedded import USER
from db.pool import Connection, Pool
from gateway.documents import Documents
from gateway.settings import Settings
from gateway.viewers.demo import find_demo_viewers
from resolvers.planner.planner import Planner
from resolvers.policies import write_policies
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph, assemble
from schema.assembly.prospect import prospect
from schema.domains import DOMAINS
from schema.supergraph.supergraph import Supergraph, build_supergraph
from schema.vocabulary.role import ViewerRole
from tests.oracle.ground import Ground
from tests.oracle.seat import LIMITS, Seat
from tests.oracle.stock import Stock
from tests.oracle.uses import Uses

_SCALE = 0.1
_ODDITIES = Path(__file__).parent / "oddities.sql"
_OTHER_OPERATOR = "SELECT max(id::text)::uuid FROM directory.companies WHERE kind = 'operator'"


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The whole graph."""
    return assemble(DOMAINS)


@pytest.fixture(scope="session")
async def dsn(clone: Callable[[], Awaitable[str]], graph: Graph) -> str:
    """The owner's address of a database that no test changes; the same rows each time."""
    dsn = await clone()
    connection = await asyncpg.connect(dsn)
    try:
        await write_policies(connection, graph)
        await load(connection, scale=_SCALE)
        async with connection.transaction():
            await connection.execute(_ODDITIES.read_text(encoding="utf-8"))
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return dsn


@pytest.fixture(scope="session")
async def owner(dsn: str) -> AsyncIterator[Connection]:
    """A connection that no policy binds."""
    connection = await asyncpg.connect(dsn, server_settings={"TimeZone": "UTC"})
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
async def pools(dsn: str) -> AsyncIterator[Pools]:
    """As the gateway opens them."""
    login = dsn.replace(f"//{USER}@", "//gateway_login@", 1)
    pools = Pools.open(login, size=2, statement_timeout_ms=20_000)
    yield pools
    await pools.close()


@pytest.fixture(scope="session")
async def viewers(dsn: str, owner: Connection) -> dict[str, Viewer]:
    """The demo's cast by role, and a manager of the other operator."""
    async with Pool.open(dsn, size=1) as pool:
        cast = await find_demo_viewers(pool)
    assert cast.keys() == set(ViewerRole)
    other = replace(cast[ViewerRole.MANAGER], operator_id=await owner.fetchval(_OTHER_OPERATOR), contact_id=None)
    return {**{role.value: viewer for role, viewer in cast.items()}, "neighbour": other}


@pytest.fixture(scope="session")
async def seats(graph: Graph, viewers: dict[str, Viewer], owner: Connection, pools: Pools) -> dict[str, Seat]:
    """Every viewer's, by name."""
    settings = Settings()
    grounds: dict[str, tuple[Supergraph, Documents, Planner, Uses]] = {}
    found: dict[str, Seat] = {}
    for name, viewer in viewers.items():
        schema = "staff" if viewer.role.staff else viewer.role.value
        if schema not in grounds:
            supergraph = build_supergraph(graph if viewer.role.staff else prospect(graph, viewer.role))
            documents = Documents(supergraph.graphql, settings)
            grounds[schema] = (
                supergraph,
                documents,
                Planner(supergraph, viewer.role, LIMITS),
                Uses(supergraph.graphql),
            )
        supergraph, documents, planner, uses = grounds[schema]
        pool = pools.of(viewer)
        stock = await Stock.read(supergraph.graph, owner, pool, viewer)
        ground = Ground(supergraph.graph, supergraph.graphql, stock, uses)
        found[name] = Seat(name, viewer, supergraph, pool, documents, planner, ground)
    return found
