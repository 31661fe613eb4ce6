"""A slice over HTTP: who asks says by a header who of the cast it is."""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from gateway.app import build_app
from gateway.graph_engine import GraphEngine
from gateway.settings import Settings
from resolvers.commands.handlers import MODULES
from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from tests.gateway.house import listening
from tests.planner.furnishing import gateway_address
from tests.planner.served import CastDoor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from resolvers.viewer import Viewer
    from schema.assembly.graph import Graph


@contextmanager
def served(graph: Graph, domain: str, dsn: str, cast: dict[str, Viewer], *, planner: bool) -> Iterator[str]:
    """The domain's slice of the database at the owner's address; yields where it listens."""
    chosen = Settings.model_validate({"port": 0, "shutdown_grace_s": 1})
    pools = Pools.open(gateway_address(dsn), size=2, statement_timeout_ms=chosen.statement_timeout_ms)
    engine = GraphEngine(graph, pools, PageLimits(), [], MODULES, planner=planner, domain=domain)

    @asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        yield
        await pools.close()

    with listening(build_app(engine, CastDoor(cast), chosen, lifespan=lifespan), chosen) as address:
        yield address
