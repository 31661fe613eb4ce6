"""Commands: what may be done. Each is a class that is its own input, and a field of Mutation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

from schema.vocabulary.given import Input, given
from schema.vocabulary.result import Result
from schema.vocabulary.role import ViewerRole

C = TypeVar("C")

EVENT = "AuditEvent"
"""The entity that events are rows of: every payload tells those that the command wrote."""

_ATTRIBUTE = "__command__"


@dataclass(frozen=True)
class CommandWord:
    """A command as it is declared, beside its class."""

    by: frozenset[ViewerRole]
    gives: Mapping[str, object]
    example: str
    subject: str | None
    domain: str | None


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(given,))
def command(
    *,
    by: Set[ViewerRole],
    gives: Mapping[str, object],
    example: str,
    subject: str | None = None,
    domain: str | None = None,
) -> Callable[[type[C]], type[C]]:
    """Makes a class a command; its docstring says what it does, `example` is a mutation that does it.

    `by` are the roles that may give it. `subject` is the value that holds the id of the row it is about: the row is
    locked first, and its version is what `expectedVersion` is compared with. `gives` is what the payload tells, by
    name: "Ticket" is a row, ["Ticket"] several rows, told("…", int) a value. It belongs to the domain of its subject,
    or else of the first row that it tells of; where it has neither, `domain` says which.
    """

    def bind(cls: type[C]) -> type[C]:
        setattr(cls, _ATTRIBUTE, CommandWord(frozenset(by), dict(gives), example, subject, domain))
        return dataclass(frozen=True, kw_only=True)(cls)

    return bind


def declared_command(cls: type) -> CommandWord | None:
    """What `@command` said of this very class, not of a base."""
    word = vars(cls).get(_ATTRIBUTE)
    return word if isinstance(word, CommandWord) else None


@dataclass(frozen=True, eq=False)
class Command:
    """An assembled command. `name` is that of its field of Mutation."""

    cls: type
    name: str
    description: str
    example: str
    by: frozenset[ViewerRole]
    inputs: tuple[Input, ...]
    subject: Input | None
    results: tuple[Result, ...]
    """Beside `events` and `problems`, which all have."""
    domain: str
