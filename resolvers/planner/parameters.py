"""Parameters and names of one statement while it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from resolvers.planner.slots import Slot


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters: values are never part of the text."""

    sql: str
    parameters: Sequence[Any]


class Parameters:
    """Numbers the parameters and aliases of one statement."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._slots: dict[tuple[Slot, str], str] = {}
        self._aliases = 0

    def bind(self, value: Any, postgres: str) -> str:
        """`$n::type` for a value; the same for the same slot."""
        if isinstance(value, Slot) and (value, postgres) in self._slots:
            return self._slots[value, postgres]
        self.values.append(value)
        bound = f"${len(self.values)}::{postgres}"
        if isinstance(value, Slot):
            self._slots[value, postgres] = bound
        return bound

    def alias(self) -> str:
        """A table's name that nothing else in the statement bears."""
        self._aliases += 1
        return f"t{self._aliases}"


def quote(name: str) -> str:
    """A name from the declarations as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(name: str) -> str:
    """A name from the declarations as an SQL string."""
    return "'" + name.replace("'", "''") + "'"


def table(name: str) -> str:
    """schema.table, quoted."""
    return ".".join(quote(part) for part in name.split("."))
