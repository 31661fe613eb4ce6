"""A planned statement in its two halves, and what becomes of it when they are put together wrongly."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resolvers.planner.parameters import Statement

_WHOLE = re.compile(
    r"SELECT CASE WHEN s\.made IS NOT NULL THEN \((?P<data>SELECT .*)\) END"
    r" FROM \(SELECT (?P<made>set_config\(.*) AS made OFFSET 0\) AS s"
)


@dataclass(frozen=True)
class Halves:
    """What reads, and what makes the viewer's settings before."""

    data: str
    made: str

    def whole(self, statement: Statement) -> Statement:
        """As the printer has it."""
        made = f"(SELECT {self.made} AS made OFFSET 0) AS s"
        data = f"CASE WHEN s.made IS NOT NULL THEN ({self.data}) END"
        return replace(statement, sql=f"SELECT {data} FROM {made}")  # noqa: S608 - halves of a statement of ours

    def late(self, statement: Statement) -> Statement:
        """The settings are made when all has been read."""
        both = f"(SELECT ({self.data}) AS data, {self.made} AS made OFFSET 0) AS s"
        return replace(statement, sql=f"SELECT s.data FROM {both}")  # noqa: S608 - halves of a statement of ours

    def lasting(self) -> Halves:
        """The settings are the session's: they outlive the statement."""
        return replace(self, made=self.made.replace(", true)", ", false)"))


def halves(statement: Statement) -> Halves:
    found = _WHOLE.fullmatch(statement.sql)
    assert found, statement.sql
    return Halves(found["data"], found["made"])
