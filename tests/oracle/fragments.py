"""Named fragments of an operation: made once, spread wherever they fit."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.draft import Fragment, Selection
from tests.oracle.scope import Scope


@dataclass(frozen=True)
class _Known:
    scope: Scope
    fields: int
    """How many it has, those of its own spreads too."""


class Fragments:
    """By name."""

    def __init__(self) -> None:
        self.made: dict[str, Fragment] = {}
        self._known: dict[str, _Known] = {}

    def add(self, on: str, selections: list[Selection], scope: Scope, fields: int) -> str:
        """The name of a new one."""
        name = f"{on}{len(self.made)}" if len(self.made) % 3 else f"on{len(self.made)}"
        self.made[name] = Fragment(on, selections)
        self._known[name] = _Known(scope, fields)
        return name

    def fields(self, name: str) -> int:
        return self._known[name].fields

    def fitting(self, on: str, scope: Scope, most: int) -> list[str]:
        """Those that can be spread into a scope over a type, and have at most so many fields."""
        return [
            name
            for name, known in self._known.items()
            if self.made[name].on == on and known.fields <= most and scope.fits(known.scope)
        ]

    def fits(self, name: str, scope: Scope) -> bool:
        return scope.fits(self._known[name].scope)

    def spread(self, name: str, scope: Scope) -> None:
        scope.absorb(self._known[name].scope)
