"""Measures what federation costs: python -m bench.federation. One process, and a router before ten subgraphs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import asyncpg
import orjson
from pydantic_settings import BaseSettings, SettingsConfigDict
from rich.console import Console

from bench.database import Database, filled
from bench.gateway import started
from bench.homes import new_home
from bench.http_client import HttpClient
from bench.load import Ask, Load, measure
from bench.operation import GATEWAY, Operation
from bench.report import Figure, figure, tell
from bench.samples import sample
from bench.usage import usage
from deploy.federation.fleet import Fleet, running
from deploy.federation.subgraph import DOMAINS

_RESULTS = Path(__file__).parent / "federation.json"
_ROTATED = 20
_SIZES = (1, 10, 100, 1_000)
_PARTICIPANTS = """query Participants($ticket: ID!) {
  ticket(id: $ticket) {
    id number title status
    participants(first: 50) { nodes { role contact { id fullName email phone } } }
  }
}"""
_ENTITIES = """query Named($rows: [_Any!]!) {
  _entities(representations: $rows) { ... on Contact { id fullName email phone } }
}"""
_LISTED = """query Listed($ids: [ID!]!, $size: Int!) {
  contacts(first: $size, where: {id: {in: $ids}}) { nodes { id fullName email phone } }
}"""
_CONTACTS = """
SELECT c.id::text FROM directory.contacts AS c
WHERE c.operator_id = (SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id LIMIT 1)
ORDER BY md5(c.id::text) LIMIT $1
"""

Body = dict[str, Any]


class FederationBenchSettings(BaseSettings):
    """SCALE, REQUESTS, SECONDS and ROUNDS of the environment."""

    model_config = SettingsConfigDict(frozen=True)

    scale: float = 10
    requests: int = 400
    seconds: float = 3
    """The longest that one turn may take."""
    rounds: int = 5
    """Both servers have a turn in each; of all, each one's quietest counts."""


@dataclass(frozen=True)
class Server:
    """Where requests go, and the processes whose time they take."""

    port: int
    pids: tuple[int, ...]

    @property
    def cpu_us(self) -> float:
        return sum(usage(pid).cpu_us for pid in self.pids)


def main() -> None:
    """Everything, in one run."""
    settings, console = FederationBenchSettings(), Console(stderr=True)
    console.print(f"demo data of scale {settings.scale:g} …")
    with (
        filled(settings.scale) as database,
        new_home() as home,
        started(**database.environment) as gateway,
        running(home, DOMAINS, 0, console.print, **database.environment) as fleet,
    ):
        console.print("turns …")
        before = os.getloadavg()[0]
        figures = asyncio.run(_measure(database, Server(gateway.port, (gateway.pid,)), fleet, settings))
    title = f"federation, scale {settings.scale:g}, {os.cpu_count()} cores, load before {before:.1f}"
    tell(figures, title, _RESULTS)


async def _measure(database: Database, alone: Server, fleet: Fleet, settings: FederationBenchSettings) -> list[Figure]:
    operations = {each.name: each for each in await sample(database.owner, 1)}
    queries = {
        "ticket → participants → contacts": _bodies(_PARTICIPANTS, operations["ticket"]),
        "project → properties → tickets": _bodies(operations["project"].document(GATEWAY), operations["project"]),
        "50 tickets → property, participants → contacts": _bodies(
            operations["list"].document(GATEWAY), operations["list"]
        ),
    }
    figures: list[Figure] = []
    for name, bodies in queries.items():
        await _compare(name, alone, _routed(fleet), bodies)
        asked = {f"{name}, one process": (alone, bodies), f"{name}, through the router": (_routed(fleet), bodies)}
        figures += await _rounds(asked, settings)
    directory = fleet.subgraphs["directory"]
    part = Server(directory.port, (directory.process.pid,))
    ids = await _ids(database.owner, max(_SIZES))
    for size in _SIZES:
        rows = [{"__typename": "Contact", "id": key} for key in ids[:size]]
        listed = {"query": _LISTED, "variables": {"ids": ids[:size], "size": size}}
        named = {"query": _ENTITIES, "variables": {"rows": rows}}
        asked = {f"{size:,} contacts, a page": (alone, [listed]), f"{size:,} contacts, _entities": (part, [named])}
        figures += await _rounds(asked, settings)
    return figures


