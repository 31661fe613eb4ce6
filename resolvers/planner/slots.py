"""Slots: values that each request brings anew, in a plan that is made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from resolvers.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Given:
    """What a request brings: its coerced variables, who asks, and the rows that a command tells of."""

    variables: Mapping[str, Any]
    viewer: Viewer
    ids: Sequence[UUID] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Slot:
    """A value that is read of each request; `source` says from where, as in `$where.status`.

    `checks` are the slots that were made of the request's values and of which no other was made: each is read with
    every request, for its conversion may refuse what came, whether or not a statement has a place for it.
    """

    source: str
    read: Callable[[Given], Any]
    checks: dict[Slot, None] = field(default_factory=dict, repr=False)

    def __str__(self) -> str:
        return self.source

    def then(self, convert: Callable[[Any], Any]) -> Slot:
        """The slot of the converted value; `convert` may refuse it."""
        read = self.read
        made = Slot(self.source, lambda given: convert(read(given)), self.checks)
        self._replace(made)
        return made

    def once(self) -> Slot:
        """The same, read once of each request, however many slots are made of it."""
        read, last = self.read, list[Any]()

        def kept(given: Given) -> Any:
            if not last or last[0] is not given:
                last[:] = [given, read(given)]
            return last[1]

        made = Slot(self.source, kept, self.checks)
        self._replace(made)
        return made

    def _replace(self, made: Slot) -> None:
        self.checks.pop(self, None)
        self.checks[made] = None


def settled(value: Any, convert: Callable[[Any], Any]) -> Any:
    """The converted value: now, or, where the value or an item of a list is a slot, with each request."""
    if isinstance(value, list) and any(isinstance(item, Slot) for item in value):
        value = _gathered(value)
    return value.then(convert) if isinstance(value, Slot) else convert(value)


def _gathered(items: list[Any]) -> Slot:
    reads = [item.read if isinstance(item, Slot) else lambda _, item=item: item for item in items]
    checks = next(item.checks for item in items if isinstance(item, Slot))
    return Slot(f"[{', '.join(map(str, items))}]", lambda given: [read(given) for read in reads], checks)
