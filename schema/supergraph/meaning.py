"""What a field of the graph means, as data: the executor resolves it, a planner compiles it, both from here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from schema.vocabulary.column import Column
from schema.vocabulary.command import Command
from schema.vocabulary.derived import Derived, Merged
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity
from schema.vocabulary.result import Result


@dataclass(frozen=True)
class Follow:
    """An edge of the row: one row, or a connection."""

    edge: Edge


@dataclass(frozen=True)
class Derive:
    """What a function works out of the row."""

    derived: Derived


@dataclass(frozen=True)
class Merge:
    """A connection over rows of several entities that belong to the row."""

    merged: Merged


@dataclass(frozen=True)
class Lookup:
    """The row with an id or natural key: the argument says which, by its name."""

    entity: Entity
    keys: tuple[tuple[str, Column], ...]
    """By the names of the arguments, of which exactly one is given."""


@dataclass(frozen=True)
class Everything:
    """A connection over all rows of an entity that the viewer may see."""

    entity: Entity


class Part(Enum):
    """A field of a connection, of its edges or of its page."""

    NODES = "nodes"
    EDGES = "edges"
    PAGE_INFO = "pageInfo"
    TOTAL_COUNT = "totalCount"
    AGGREGATE = "aggregate"
    GROUPS = "groups"


class Root(Enum):
    """A field of Query that is no entity's own."""

    NODE = "node"
    NODES = "nodes"
    SEARCH = "search"
    VIEWER = "viewer"
    SERVICE = "_service"
    ENTITIES = "_entities"


@dataclass(frozen=True)
class Perform:
    """A field of Mutation: a command to be done."""

    command: Command


@dataclass(frozen=True)
class Tell:
    """A field of a command's payload."""

    result: Result


class Outcome(Enum):
    """What every payload tells beside its command's results."""

    EVENTS = "events"
    PROBLEMS = "problems"


Meaning: TypeAlias = Follow | Derive | Merge | Lookup | Everything | Part | Root | Perform | Tell | Outcome
