"""Clients that ask the same again and again, and how long they wait."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Ask = Callable[[], Awaitable[bytes]]


@dataclass(frozen=True)
class Load:
    """What some clients measured: milliseconds a request at three percentiles, and requests a second."""

    p50: float
    p90: float
    p99: float
    rate: float


async def measure(asks: list[Ask], *, requests: int, seconds: float) -> Load:
    """Each client asks as soon as it was answered, until all have asked enough or time is over."""
    for ask in asks:
        await ask()
    waits: list[float] = []
    began = time.perf_counter()

    async def client(ask: Ask) -> None:
        while len(waits) < requests and time.perf_counter() - began < seconds:
            asked = time.perf_counter()
            await ask()
            waits.append(time.perf_counter() - asked)

    await asyncio.gather(*map(client, asks))
    whole = time.perf_counter() - began
    cuts = statistics.quantiles([wait * 1000 for wait in waits], n=100, method="inclusive")
    return Load(cuts[49], cuts[89], cuts[98], len(waits) / whole)
