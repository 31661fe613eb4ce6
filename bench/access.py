"""Measures what access costs: python -m bench.access. Root lists and nested ones, for each class of viewer."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import asyncpg
import orjson
from graphql import OperationType, parse
from pydantic_settings import BaseSettings, SettingsConfigDict
from rich.console import Console

from bench.homes import new_home
from bench.load import Ask, measure
from bench.report import Figure, figure, tell
from db.binaries import find_binaries
from db.embedded import EmbeddedServer
from db.pool import Pool
from gateway import database
from gateway.settings import Settings
from resolvers.executor import Executor
from resolvers.operation import Operation
from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph, assemble
from schema.assembly.prospect import prospect
from schema.domains import DOMAINS
from schema.supergraph.supergraph import build_supergraph
from schema.vocabulary.role import ViewerRole

_RESULTS = Path(__file__).parent / "access.json"
_CROWD = (Path(__file__).parent / "crowd.sql").read_text(encoding="utf-8")
_LINK = """
INSERT INTO team.ticket_vendors (operator_id, ticket_id, vendor_id, role)
SELECT operator_id, id, $1, 'supplier' FROM team.tickets ORDER BY md5(id::text) LIMIT $2
"""
_JOIN = """
INSERT INTO team.ticket_participants (operator_id, ticket_id, contact_id, role)
SELECT operator_id, id, $1, 'tenant' FROM team.tickets ORDER BY md5(id::text) LIMIT 20
"""
_QUERIES = {
    "root list": "{ tickets(first: 50, orderBy: [CREATED_AT_DESC]) { nodes { number title property { code } } } }",
    "one ticket": '{ ticketByNumber(number: "TK-2026-0000500") { number title status property { code name } } }',
    "nested list": "{ properties(first: 50) { nodes { code tickets(first: 5) { nodes { number } } } } }",
}


def _id(n: int) -> UUID:
    return UUID(f"00000000-0000-7000-8000-00000000000{n}")


_STAFF = Viewer(ViewerRole.MANAGER, _id(1), None)
_OUTSIDERS = {
    "vendor of 5,000": Viewer(ViewerRole.VENDOR, _id(1), None, _id(2)),
    "vendor of 50,000": Viewer(ViewerRole.VENDOR, _id(1), None, _id(3)),
    "tenant of 20": Viewer(ViewerRole.TENANT, _id(1), _id(4)),
}


class AccessSettings(BaseSettings):
    """TICKETS, FEW and REQUESTS of the environment."""

    model_config = SettingsConfigDict(frozen=True)

    tickets: int = 1_000_000
    few: int = 10_000
    """So many to compare with: what a tenant sees must not cost more because others have more."""
    requests: int = 100


def main() -> None:
    """Everything, in one run."""
    settings, graph = AccessSettings(), assemble(DOMAINS)
    figures: list[Figure] = []
    few: float | None = None
    for tickets in (settings.few, settings.tickets):
        with new_home() as home, EmbeddedServer(home, find_binaries()) as dsn:
            Console(stderr=True).print(f"{tickets:,} tickets …")
            asyncio.run(_fill(dsn, graph, tickets))
            found = asyncio.run(_measure(dsn, graph, settings.requests))
        figures += [replace(line, what=f"{tickets:,}: {line.what}") for line in found]
        (tenant,) = [line.value for line in found if line.what == "root list, tenant of 20, p50"]
        figures.append(
            figure(f"{tickets:,}: tenant's root list against {settings.few:,}", 1, "ms", tenant, few or tenant)
        )
        few = few or tenant
    tell(figures, "what access costs, one client, in process", _RESULTS)


async def _fill(dsn: str, graph: Graph, tickets: int) -> None:
    await database.migrate(dsn, graph)
    connection = await asyncpg.connect(dsn)
    await connection.execute(_CROWD, tickets)
    for company, count in ((_id(2), 5_000), (_id(3), 50_000)):
        await connection.execute(_LINK, company, count)
    await connection.execute(_JOIN, _id(4))
    await connection.execute("ANALYZE")
    await connection.close()


async def _measure(dsn: str, graph: Graph, requests: int) -> list[Figure]:
    figures: list[Figure] = []
    pools = Pools.open(database.serving(dsn, Settings(database_url=None)), size=1, statement_timeout_ms=60_000)
    async with Pool.open(dsn, size=1, statement_timeout_ms=60_000) as owner:
        for name, query in _QUERIES.items():
            floor = await measure([_ask(graph, owner, _STAFF, query)], requests=requests, seconds=30)
            viewers = {"staff": _STAFF, **_OUTSIDERS}
            figures.append(figure(f"{name}, no row-level security, p50", 1, "ms", floor.p50, floor.p50))
            for who, viewer in viewers.items():
                found = await measure([_ask(graph, pools.of(viewer), viewer, query)], requests=requests, seconds=30)
                figures.append(figure(f"{name}, {who}, p50", 1, "ms", found.p50, floor.p50))
    await pools.close()
    return figures


def _ask(graph: Graph, pool: Pool, viewer: Viewer, query: str) -> Ask:
    executor = Executor(build_supergraph(prospect(graph, viewer.role)), pool, PageLimits())
    operation = Operation(parse(query), query, None, OperationType.QUERY, {}, "bench", viewer)

    async def ask() -> bytes:
        result = await executor.execute(operation, viewer)
        if result.errors:
            raise result.errors[0]
        return orjson.dumps(result.data)

    return ask


if __name__ == "__main__":
    main()
