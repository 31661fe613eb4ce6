"""A plan as it is kept: a statement, and what of each request goes into it."""

from __future__ import annotations

from collections.abc import Iterable

from resolvers.planner.parameters import Statement
from resolvers.planner.slots import Given, Slot


class Plan:
    """A statement whose parameters are partly slots, and slots that it has no place for, but that may refuse."""

    __slots__ = ("_checks", "_reads", "parameters", "sql")

    def __init__(self, statement: Statement, checks: Iterable[Slot]) -> None:
        self.sql = statement.sql
        self.parameters = statement.parameters
        self._reads = [(n, each.read) for n, each in enumerate(statement.parameters) if isinstance(each, Slot)]
        placed = {id(each) for each in statement.parameters}
        self._checks = [each.read for each in checks if id(each) not in placed]

    def bound(self, given: Given) -> Statement:
        """The statement for one request.

        Raises:
            BadInput: when a value is not one that can be asked for.
        """
        values = list(self.parameters)
        for n, read in self._reads:
            values[n] = read(given)
        for check in self._checks:
            check(given)
        return Statement(self.sql, values)