def _routed(fleet: Fleet) -> Server:
    """The router with all that it asks."""
    assert fleet.router is not None
    pids = (fleet.router.pid, *(subgraph.process.pid for subgraph in fleet.subgraphs.values()))
    return Server(int(fleet.address.rpartition(":")[2]), pids)


def _bodies(document: str, operation: Operation) -> list[Body]:
    (deck,) = operation.decks
    return [{"query": document, "variables": variables} for variables in deck[:_ROTATED]]


async def _ids(dsn: str, count: int) -> list[str]:
    connection = await asyncpg.connect(dsn)
    found = [row["id"] for row in await connection.fetch(_CONTACTS, count)]
    await connection.close()
    if len(found) < count:
        raise RuntimeError(f"there are {len(found)} contacts; give the demo data a larger SCALE")
    return found


@dataclass(frozen=True)
class Turn:
    """What one server needed for some requests: the clients' waits, and its own CPU time for one of them."""

    load: Load
    cpu_us: float


async def _compare(name: str, alone: Server, routed: Server, bodies: Sequence[Body]) -> None:
    """Raises RuntimeError where the two do not answer the same."""
    async with _asks(alone, bodies) as one, _asks(routed, bodies) as other:
        for _ in bodies:
            told = [orjson.loads(await ask()) for ask in (one, other)]
            if told[0] != told[1] or "errors" in told[0]:
                raise RuntimeError(f"{name}: the router's answer is another: {str(told[1])[:500]}")


async def _rounds(
    asked: Mapping[str, tuple[Server, Sequence[Body]]], settings: FederationBenchSettings
) -> list[Figure]:
    """Of each; the first is the floor of the others."""
    turns: dict[str, list[Turn]] = {name: [] for name in asked}
    for _ in range(settings.rounds):
        for name, (server, bodies) in asked.items():
            turns[name].append(await _turn(server, bodies, settings))
    quietest = {name: min(found, key=lambda turn: turn.load.p50) for name, found in turns.items()}
    (_, floor), *_ = quietest.items()
    return [each for name, turn in quietest.items() for each in _figures(name, turn, None if turn is floor else floor)]


async def _turn(server: Server, bodies: Sequence[Body], settings: FederationBenchSettings) -> Turn:
    """One client, which asks for one after the other."""
    asked = 0
    async with _asks(server, bodies) as ask:

        async def counted() -> bytes:
            nonlocal asked
            asked += 1
            return await ask()

        for _ in range(3 * len(bodies)):
            await ask()
        before = server.cpu_us
        load = await measure([counted], requests=settings.requests, seconds=settings.seconds)
        return Turn(load, (server.cpu_us - before) / asked)


@asynccontextmanager
async def _asks(server: Server, bodies: Sequence[Body]) -> AsyncIterator[Ask]:
    """Each body on a connection of its own."""
    async with AsyncExitStack() as stack:
        clients = []
        for body in bodies:
            client = await HttpClient.open(server.port, orjson.dumps(body))
            stack.push_async_callback(client.close)
            clients.append(client)
        turns = cycle(clients)
        yield lambda: next(turns).ask()


def _figures(what: str, turn: Turn, floor: Turn | None) -> list[Figure]:
    found = {"p50": (turn.load.p50, "ms"), "p99": (turn.load.p99, "ms"), "CPU": (turn.cpu_us, "µs/request")}
    least = {"p50": floor.load.p50, "p99": floor.load.p99, "CPU": floor.cpu_us} if floor else {}
    return [figure(f"{what}, {name}", 1, unit, value, least.get(name)) for name, (value, unit) in found.items()]


if __name__ == "__main__":
    main()
