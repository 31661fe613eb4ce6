"""What is promised of the planner, and whether the figures keep it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from bench.matrix import Measurement
from bench.operation import QUERIES

_CLIENTS = 16
_FLOOR = {"list": 0.85, "project": 0.85, "ticket": 0.7, "wide": 0.85}


@dataclass(frozen=True)
class Promise:
    """A figure and the bound that it keeps to: at least, or at most."""

    what: str
    value: float
    bound: float
    at_most: bool = False

    @property
    def kept(self) -> bool:
        return self.value <= self.bound if self.at_most else self.value >= self.bound


def promises(measured: Sequence[Measurement], growth: Mapping[str, Any]) -> list[Promise]:
    """All of them, for sixteen clients."""
    return [*_compared(measured), *_grown(growth)]


def _compared(measured: Sequence[Measurement]) -> Iterator[Promise]:
    by = {(one.operation, one.server): one for one in measured if one.clients == _CLIENTS}

    def rate(operation: str, server: str) -> float:
        return by[operation, server].requests_per_second

    rivals = [rate(name, "planner") / rate(name, "postgraphile") for name in QUERIES]
    for name in QUERIES:
        yield Promise(f"{name}: requests, planner : executor", rate(name, "planner") / rate(name, "executor"), 15)
    for name, ratio in zip(QUERIES, rivals, strict=True):
        yield Promise(f"{name}: requests, planner : postgraphile", ratio, 2.5)
    mean = prod(rivals) ** (1 / len(rivals))
    yield Promise("requests, planner : postgraphile, geometric mean", mean, 3.5)
    for name in QUERIES:
        ours, theirs = by[name, "planner"].gateway_cpu_us, by[name, "postgraphile"].gateway_cpu_us
        yield Promise(f"{name}: gateway CPU, postgraphile : planner", (theirs or 0) / (ours or 1), 8)
    for name in QUERIES:
        yield Promise(f"{name}: requests, planner : floor", rate(name, "planner") / rate(name, "floor"), _FLOOR[name])


def _grown(growth: Mapping[str, Any]) -> Iterator[Promise]:
    cpu = {line["rows"]: line["gateway_cpu_us"] for line in growth["rows"]}
    yield Promise("gateway CPU, 1,000 rows : 10 rows", cpu[1_000] / cpu[10], 8, at_most=True)
    unknown = growth["cold_document"]["document_ms"]
    yield Promise("ms for an unknown document of 60 fields", unknown, 10, at_most=True)
    memory = growth["memory"]
    more = memory["after_mb"] - memory["before_mb"]
    yield Promise(f"MB more after {memory['documents']:,} documents", more, 100, at_most=True)
