"""Parameters and names of one statement while it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Statement:
    """SQL with its parameters: values are never part of the text."""

    sql: str
    parameters: tuple[Any, ...]


class Parameters:
    """Numbers the parameters and aliases of one statement."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._aliases = 0

    def bind(self, value: Any, postgres: str) -> str:
        """`$n::type` for a value."""
        self.values.append(value)
        return f"${len(self.values)}::{postgres}"

    def alias(self) -> str:
        """A table's name that nothing else in the statement bears."""
        self._aliases += 1
        return f"t{self._aliases}"


def quote(name: str) -> str:
    """A name from the declarations as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def table(name: str) -> str:
    """schema.table, quoted."""
    return ".".join(quote(part) for part in name.split("."))
