"""Every operation with every number of clients on every server, in turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from bench.clients import Pressure, Turn, percentiles_ms
from bench.contestant import Contestant
from bench.operation import Operation
from bench.settings import BenchSettings


@dataclass(frozen=True)
class Measurement:
    """What one server did with one operation and so many clients; microseconds are a request's."""

    operation: str
    clients: int
    server: str
    requests_per_second: float
    p50_ms: float
    p99_ms: float
    gateway_cpu_us: float | None
    database_cpu_us: float
    rss_mb: float | None
    client_cpu_us: float


def measure(
    operations: Sequence[Operation],
    contestants: Sequence[Contestant],
    settings: BenchSettings,
    prepare: Callable[[Operation], None],
) -> Iterator[Measurement]:
    """Rounds alternate in their order, so that a change of the machine's mood meets all alike."""
    for operation in operations:
        for clients in settings.clients:
            pressure = Pressure(clients, settings.warm_s, settings.seconds, patience_s=settings.patience_s)
            turns: dict[str, list[Turn]] = {contestant.name: [] for contestant in contestants}
            for n in range(settings.rounds):
                for contestant in contestants if n % 2 == 0 else reversed(contestants):
                    prepare(operation)
                    turns[contestant.name].append(contestant.take(operation, pressure))
            yield from (_measurement(operation.name, clients, name, taken) for name, taken in turns.items())


def _measurement(operation: str, clients: int, server: str, turns: Sequence[Turn]) -> Measurement:
    waits = [wait for turn in turns for wait in turn.waits_us]
    p50, p99 = percentiles_ms(waits)
    gateways = [turn.gateway for turn in turns if turn.gateway]
    return Measurement(
        operation,
        clients,
        server,
        _rounded(len(waits) / sum(turn.seconds for turn in turns)),
        _rounded(p50),
        _rounded(p99),
        _rounded(sum(gateway.cpu_us for gateway in gateways) / len(waits)) if gateways else None,
        _rounded(sum(turn.database_cpu_us for turn in turns) / len(waits)),
        _rounded(mean(gateway.rss_mb for gateway in gateways)) if gateways else None,
        _rounded(sum(turn.client_cpu_us for turn in turns) / len(waits)),
    )


def _rounded(value: float) -> float:
    """As far as it can be trusted."""
    return float(f"{value:.3g}")
