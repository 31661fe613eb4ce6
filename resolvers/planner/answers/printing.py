"""What the printers of parts of an answer need of the whole."""

from __future__ import annotations

from typing import Protocol

from resolvers.planner.answer import Shape, Value
from resolvers.planner.parameters import Parameters


class Printing(Protocol):
    """Prints one answer; `row` is the alias, or the expression, of the row at hand."""

    parameters: Parameters
    equal: dict[str, str]
    """Columns of rows, and what they are equal to: columns of rows further out, or parameters."""

    def value(self, value: Value, row: str) -> str:
        """The value as SQL that is fit to be a member of an object."""
        ...

    def columns(self, shape: Shape, row: str) -> str:
        """The members of an object as a list of columns that bear their keys."""
        ...
