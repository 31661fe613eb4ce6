"""Asks the graph in-process, by the executor, as one viewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError, OperationType, parse, validate

from db.pool import Pool
from resolvers.executor import Executor
from resolvers.operation import Operation
from resolvers.planner.pages import PageLimits
from resolvers.viewer import Viewer
from schema.supergraph.supergraph import Supergraph


@dataclass(frozen=True)
class Client:
    """A viewer at the graph of a database."""

    supergraph: Supergraph
    pool: Pool
    viewer: Viewer
    limits: PageLimits = PageLimits()  # noqa: RUF009 - frozen

    async def answer(self, query: str, variables: dict[str, Any] | None = None) -> ExecutionResult:
        """The result with its errors."""
        try:
            document = parse(query)
        except GraphQLError as error:
            return ExecutionResult(data=None, errors=[error])
        if errors := validate(self.supergraph.graphql, document):
            return ExecutionResult(data=None, errors=errors)
        operation = Operation(document, query, None, OperationType.QUERY, variables or {}, "test", self.viewer)
        executor = Executor(self.supergraph, self.pool, self.limits)
        return await executor.execute(operation, self.viewer)

    async def ask(self, query: str, variables: dict[str, Any] | None = None) -> Any:
        """The data as a client reads them; an error fails the test."""
        result = await self.answer(query, variables)
        assert not result.errors, result.errors
        return orjson.loads(orjson.dumps(result.data))

    async def refused(self, query: str, variables: dict[str, Any] | None = None) -> GraphQLError:
        """The one error of a query that cannot be followed."""
        result = await self.answer(query, variables)
        assert result.errors, result.data
        (error,) = result.errors
        assert not is_fault(error), error.original_error
        return error


def is_fault(error: GraphQLError) -> bool:
    """Whether the error would be masked as ours; what the schema refuses, and what was meant for the client, is not."""
    resolved = error.path is not None or error.nodes is None
    return resolved and not isinstance(error.original_error, GraphQLError | None)
