"""Plans that are kept: by the operation, and the shape of its variables."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from resolvers.planner.parameters import Statement
from resolvers.planner.slots import Given, Slot

T = TypeVar("T")


class Plan:
    """A statement whose parameters are partly slots, and slots that it has no place for, but that may refuse."""

    __slots__ = ("_checks", "_reads", "parameters", "sql")

    def __init__(self, statement: Statement, checks: Iterable[Slot]) -> None:
        self.sql = statement.sql
        self.parameters = statement.parameters
        self._reads = [(n, each.read) for n, each in enumerate(statement.parameters) if isinstance(each, Slot)]
        placed = {id(each) for each in statement.parameters}
        self._checks = [each.read for each in checks if id(each) not in placed]

    def bound(self, given: Given) -> Statement:
        """The statement for one request.

        Raises:
            BadInput: when a value is not one that can be asked for.
        """
        values = list(self.parameters)
        for n, read in self._reads:
            values[n] = read(given)
        for check in self._checks:
            check(given)
        return Statement(self.sql, values)


class Kept(Generic[T]):
    """What was made last, by its key; bounded by the sum of its sizes, what was asked for longest ago goes first.

    Nothing here awaits: what several requests ask for at once is made once.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self.size = 0
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, make: Callable[[], tuple[T, int]]) -> T:
        """What is kept under the key; else what `make` makes, and its size."""
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            self.hits += 1
            return found[0]
        self.misses += 1
        made, size = make()
        self._kept[key] = (made, size)
        self.size += size
        while self.size > self._most and len(self._kept) > 1:
            _, (_, gone) = self._kept.popitem(last=False)
            self.size -= gone
        return made
