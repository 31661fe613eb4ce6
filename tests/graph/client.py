"""Asks the graph in-process as one viewer: by the executor and by the planner, which must give the same bytes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from graphql import DocumentNode, ExecutionResult, GraphQLError, OperationType, parse, validate

from db.pool import Pool
from resolvers.executor import Executor
from resolvers.operation import Operation
from resolvers.planner.declined import Declined
from resolvers.planner.pages import PageLimits
from resolvers.planner.planner import Planner
from resolvers.viewer import Viewer
from schema.supergraph.supergraph import Supergraph
from schema.vocabulary.role import ViewerRole


class Client:
    """A viewer at the graph of a database. No dataclass: a failing example would print the whole graph."""

    def __init__(self, supergraph: Supergraph, pool: Pool, viewer: Viewer) -> None:
        self.supergraph = supergraph
        self.pool = pool
        self.viewer = viewer
        self._documents: dict[str, DocumentNode] = {}
        self._planner = Planner(supergraph, viewer.role, PageLimits())

    def at(self, pool: Pool, operator: UUID | None = None) -> Client:
        """The same viewer at another database, where the operator may be another."""
        return Client(self.supergraph, pool, replace(self.viewer, operator_id=operator or self.viewer.operator_id))

    def as_role(self, role: ViewerRole) -> Client:
        """Somebody in another role, who is asked by the same schema."""
        return Client(self.supergraph, self.pool, replace(self.viewer, role=role))

    async def answer(self, query: str, variables: dict[str, Any] | None = None) -> ExecutionResult:
        """The result with its errors."""
        try:
            operation = self._operation(query, variables)
        except GraphQLError as error:
            return ExecutionResult(data=None, errors=[error])
        result = await self._executed(operation)
        await self._compare(operation, result)
        return result

    async def executed(self, query: str, variables: dict[str, Any] | None = None) -> ExecutionResult:
        """The executor's result alone."""
        return await self._executed(self._operation(query, variables))

    async def _executed(self, operation: Operation) -> ExecutionResult:
        return await Executor(self.supergraph, self.pool, PageLimits()).execute(operation, self.viewer)

    def _operation(self, query: str, variables: dict[str, Any] | None) -> Operation:
        document = self._document(query)
        return Operation(document, query, None, OperationType.QUERY, variables or {}, "test", self.viewer)

    async def _compare(self, operation: Operation, result: ExecutionResult) -> None:
        """What the planner declines is what the executor finds wrong."""
        try:
            body = await self._planner.answer(operation, self.pool)
        except (Declined, asyncpg.PostgresError):
            body = None
        assert body == (None if result.errors else orjson.dumps({"data": result.data}))

    def _document(self, query: str) -> DocumentNode:
        """Raises GraphQLError, the first one, where the schema does not know what is asked for."""
        if query not in self._documents:
            document = parse(query)
            for error in validate(self.supergraph.graphql, document):
                raise error
            self._documents[query] = document
        return self._documents[query]

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
