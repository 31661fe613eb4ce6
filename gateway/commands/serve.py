"""python -m gateway serve"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated, Any

import typer

from db import migration
from db.pool import Pool
from gateway import database
from gateway.access_log import AccessLog
from gateway.app import build_app
from gateway.banner import print_banner
from gateway.commands.failing import told
from gateway.commands.progress import progress_bar
from gateway.commands.slices import Subgraph, refuse_unknown
from gateway.files.desk import FileDesk
from gateway.files.store import Store
from gateway.graph_engine import GraphEngine
from gateway.logs import configure_logging
from gateway.metrics import Metrics
from gateway.server import serve as serve_app
from gateway.settings import Settings, refuse_exposure
from gateway.viewers.door import FrontDoor
from gateway.viewers.lockout import refuse_lockout
from resolvers.commands.handlers import MODULES
from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from schema.assembly.graph import Graph, assemble
from schema.domains import COMMANDS, DOMAINS


def serve(
    port: Annotated[
        int | None, typer.Option(help="Where to listen; 0 lets the system choose.", show_default="PORT, else 8000")
    ] = None,
    subgraph: Subgraph = None,
    demo: Annotated[bool, typer.Option(help="Load demo data into a database that is empty.")] = True,  # noqa: FBT002 - an option
) -> None:
    """Serve the graph: migrate the database, load demo data once (in demo mode), listen until Ctrl-C."""
    with told():
        given: dict[str, Any] = {} if port is None else {"port": port}
        settings = Settings(**given)
        access_log = configure_logging(settings)
        refuse_exposure(settings)
        with database.located(settings) as dsn:
            gc.disable()  # until the graph stands: nothing of it is garbage
            graph = assemble(DOMAINS, COMMANDS)
            refuse_unknown(graph, subgraph)
            asyncio.run(database.migrate(dsn, graph))
            asyncio.run(refuse_lockout(dsn, settings))
            if demo and settings.demo:
                with progress_bar("Loading demo data") as progress:
                    asyncio.run(database.load_demo(dsn, 1.0, 1, progress, once=True))
            _serve(dsn, settings, graph, subgraph, access_log)


def _serve(dsn: str, settings: Settings, graph: Graph, subgraph: str | None, access_log: AccessLog | None) -> None:
    pools = Pools.open(
        database.serving(dsn, settings), size=settings.pool_size, statement_timeout_ms=settings.statement_timeout_ms
    )
    limits = PageLimits(settings.page_default, settings.page_maximum)
    engine = GraphEngine(
        graph,
        pools,
        limits,
        migration.load(database.MIGRATIONS),
        MODULES,
        planner=settings.planner,
        domain=subgraph,
    )
    lookups = Pool.open(dsn, size=2, statement_timeout_ms=settings.statement_timeout_ms)
    door = FrontDoor(lookups, settings)
    metrics = Metrics()
    metrics.occupancy.watch_cache("plans", engine.plans)
    for name, pool in {"staff": pools.staff, "outsiders": pools.outsiders, "lookups": lookups}.items():
        metrics.occupancy.watch_pool(name, pool)
    desk = FileDesk(Store.open(settings), door, pools, lookups, settings)

    @asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        async with lookups, desk.sweeping():
            yield
            await pools.close()

    gc.freeze()  # the graph stays: the collector would walk through it, 0.1 s each time
    gc.enable()
    serve_app(
        build_app(engine, door, settings, files=desk.routes, lifespan=lifespan, metrics=metrics, access_log=access_log),
        settings,
        partial(print_banner, demo=settings.demo),
    )
