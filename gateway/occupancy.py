"""How full caches and pools are, found out when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from prometheus_client.core import Metric

    from db.pool import Pool


class Cache(Protocol):
    """A cache that counts how it does."""

    hits: int
    misses: int

    def __len__(self) -> int: ...


class Occupancy(Collector):
    """A collector of Prometheus over what the gateway keeps."""

    def __init__(self) -> None:
        self._caches: dict[str, Callable[[], Iterable[Cache]]] = {}
        self._pools: dict[str, Pool] = {}

    def watch_cache(self, name: str, caches: Callable[[], Iterable[Cache]]) -> None:
        """Tell of these together, under one name; the function is called each time."""
        self._caches[name] = caches

    def watch_pool(self, name: str, pool: Pool) -> None:
        """Tell of this pool."""
        self._pools[name] = pool

    def collect(self) -> Iterator[Metric]:
        """The metrics, as they stand."""
        entries = GaugeMetricFamily("cache_entries", "What a cache keeps.", labels=("cache",))
        hits = CounterMetricFamily("cache_hits", "What was found in a cache.", labels=("cache",))
        misses = CounterMetricFamily("cache_misses", "What was not.", labels=("cache",))
        for name, caches in self._caches.items():
            found = list(caches())
            entries.add_metric((name,), sum(len(cache) for cache in found))
            hits.add_metric((name,), sum(cache.hits for cache in found))
            misses.add_metric((name,), sum(cache.misses for cache in found))
        size = GaugeMetricFamily("database_pool_size", "Connections that there may be.", labels=("pool",))
        in_use = GaugeMetricFamily("database_pool_in_use", "Connections that are lent.", labels=("pool",))
        for name, pool in self._pools.items():
            size.add_metric((name,), pool.size)
            in_use.add_metric((name,), pool.in_use)
        yield from (entries, hits, misses, size, in_use)
