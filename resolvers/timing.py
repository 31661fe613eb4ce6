"""What became of one operation: by which way it was answered, and how long each part of that took."""

from __future__ import annotations

import math
from typing import Literal

import structlog

_log = structlog.get_logger(__name__)
_MOST_SQL = 2_000

Way = Literal["planner", "executor", "introspection", "mutation"]


class Timing:
    """Spans in seconds by name: `parse` is the document's, `plan` and `bytes` the planner's, `database` everybody's.

    Whoever does a part adds to it; whoever sent the operation reads it when it is over.
    """

    __slots__ = ("_operation", "_slow_s", "declined", "spans", "way")

    def __init__(self, operation: str | None = None, slow_s: float = math.inf) -> None:
        self.spans: dict[str, float] = {}
        self.way: Way | None = None
        self.declined: str | None = None
        """What the planner left to the executor: a field's coordinate, such as `Query.search`."""
        self._operation = operation
        self._slow_s = slow_s

    def add(self, name: str, seconds: float) -> None:
        """A part took so long; more of the same part adds up."""
        self.spans[name] = self.spans.get(name, 0.0) + seconds

    def statement(self, sql: str, seconds: float) -> None:
        """The database took so long for a statement, whether it answered or failed; a slow one is told in the log.

        Its parameters are not: there are people in them.
        """
        self.add("database", seconds)
        if seconds >= self._slow_s:
            _log.warning(
                "slow_statement",
                operation=self._operation and self._operation[:100],
                way=self.way,
                duration_ms=round(seconds * 1000, 2),
                sql=sql[:_MOST_SQL],
            )
