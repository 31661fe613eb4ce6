"""What came and what became of it: counted as requests are answered, told when somebody asks."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.core import Metric

    from resolvers.operation import Operation

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_BOUNDS = (*map(floatToGoString, _SECONDS), "+Inf")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "OPTIONS"})
OTHER = "other"


class Durations:
    """How many took how long."""

    def __init__(self) -> None:
        self._counts = [0] * len(_BOUNDS)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        self._counts[bisect_left(_SECONDS, seconds)] += 1
        self.sum += seconds

    @property
    def buckets(self) -> list[tuple[str, float]]:
        """How many took no longer than each bound."""
        return list(zip(_BOUNDS, accumulate(self._counts), strict=True))


class Traffic(Collector):
    """A collector of Prometheus over plain numbers: its own counters lock for each step, and one thread counts here.

    Labels are bounded: methods and paths that are not served share one, fields are those of the schema.
    """

    def __init__(self) -> None:
        self._requests: defaultdict[tuple[str, str, int], int] = defaultdict(int)
        self._durations: defaultdict[str, Durations] = defaultdict(Durations)
        self._operations: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._declined: defaultdict[str, int] = defaultdict(int)

    def request(self, method: str, path: str, status: int, seconds: float) -> None:
        """A request was answered; `path` is its route's template."""
        self._requests[method if method in _METHODS else OTHER, path, status] += 1
        self._durations[path].add(seconds)

    def operation(self, operation: Operation) -> None:
        """An operation was executed, whatever came of it."""
        timing = operation.timing
        self._operations[operation.kind.value, timing.way or OTHER] += 1
        if timing.declined is not None:
            self._declined[timing.declined] += 1

    def collect(self) -> Iterator[Metric]:
        """The metrics, as they stand."""
        requests = CounterMetricFamily(
            "http_requests", "Requests that were answered.", labels=("method", "path", "status")
        )
        for (method, path, status), count in self._requests.items():
            requests.add_metric((method, path, str(int(status))), count)
        durations = HistogramMetricFamily("http_request_duration_seconds", "How long that took.", labels=("path",))
        for path, taken in self._durations.items():
            durations.add_metric((path,), taken.buckets, taken.sum)
        operations = CounterMetricFamily("graphql_operations", "What was executed.", labels=("kind", "way"))
        for known, count in self._operations.items():
            operations.add_metric(known, count)
        declined = CounterMetricFamily(
            "planner_declined", "Queries left to the executor, by the field for whose sake.", labels=("field",)
        )
        for field, count in self._declined.items():
            declined.add_metric((field,), count)
        yield from (requests, durations, operations, declined)
