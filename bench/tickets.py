"""Fifty tickets with their homes and people: through the gateway, and as one statement written by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from bench.gateway import started
from bench.http_client import HttpClient
from bench.load import Ask, Load, measure
from bench.report import Figure, figure
from bench.settings import BenchSettings
from db.pool import Pool

_FOLDER = Path(__file__).parent
_QUERY = (_FOLDER / "tickets.graphql").read_text(encoding="utf-8")
_FLOOR = (_FOLDER / "tickets.sql").read_text(encoding="utf-8")
_BODY = orjson.dumps({"query": _QUERY})
_OPERATOR = "SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id LIMIT 1"
_CLIENTS = (1, 16)
_UNITS = (("p50", "ms"), ("p90", "ms"), ("p99", "ms"), ("rate", "requests/s"))


async def measure_tickets(dsn: str, settings: BenchSettings) -> list[Figure]:
    """Both, with one client and with sixteen.

    Raises:
        RuntimeError: The two answers differ, so that their times cannot be compared.
    """
    figures: list[Figure] = []
    with started(DATABASE_URL=dsn) as gateway:
        for clients in _CLIENTS:
            async with _by_hand(dsn, clients) as by_hand, _by_http(gateway.port, clients) as by_http:
                _compare(await by_hand[0](), await by_http[0]())
                floor = await measure(by_hand, requests=settings.requests, seconds=settings.seconds)
                load = await measure(by_http, requests=settings.requests, seconds=settings.seconds)
            figures += _figures("50 tickets, by HTTP", clients, load, floor)
            figures += _figures("50 tickets, the floor", clients, floor, None)
    return figures


@asynccontextmanager
async def _by_hand(dsn: str, clients: int) -> AsyncIterator[list[Ask]]:
    async with Pool.open(dsn) as pool:
        async with pool.connection() as connection:
            operator = await connection.fetchval(_OPERATOR)
        yield [partial(_fetch, pool, operator)] * clients


async def _fetch(pool: Pool, operator: Any) -> bytes:
    async with pool.connection() as connection:
        text: str = await connection.fetchval(_FLOOR, operator)
    return text.encode()


@asynccontextmanager
async def _by_http(port: int, clients: int) -> AsyncIterator[list[Ask]]:
    async with AsyncExitStack() as stack:
        opened = [await HttpClient.open(port, _BODY) for _ in range(clients)]
        for client in opened:
            stack.push_async_callback(client.close)
        yield [client.ask for client in opened]


def _compare(by_hand: bytes, by_http: bytes) -> None:
    if orjson.loads(by_hand) != orjson.loads(by_http):
        raise RuntimeError(f"the answers differ:\n{by_hand.decode()}\n{by_http.decode()}")


def _figures(what: str, clients: int, load: Load, floor: Load | None) -> list[Figure]:
    return [
        figure(f"{what}, {name}", clients, unit, getattr(load, name), getattr(floor, name) if floor else None)
        for name, unit in _UNITS
    ]
