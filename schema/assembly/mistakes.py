"""Mistakes in the declarations, collected so that all are seen at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class AssemblyError(Exception):
    """The declarations do not make a graph; the message lists every mistake with its fix."""


class Mistakes:
    """A list that refuses to be ignored: `settle` raises when anything stands on it."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def add(self, where: str, what: str, fix: str) -> None:
        self._lines.append(f"{where}: {what}. {fix}.")

    def settle(self) -> None:
        """Raises AssemblyError when there is any mistake."""
        if self._lines:
            count = len(self._lines)
            lines = "\n".join(f"  {line}" for line in self._lines)
            raise AssemblyError(f"{count} mistake{'s' * (count > 1)} in the declarations:\n{lines}")


def nearest(word: str, known: Iterable[str]) -> str:
    """'Did you mean …' for a misspelt word, else what is known."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    return f"Did you mean {close[0]}" if close else f"Known are {', '.join(names[:20])}"
