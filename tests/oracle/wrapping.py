"""Wrapping: inline fragments around what is selected, and the directives that skip and include it."""

from __future__ import annotations

from tests.oracle.chance import Chance
from tests.oracle.draft import Directive, Field, Inline, Selection
from tests.oracle.placing import Placing
from tests.oracle.scope import NODE

_MOST_DIRECTIVES = 40
_OF_NODES = {"id", "__typename"}


class Wrapping:
    """Wraps for one operation."""

    def __init__(self, chance: Chance, placing: Placing) -> None:
        self._chance = chance
        self._placing = placing
        self._left = chance.choice([0, 4, _MOST_DIRECTIVES])

    def directives(self, share: float) -> list[Directive]:
        """Some of @skip and @include, in this share of cases."""
        if self._left <= 0 or not self._chance.happens(share):
            return []
        names = self._chance.choice([("skip",), ("include",), ("include",), ("skip", "include"), ("include", "skip")])
        self._left -= len(names)
        return [Directive(name, self._placing.condition()) for name in names]

    def wrapped(self, kind: str, selections: list[Selection], *, is_node: bool) -> list[Selection]:
        """The same selections, some of those that follow each other in an inline fragment."""
        if not selections or not self._chance.happens(0.12):
            return selections
        start = self._chance.randrange(len(selections))
        end = self._chance.randint(start + 1, len(selections))
        inside = selections[start:end]
        wrapped: Selection = Inline(self._chance.choice([None, kind]), self.directives(0.3), inside)
        if is_node and all(isinstance(each, Field) and each.name in _OF_NODES for each in inside):
            wrapped = Inline(NODE, self.directives(0.3), inside)
        elif is_node and self._chance.happens(0.15):
            wrapped = Inline(NODE, self.directives(0.3), [Inline(kind, [], inside)])
        return [*selections[:start], wrapped, *selections[end:]]
