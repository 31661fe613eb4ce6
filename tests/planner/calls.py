"""Counts calls of Python functions by the package that they are in."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = frozenset({"schema", "resolvers", "db", "gateway"})


class Calls(Counter[tuple[str, str]]):
    """How often each function was called, by its package and its name; calls of C functions count by who calls."""

    def within(self, *packages: str) -> int:
        """All calls in these packages."""
        return sum(count for (package, _), count in self.items() if package in packages)

    def named(self, name: str) -> int:
        """All calls of the functions of this name in the project."""
        return sum(count for (package, found), count in self.items() if found == name and package in OURS)


@contextmanager
def counted() -> Iterator[Calls]:
    """What is called in this thread until the block ends."""
    calls = Calls()

    def note(frame: FrameType, event: str, about: Any) -> None:
        package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if event == "call":
            calls[package, frame.f_code.co_name] += 1
        elif event == "c_call":
            calls[package, getattr(about, "__qualname__", str(about))] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(before)
