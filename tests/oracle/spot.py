"""A spot in an answer: where selections are made for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.oracle.asked import Asked
from tests.oracle.uses import Aim

_MOST_ROWS = 600
_DEEPEST = 20
_DERIVED = 6
_KEY = "key"


@dataclass(frozen=True)
class Spot:
    """`rows` is how many objects stand here at most; `page` how long lists of the page at hand are."""

    rows: int = 1
    page: int = 1
    depth: int = 0
    aims: tuple[Aim, ...] = ()
    """What is to be reached from here."""
    grouped: frozenset[str] | None = None
    """Of groups: what their keys can be asked for."""
    keys: frozenset[str] | None = None
    """Of keys: the same."""
    likely: tuple[str, ...] = ()

    @property
    def crowded(self) -> bool:
        """Whether there is no room for more rows, or more levels."""
        return self.rows > _MOST_ROWS or self.depth > _DEEPEST

    @property
    def reached(self) -> bool:
        """Whether it was aimed at."""
        return any(not aim.way for aim in self.aims)

    def deeper(self, levels: int = 1) -> Spot:
        """The same objects, in a fragment."""
        return replace(self, depth=self.depth + levels)

    def below(self, name: str, asked: Asked, *, is_list: bool, is_connection: bool) -> Spot:
        """What a field gives."""
        times = 1
        if is_list:
            times = asked.size if asked.size is not None else max(self.page, _DERIVED)
        return Spot(
            rows=self.rows * max(times, 1),
            page=asked.size if is_connection and asked.size is not None else 1,
            depth=self.depth + 1,
            aims=tuple(aim.beyond for aim in self.aims if aim.way[:1] == (name,)),
            grouped=asked.keys,
            keys=self.grouped if name == _KEY else None,
            likely=asked.likely,
        )
