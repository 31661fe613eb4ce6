"""What became of one operation: by which way it was answered, and how long each part of that took."""

from __future__ import annotations

import math
from typing import Literal

import structlog

_log = structlog.get_logger(__name__)
_MOST_SQL = 2_000

Way = Literal["planner", "executor", "introspection", "mutation"]


class Timing:
    """Seconds by part: `parse` is the document's, `plan` and `bytes` the planner's, `database` everybody's.

    Whoever does a part adds to it; whoever sent the operation reads it when it is over.
    """

    # What has not been told yet, of every operation: a class's attributes need not be set for each.
    parse_s = 0.0
    plan_s = 0.0
    database_s = 0.0
    bytes_s = 0.0
    way: Way | None = None
    declined: str | None = None
    """What the planner left to the executor: a field's coordinate, such as `Query.search`."""

    def __init__(self, operation: str | None = None, slow_s: float = math.inf) -> None:
        self._operation = operation
        self._slow_s = slow_s

    def statement(self, sql: str, seconds: float) -> None:
        """The database took so long for a statement, whether it answered or failed; a slow one is told in the log.

        Its parameters are not: there are people in them.
        """
        self.database_s += seconds
        if seconds >= self._slow_s:
            _log.warning(
                "slow_statement",
                operation=self._operation and self._operation[:100],
                way=self.way,
                duration_ms=round(seconds * 1000, 2),
                sql=sql[:_MOST_SQL],
            )
