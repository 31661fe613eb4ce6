"""What a gateway's work grows with: documents that it has not seen, rows, and processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import orjson

from bench.clients import Pressure, Turn, percentiles_ms, take_turn
from bench.database import Database
from bench.gateway import Started, started
from bench.http_client import request
from bench.operation import GATEWAY, Operation
from bench.settings import BenchSettings
from bench.usage import usage

_COLD, _LISTED = Operation("cold", ()), Operation("growth", ())
_CLIENTS = 16
_LONGEST_S = 600


def grow(database: Database, operations: Sequence[Operation], settings: BenchSettings) -> dict[str, Any]:
    """Of one gateway from its start on; then of several beside each other."""
    with started(**database.environment, GATEWAY_PAGE_MAXIMUM=str(max(settings.rows))) as gateway:
        found = _documents(gateway, database, settings)
        found["rows"] = [_rows(gateway, database, rows, settings) for rows in settings.rows]
    if settings.workers:
        found["workers"] = list(_workers(database, operations, settings))
    return found


def _documents(gateway: Started, database: Database, settings: BenchSettings) -> dict[str, Any]:
    """A document of sixty fields: the same text again and again, another text with each request; and what is kept."""

    def take(deck: list[bytes], clients: int, most: int) -> Turn:
        pressure = Pressure(clients, 0, _LONGEST_S, most=most)
        return take_turn([gateway.port], [gateway.pid], database.postmaster, [deck], pressure)

    cold, many = settings.cold_documents, settings.distinct_documents
    take([_post(_document(0))], 4, 100)  # every connection, and what is loaded when it is first needed
    known, before = take([_post(_document(0))], 1, cold), usage(gateway.pid).rss_mb
    unknown = take([_post(_document(n)) for n in range(1, cold + 10)], 1, cold)
    take([_post(_document(n)) for n in range(cold + 10, cold + many + 100)], 4, many)
    after = usage(gateway.pid).rss_mb
    (known_ms, _), (unknown_ms, worst_ms) = percentiles_ms(known.waits_us), percentiles_ms(unknown.waits_us)
    return {
        "cold_document": {
            "document_ms": round(unknown_ms - known_ms, 2),
            "document_gateway_cpu_us": _cpu_us(unknown) - _cpu_us(known),
            "request_p50_ms": round(unknown_ms, 2),
            "request_p99_ms": round(worst_ms, 2),
            "known_request_p50_ms": round(known_ms, 2),
        },
        "memory": {"documents": cold + many, "before_mb": round(before), "after_mb": round(after)},
    }


def _rows(gateway: Started, database: Database, rows: int, settings: BenchSettings) -> dict[str, float]:
    """A gateway's CPU time by the length of a page of twenty-one columns."""
    body = {"query": _LISTED.document(GATEWAY), "variables": {"first": rows}}
    pressure = Pressure(1, settings.warm_s, settings.seconds, least=10)
    turn = take_turn([gateway.port], [gateway.pid], database.postmaster, [[_post(body)]], pressure)
    p50, _ = percentiles_ms(turn.waits_us)
    return {"rows": rows, "gateway_cpu_us": _cpu_us(turn), "p50_ms": round(p50, 2)}


def _workers(
    database: Database, operations: Sequence[Operation], settings: BenchSettings
) -> Iterator[dict[str, str | float]]:
    """Requests a second of sixteen clients: shared by gateways on ports of their own."""
    pressure = Pressure(_CLIENTS, settings.warm_s, settings.seconds)
    with ExitStack() as stack:
        gateways = [stack.enter_context(started(**database.environment)) for _ in range(max(settings.workers))]
        for operation in operations:
            for count in settings.workers:
                ports, pids = [one.port for one in gateways[:count]], [one.pid for one in gateways[:count]]
                turn = take_turn(ports, pids, database.postmaster, operation.requests(GATEWAY), pressure)
                rate = round(len(turn.waits_us) / turn.seconds, 1)
                yield {"operation": operation.name, "workers": count, "requests_per_second": rate}


def _document(n: int) -> dict[str, Any]:
    return {"query": _COLD.document(GATEWAY).replace("cold:", f"cold{n}:", 1)}


def _post(body: dict[str, Any]) -> bytes:
    return request(orjson.dumps(body))


def _cpu_us(turn: Turn) -> int:
    return round(turn.gateway.cpu_us / len(turn.waits_us)) if turn.gateway else 0
