"""The real graph over a migrated database without rows, served once; and one that tells nothing of its schema."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager

import httpx
import pytest
import structlog
from graphql import ExecutionResult, GraphQLSchema

from db import migration
from gateway import database as databases
from gateway.app import build_app
from gateway.graph_engine import GraphEngine
from gateway.settings import Settings
from resolvers.commands.handlers import MODULES
from resolvers.operation import Operation
from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph, assemble
from schema.domains import COMMANDS, DOMAINS
from schema.supergraph.supergraph import build_supergraph
from tests.gateway.house import OpenDoor, listening
from tests.limits.asking import Asking


class Unreached:
    """An engine that nothing must come to."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema

    async def schema_of(self, _viewer: Viewer) -> GraphQLSchema:
        return self._schema

    async def execute(self, operation: Operation) -> ExecutionResult:
        raise AssertionError(f"reached by {operation.text[:200]}")

    async def ready(self) -> str | None:
        return None


@pytest.fixture(scope="session", autouse=True)
def _plain_log() -> Generator[None]:
    """Without the coloured tracebacks that structlog draws where nobody configured it: they take their time."""
    structlog.configure([structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=repr)])
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The whole graph."""
    return assemble(DOMAINS, COMMANDS)


@pytest.fixture(scope="session")
def schema(graph: Graph) -> GraphQLSchema:
    """The schema of staff."""
    return build_supergraph(graph).graphql


@pytest.fixture(scope="session")
async def asking(graph: Graph, clone: Callable[[], Awaitable[str]]) -> AsyncIterator[Asking]:
    """Asks the served graph, with the default limits."""
    dsn = await clone()
    await databases.migrate(dsn, graph)
    pools = Pools.open(dsn, size=2, statement_timeout_ms=10_000)
    engine = GraphEngine(graph, pools, PageLimits(), migration.load(databases.MIGRATIONS), MODULES)

    @asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        yield
        await pools.close()

    settings = Settings(port=0, shutdown_grace_s=1)
    app = build_app(engine, OpenDoor(), settings, lifespan=lifespan)
    with listening(app, settings) as address, httpx.Client(base_url=address) as client:
        yield Asking(client)


@pytest.fixture(scope="session")
def reticent(schema: GraphQLSchema) -> Generator[Asking]:
    """Asks the graph of a gateway that neither suggests names nor answers about its schema; nothing is executed."""
    settings = Settings(port=0, shutdown_grace_s=1, suggestions=False, introspection=False)
    app = build_app(Unreached(schema), OpenDoor(), settings)
    with listening(app, settings) as address, httpx.Client(base_url=address) as client:
        yield Asking(client)
