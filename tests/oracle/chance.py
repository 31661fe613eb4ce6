"""Chance: what decides while operations are made. The same seed makes the same operations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance(Random):
    """A source of decisions."""

    def happens(self, share: float) -> bool:
        """Whether it does, in this share of cases."""
        return self.random() < share

    def some(self, items: Iterable[T], low: int, high: int) -> list[T]:
        """Between `low` and `high` of the items, each at most once, in any order."""
        found = list(items)
        return self.sample(found, min(self.randint(low, high), len(found)))

    def first_of(self, preferred: Sequence[T], others: Sequence[T]) -> T:
        """Mostly one of the preferred, where there are any."""
        return self.choice(preferred if preferred and (not others or self.happens(0.7)) else others)
