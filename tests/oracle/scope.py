"""Scopes: which response keys an object of the answer has, so that all that is selected can be merged.

Source: GraphQL specification, section "Field Selection Merging"; a little stricter, where that is simpler.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

NODE = "Node"
"""The interface, which every object may be."""


@dataclass(frozen=True)
class Entry:
    """A field under a response key; `below` is None where it has no fields of its own."""

    parent: str
    name: str
    arguments: str
    type: str
    below: Scope | None

    def merges(self, other: Entry) -> bool:
        """Whether both may stand under one key."""
        if self.type != other.type:
            return False
        if (self.name, self.arguments) == (other.name, other.arguments):
            return self.below is None or other.below is None or self.below.fits(other.below)
        return self.below is None and self.parent != other.parent and NODE not in (self.parent, other.parent)


@dataclass
class Scope:
    """The keys of one object."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)

    def enter(self, key: str, entry: Entry) -> Scope | None:
        """The field takes the key. The scope below it, if it has one: shared with what has the key already."""
        known = self.entries.setdefault(key, [])
        below = known[0].below if known else entry.below
        entered = replace(entry, below=below)
        if entered not in known:
            known.append(entered)
        return below

    def has_room(self, key: str, entry: Entry) -> bool:
        """Whether the field can take the key."""
        return all(entry.merges(other) for other in self.entries.get(key, ()))

    def fits(self, other: Scope) -> bool:
        """Whether all of the other may be selected here too."""
        return all(self.has_room(key, entry) for key, entries in other.entries.items() for entry in entries)

    def absorb(self, other: Scope) -> None:
        """All of the other is selected here too."""
        for key, entries in other.entries.items():
            for entry in entries:
                below = self.enter(key, replace(entry, below=None if entry.below is None else Scope()))
            if below is not None and entry.below is not None:  # which all under a key share
                below.absorb(entry.below)
