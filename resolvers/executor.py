"""The executor: answers an operation by Strawberry's resolvers, over one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphql import ExecutionResult, GraphQLError, execute
from graphql.pyutils import is_awaitable

from db.pool import Pool
from db.refusals import Refusal, refusal
from resolvers.operation import Operation, Unavailable
from resolvers.planner.pages import PageLimits
from resolvers.reader import ExecutorReader
from resolvers.snapshot import Snapshot
from resolvers.viewer import Viewer
from schema.supergraph.supergraph import Supergraph


@dataclass(frozen=True)
class ExecutionContext:
    """What resolvers see of their operation."""

    reader: ExecutorReader


class Executor:
    """Executes operations of one schema over one pool."""

    def __init__(self, supergraph: Supergraph, pool: Pool, limits: PageLimits) -> None:
        self._supergraph = supergraph
        self._pool = pool
        self._limits = limits

    async def execute(self, operation: Operation, viewer: Viewer) -> ExecutionResult:
        """The operation's result. A failing statement fails the whole operation.

        Raises:
            Unavailable: when the database is away.
        """
        snapshot = Snapshot(self._pool, viewer)
        async with snapshot:
            result = await self._run(operation, ExecutorReader(self._supergraph, snapshot, viewer, self._limits))
        return _failed(snapshot.failure) if snapshot.failure else result

    async def _run(self, operation: Operation, reader: ExecutorReader) -> ExecutionResult:
        result: Any = execute(
            self._supergraph.graphql,
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


def _failed(error: Exception) -> ExecutionResult:
    found = refusal(error)
    if found is None or found.kind in {"fault", "denied", "conflict"}:
        raise error
    if found.kind == "unavailable":
        raise Unavailable("The database cannot be reached at the moment. Try again in a few seconds.") from error
    return ExecutionResult(data=None, errors=[_described(found)])


def _described(found: Refusal) -> GraphQLError:
    """What a client may do about it: it wrote a value that PostgreSQL cannot hold, or asked for too much at once."""
    if found.kind == "timeout":
        message = "The database took too long. Ask for fewer rows, or filter by what is indexed."
        return GraphQLError(message, path=[], extensions={"code": "TIMEOUT"})
    message = f"A value is not one that PostgreSQL can hold ({found.message})."
    return GraphQLError(message, path=[], extensions={"code": "BAD_USER_INPUT"})
