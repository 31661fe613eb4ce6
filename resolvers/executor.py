"""The executor: answers a query by Strawberry's resolvers, over one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphql import ExecutionResult, execute
from graphql.pyutils import is_awaitable

from db.pool import Pool
from resolvers.explanation import explanation
from resolvers.failure import failed
from resolvers.operation import Operation
from resolvers.planner.pages import PageLimits
from resolvers.reader import ExecutorReader
from resolvers.session import Ended
from resolvers.snapshot import Snapshot
from resolvers.viewer import Viewer
from schema.supergraph.reader import Reader
from schema.supergraph.supergraph import Supergraph


@dataclass(frozen=True)
class ExecutionContext:
    """What resolvers see of their operation."""

    reader: Reader


class Executor:
    """Executes queries of one schema over one pool."""

    def __init__(self, supergraph: Supergraph, pool: Pool, limits: PageLimits) -> None:
        self._supergraph = supergraph
        self._pool = pool
        self._limits = limits

    async def execute(self, operation: Operation, viewer: Viewer) -> ExecutionResult:
        """The operation's result. A failing statement fails the whole operation.

        Raises:
            Unavailable: when the database is away.
        """
        operation.timing.way = "executor"
        snapshot = Snapshot(self._pool, viewer, operation.timing)
        async with snapshot:
            reader = ExecutorReader(self._supergraph, snapshot, viewer, self._limits)
            result = await executed(self._supergraph, operation, reader)
        if snapshot.failure:
            return failed(snapshot.failure)
        # Nobody waited for these fields: one that failed beside them had made an end.
        result.errors = [each for each in result.errors or () if not isinstance(each.original_error, Ended)] or None
        if operation.explain:
            result.extensions = await explanation(snapshot.statements, operation, self._pool)
        return result


async def executed(supergraph: Supergraph, operation: Operation, reader: Reader) -> ExecutionResult:
    """What graphql-core makes of an operation whose fields are read by the reader."""
    result: Any = execute(
        supergraph.graphql,
        operation.document,
        context_value=ExecutionContext(reader),
        variable_values=operation.variables,
        operation_name=operation.name,
    )
    if is_awaitable(result):
        result = await result
    if not isinstance(result, ExecutionResult):
        raise TypeError(f"an execution gave {type(result).__name__}")
    return result
