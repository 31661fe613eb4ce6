"""The demo data of scale 1, and the demo's analyst before them: over HTTP, and at a desk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager

import httpx
import pytest

from db.pool import Pool
from gateway.app import build_app
from gateway.graph_engine import GraphEngine
from gateway.settings import Settings
from gateway.viewers.demo import find_demo_viewers
from gateway.viewers.door import FrontDoor
from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph, assemble
from schema.domains import DOMAINS
from schema.supergraph.supergraph import build_supergraph
from schema.vocabulary.role import ViewerRole
from tests.gateway.house import listening
from tests.limits.asking import Asking
from tests.planner.desk import Desk
from tests.planner.furnishing import furnish, gateway_address

_LONGEST_MS = 2_000  # an analysis that takes longer is cancelled, and so fails


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The whole graph."""
    return assemble(DOMAINS)


@pytest.fixture(scope="session")
async def demo(clone: Callable[[], Awaitable[str]], graph: Graph) -> str:
    """The owner's address of a database that no test changes."""
    return await furnish(await clone(), graph, 1.0)


@pytest.fixture(scope="session")
def asking(demo: str, graph: Graph, plain_log: None) -> Generator[Asking]:  # noqa: ARG001 - it may log
    """The analyst at the served graph, with the default limits."""
    settings = Settings(port=0, shutdown_grace_s=1)
    pools = Pools.open(gateway_address(demo), size=2, statement_timeout_ms=_LONGEST_MS)
    lookups = Pool.open(demo, size=1)
    engine = GraphEngine(graph, pools, PageLimits(), [])

    @asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        async with lookups:
            yield
            await pools.close()

    app = build_app(engine, FrontDoor(lookups, settings), settings, lifespan=lifespan)
    headers = {"x-demo-viewer": ViewerRole.ANALYST.value}
    with listening(app, settings) as address, httpx.Client(base_url=address, headers=headers, timeout=20) as client:
        yield Asking(client)


@pytest.fixture(scope="session")
def desk(graph: Graph) -> Desk:
    """Where analysts are answered, by the planner and by the executor."""
    return Desk(build_supergraph(graph), ViewerRole.ANALYST)


@pytest.fixture(scope="session")
async def analyst(demo: str) -> Viewer:
    """The one whom the demo has."""
    async with Pool.open(demo, size=1) as lookups:
        return (await find_demo_viewers(lookups))[ViewerRole.ANALYST]


@pytest.fixture(scope="session")
async def pool(demo: str) -> AsyncIterator[Pool]:
    """As the gateway opens it for staff."""
    pools = Pools.open(gateway_address(demo), size=2, statement_timeout_ms=_LONGEST_MS)
    yield pools.staff
    await pools.close()
