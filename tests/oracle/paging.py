"""Pages: first, after, last, before and offset in all their combinations, and orders."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from graphql import GraphQLArgument

from tests.oracle.asked import enum_of
from tests.oracle.chance import Chance
from tests.oracle.draft import Wish, Word
from tests.oracle.placing import Placing

_DEFAULT = 50
_MANY_ROWS = 12
_WAYS = [
    *[("first",)] * 6,
    *[("last",)] * 3,
    *[("first", "after")] * 3,
    *[("last", "before")] * 3,
    *[("first", "offset")] * 2,
    ("first", "before"),
    ("last", "after"),
    ("first", "after", "before"),
    ("last", "after", "before"),
    ("first", "after", "offset"),
]
_SHORT = [*[()] * 4, ("after",), ("before",), ("after", "before"), ("offset",)]
"""Those that leave the size to the default page."""
_WRONG: list[tuple[str, ...]] = [("first", "last"), ("last", "offset")]
_SIZES = [0, 1, 1, 2, 2, 3, 3, 4, 5, 7]
_GARBAGE = ["", "garbage", "bnVsbA==", "W10=", "WyIiXQ==", "WyIiLG51bGxd", "WyIiLDEsMiwzXQ==", "\u00e9", "e30="]


class Paging:
    """Makes the page arguments of one operation."""

    def __init__(self, chance: Chance, placing: Placing) -> None:
        self._chance = chance
        self._placing = placing

    def page(
        self, kind: str, field: str, args: Mapping[str, GraphQLArgument], fresh: Collection[str], rows: int
    ) -> tuple[dict[str, Any], int]:
        """The arguments of a connection's field, `fresh` ones among them, and the page's size."""
        names = self._names(args, fresh, rows)
        orders = "orderBy" in args and self._chance.happens(0.8 if "orderBy" in fresh else 0.4)
        order = self._order(args["orderBy"]) if orders else []
        cursors = bool({"after", "before"} & set(names))
        size = self._chance.choice(_SIZES if rows <= _MANY_ROWS else _SIZES[:5])
        found = {name: self._value(kind, field, name, args[name], order, size, rows) for name in names}
        if orders:
            found["orderBy"] = self._placing.place(args["orderBy"].type, lambda: order, firm=cursors)
        return found, size if {"first", "last"} & set(names) else _DEFAULT

    def _names(self, args: Mapping[str, GraphQLArgument], fresh: Collection[str], rows: int) -> list[str]:
        ways = _SHORT if rows <= 1 and self._chance.happens(0.3) else _WAYS
        if self._chance.happens(0.003):
            ways = _WRONG
        possible = [way for way in ways if set(way) <= args.keys()]
        wanted = [way for way in possible if set(way) & set(fresh)]
        return list(self._chance.first_of(wanted, possible))

    def _order(self, argument: GraphQLArgument) -> list[Word]:
        names = [Word(name) for name in enum_of(argument).values]
        return [self._chance.choice(names) for _ in range(self._chance.choice([0, 1, 1, 1, 2, 2, 3, 4]))]

    def _value(
        self, kind: str, field: str, name: str, argument: GraphQLArgument, order: list[Word], size: int, rows: int
    ) -> Any:
        if name in ("after", "before"):
            return self._placing.place(argument.type, lambda: self._cursor(kind, field, order), empty=True)
        if name == "offset":
            return self._placing.place(argument.type, lambda: self._chance.choice([0, 1, 2, 5, 40]))
        return self._placing.place(argument.type, lambda: self._size(size), empty=rows <= _MANY_ROWS)

    def _size(self, size: int) -> int:
        if self._chance.happens(0.002):
            return self._chance.choice([-1, 1001, 2**31 - 1])
        return self._chance.randint(0, size)

    def _cursor(self, kind: str, field: str, order: list[Word]) -> str | Wish | None:
        if self._chance.happens(0.004):
            return self._chance.choice(_GARBAGE)
        edit = self._chance.randint(1, 6) if self._chance.happens(0.02) else 0
        return Wish(kind, field, tuple(word.text for word in order), self._chance.randint(0, 30), edit)
