"""The gateway over HTTP as these tests' viewers meet it: who asks says by a header who of the cast it is."""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

from gateway.app import build_app
from gateway.graph_engine import GraphEngine
from gateway.settings import Settings
from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from tests.gateway.house import listening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from gateway.exchange import Exchange
    from resolvers.viewer import Viewer
    from schema.assembly.graph import Graph
    from tests.planner.cast import Cast

WHO = "x-who"


class CastDoor:
    """Lets in whoever is of the cast."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast

    async def viewer(self, exchange: Exchange) -> Viewer:
        return self._cast[exchange.header(WHO.encode()) or ""]


@contextmanager
def served(graph: Graph, login: str, cast: Cast, **chosen: Any) -> Iterator[str]:
    """A gateway with one connection for each class of viewers; yields its address."""
    settings = Settings.model_validate({"port": 0, "shutdown_grace_s": 1, **chosen})
    pools = Pools.open(login, size=1, statement_timeout_ms=settings.statement_timeout_ms)
    engine = GraphEngine(graph, pools, PageLimits(), [])

    @asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        yield
        await pools.close()

    with listening(build_app(engine, CastDoor(cast), settings, lifespan=lifespan), settings) as address:
        yield address
