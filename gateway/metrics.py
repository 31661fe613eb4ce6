"""What the gateway counts of itself, in the text format of Prometheus."""

from __future__ import annotations

import platform
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, ProcessCollector, generate_latest

from gateway.occupancy import Occupancy

if TYPE_CHECKING:
    from resolvers.operation import Operation

CONTENT_TYPE = "text/plain; version=0.0.4"
_PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "OPTIONS"})
OTHER = "other"


class Metrics:
    """The counters of one gateway, in a registry of their own.

    Labels are bounded: methods and paths that are not served share one, fields are those of the schema. The child of
    a set of labels is looked up once, for `labels()` costs more than counting does.
    """

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._requests = Counter(
            "http_requests", "Requests that were answered.", ("method", "path", "status"), registry=registry
        )
        self._durations = Histogram(
            "http_request_duration_seconds", "How long that took.", ("path",), buckets=_SECONDS, registry=registry
        )
        self._operations = Counter("graphql_operations", "What was executed.", ("kind", "way"), registry=registry)
        self._declined = Counter(
            "planner_declined",
            "Queries left to the executor, by the field for whose sake.",
            ("field",),
            registry=registry,
        )
        self._by_request: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._by_operation: dict[tuple[str, str], Counter] = {}
        self.occupancy = Occupancy()
        registry.register(self.occupancy)
        ProcessCollector(registry=registry)
        Info("gateway_build", "What is running.", registry=registry).info(_build())

    def request(self, method: str, path: str, status: int, seconds: float) -> None:
        """A request was answered; `path` is its route's template."""
        known = (method if method in _METHODS else OTHER, path, status)
        children = self._by_request.get(known)
        if children is None:
            children = self._by_request[known] = (self._requests.labels(*known), self._durations.labels(path))
        counter, histogram = children
        counter.inc()
        histogram.observe(seconds)

    def operation(self, operation: Operation) -> None:
        """An operation was executed, whatever came of it."""
        timing = operation.timing
        known = (operation.kind.value, timing.way or OTHER)
        counter = self._by_operation.get(known)
        if counter is None:
            counter = self._by_operation[known] = self._operations.labels(*known)
        counter.inc()
        if timing.declined is not None:
            self._declined.labels(timing.declined).inc()

    def text(self) -> bytes:
        """All of them, as they stand."""
        return generate_latest(self._registry)


def _build() -> dict[str, str]:
    project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
    return {"version": project["version"], "python": platform.python_version()}
