"""Measures what a command costs: python -m bench.commands. A ticket goes to and fro between two statuses."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from pydantic_settings import BaseSettings, SettingsConfigDict
from rich.console import Console

from bench.gateway import started
from bench.homes import new_home
from bench.http_client import HttpClient
from bench.load import Ask, Load, measure
from bench.report import Figure, figure, tell
from db.binaries import find_binaries
from db.embedded import EmbeddedServer
from db.pool import Pool
from gateway import database
from gateway.settings import Settings
from resolvers.policies import STAFF
from schema.assembly.graph import assemble
from schema.domains import COMMANDS, DOMAINS

_RESULTS = Path(__file__).parent / "commands.json"
_CLIENTS = (1, 16)
_UNITS = (("p50", "ms"), ("p90", "ms"), ("p99", "ms"), ("rate", "commands/s"))
_STATUSES = ("WAITING", "IN_PROGRESS")
_MUTATION = """mutation Move($ticket: ID!, $to: TicketStatus!) {
  transitionTicket(input: {ticketId: $ticket, to: $to, reason: "The part is ordered."}) {
    ticket { status version }
    events { eventType }
    problems { code message }
  }
}"""
_TICKETS = """
SELECT t.id, t.operator_id FROM team.tickets AS t
WHERE t.workflow = 'general' AND t.status IN ('open', 'in_progress')
  AND t.operator_id = (SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id LIMIT 1)
ORDER BY t.id LIMIT $1
"""
_BEGIN_WORK = "UPDATE team.tickets SET status = 'in_progress' WHERE id = ANY ($1::uuid[]) AND status <> 'in_progress'"
# The floor: what cannot be left out of the transaction, on a connection that is kept.
_SETTINGS = """
SELECT set_config('viewer.role', 'manager', true), set_config('viewer.operator_id', $1, true),
       set_config('viewer.contact_id', '', true), set_config('viewer.company_id', '', true),
       set_config('command.request_id', 'floor', true)
"""
_MOVE = "UPDATE team.tickets SET status = $2, hold_reason = $3 WHERE id = $1"


Ticket = tuple[UUID, UUID]
"""Its id, and its operator's."""


class CommandBenchSettings(BaseSettings):
    """SCALE, REQUESTS and SECONDS of the environment."""

    model_config = SettingsConfigDict(frozen=True)

    scale: float = 1
    requests: int = 2_000
    seconds: float = 15
    """The longest that one line may be measured."""


def main() -> None:
    """Everything, in one run."""
    settings, console = CommandBenchSettings(), Console(stderr=True)
    with new_home() as home, EmbeddedServer(home, find_binaries()) as dsn:
        console.print(f"demo data of scale {settings.scale:g} …")
        tickets = asyncio.run(_fill(dsn, settings.scale))
        console.print("commands …")
        before = os.getloadavg()[0]
        figures = asyncio.run(_measure(dsn, tickets, settings))
    title = f"transitionTicket, scale {settings.scale:g}, {os.cpu_count()} cores, load before {before:.1f}"
    tell(figures, title, _RESULTS)


async def _fill(dsn: str, scale: float) -> list[Ticket]:
    """A ticket for each client, with its operator."""
    await database.migrate(dsn, assemble(DOMAINS, COMMANDS))
    await database.load_demo(dsn, scale, 1, None, once=False)
    connection = await asyncpg.connect(dsn)
    rows = await connection.fetch(_TICKETS, max(_CLIENTS))
    await connection.execute("ANALYZE")
    await connection.close()
    return [(row["id"], row["operator_id"]) for row in rows]


async def _begin_work(dsn: str, tickets: Sequence[Ticket]) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(_BEGIN_WORK, [ticket for ticket, _ in tickets])
    await connection.close()


async def _measure(dsn: str, tickets: Sequence[Ticket], settings: CommandBenchSettings) -> list[Figure]:
    figures: list[Figure] = []
    with started(DATABASE_URL=dsn) as gateway:
        for clients in _CLIENTS:
            chosen = tickets[:clients]
            async with _by_hand(dsn, chosen) as by_hand, _by_http(gateway.port, chosen) as by_http:
                await _begin_work(dsn, chosen)
                floor = await measure(by_hand, requests=settings.requests, seconds=settings.seconds)
                await _begin_work(dsn, chosen)
                load = await measure(by_http, requests=settings.requests, seconds=settings.seconds)
            figures += _figures("transitionTicket, by HTTP", clients, load, floor)
            figures += _figures("the same UPDATE by hand", clients, floor, None)
    return figures


@asynccontextmanager
async def _by_hand(dsn: str, tickets: Sequence[Ticket]) -> AsyncIterator[list[Ask]]:
    size = Settings(database_url=None).pool_size
    serving = database.serving(dsn, Settings(database_url=None))
    async with Pool.open(serving, size=size, settings={"role": STAFF}) as pool:
        yield [_hand(pool, ticket, operator) for ticket, operator in tickets]


def _hand(pool: Pool, ticket: UUID, operator: UUID) -> Ask:
    statuses = cycle(status.lower() for status in _STATUSES)

    async def ask() -> bytes:
        status = next(statuses)
        async with pool.connection() as connection:
            await connection.execute("BEGIN")
            await connection.execute(_SETTINGS, str(operator))
            await connection.execute(_MOVE, ticket, status, "The part is ordered." if status == "waiting" else None)
            await connection.execute("COMMIT")
        return b""

    return ask


@asynccontextmanager
async def _by_http(port: int, tickets: Sequence[Ticket]) -> AsyncIterator[list[Ask]]:
    async with AsyncExitStack() as stack:
        asks = []
        for ticket, _ in tickets:
            opened = [await HttpClient.open(port, _body(ticket, status)) for status in _STATUSES]
            for client in opened:
                stack.push_async_callback(client.close)
            asks.append(_alternating(opened))
        yield asks


def _body(ticket: UUID, status: str) -> bytes:
    return orjson.dumps({"query": _MUTATION, "variables": {"ticket": str(ticket), "to": status}})


def _alternating(clients: Sequence[HttpClient]) -> Ask:
    turns = cycle(clients)

    async def ask() -> bytes:
        body = await next(turns).ask()
        told: Any = orjson.loads(body)
        if "errors" in told or told["data"]["transitionTicket"]["problems"]:
            raise RuntimeError(body.decode())
        return body

    return ask


def _figures(what: str, clients: int, load: Load, floor: Load | None) -> list[Figure]:
    return [
        figure(f"{what}, {name}", clients, unit, getattr(load, name), getattr(floor, name) if floor else None)
        for name, unit in _UNITS
    ]


if __name__ == "__main__":
    main()
