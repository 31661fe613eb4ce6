"""A turn: clients in a process of their own ask a server, while its CPU time and PostgreSQL's are looked at."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.usage import Usage, usage

_CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Pressure:
    """How hard, and for how long: until `seconds` are over and `least` are answered, or `most` are."""

    clients: int
    warm_s: float
    seconds: float
    least: int = 100
    patience_s: float = 8
    """How much longer it may take to answer the least."""
    most: int = 10_000_000


@dataclass(frozen=True)
class Turn:
    """What was seen while it counted. CPU times are of all requests, in microseconds; the floor has no gateway."""

    waits_us: list[int]
    seconds: float
    gateway: Usage | None
    database_cpu_us: float
    client_cpu_us: float


def take_turn(
    ports: Sequence[int],
    pids: Sequence[int],
    postmaster: int,
    decks: list[list[bytes]],
    pressure: Pressure,
    holds: str = "",
) -> Turn:
    """Clients on all ports alike; each answer must hold data, and `holds` near its start.

    Raises:
        RuntimeError: One is refused.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "bench.load_client"],
        cwd=_CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as popen:
        assert popen.stdin is not None
        assert popen.stdout is not None
        assert popen.stderr is not None
        json.dump(_given(ports, decks, pressure) | {"holds": holds}, popen.stdin)
        popen.stdin.close()
        if popen.stdout.readline() != "begin\n":
            raise RuntimeError(popen.stderr.read())
        before, database = _usage(pids), usage(postmaster)
        if popen.stdout.readline() != "end\n":
            raise RuntimeError(popen.stderr.read())
        after, worked = _usage(pids), usage(postmaster).cpu_us - database.cpu_us
        told = json.loads(popen.stdout.readline())
    gateway = Usage(after.cpu_us - before.cpu_us, after.rss_mb)
    return Turn(told["waits_us"], told["seconds"], gateway, worked, told["client_cpu_us"])


def percentiles_ms(waits_us: list[int]) -> tuple[float, float]:
    """The 50th and the 99th."""
    if len(waits_us) < 2:
        return (waits_us[0] / 1000, waits_us[0] / 1000)
    cuts = statistics.quantiles(waits_us, n=100, method="inclusive")
    return cuts[49] / 1000, cuts[98] / 1000


def _given(ports: Sequence[int], decks: list[list[bytes]], pressure: Pressure) -> dict[str, object]:
    return {
        "ports": list(ports),
        "decks": [[request.decode() for request in deck] for deck in decks],
        "clients": pressure.clients,
        "warm_s": pressure.warm_s,
        "seconds": pressure.seconds,
        "least": pressure.least,
        "patience_s": pressure.patience_s,
        "most": pressure.most,
    }


def _usage(pids: Sequence[int]) -> Usage:
    each = [usage(pid) for pid in pids]
    return Usage(sum(one.cpu_us for one in each), sum(one.rss_mb for one in each))
