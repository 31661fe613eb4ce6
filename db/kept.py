"""What was used last is kept, as far as there is room; what was used longest ago goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """By key, bounded by the sum of sizes. `hits` and `misses` say how often something was there.

    Nothing here awaits: what is looked for and made in one go is made once.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self.size = 0
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> T | None:
        """What is kept under the key."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self._kept.move_to_end(key)
        self.hits += 1
        return found[0]

    def put(self, key: Hashable, value: T, size: int) -> None:
        """Keep it from now on; the last one is kept however large it is."""
        self.drop(key)
        self._kept[key] = (value, size)
        self.size += size
        while self.size > self._most and len(self._kept) > 1:
            _, (_, gone) = self._kept.popitem(last=False)
            self.size -= gone

    def drop(self, key: Hashable) -> None:
        """Keep it no longer."""
        _, size = self._kept.pop(key, (None, 0))
        self.size -= size
