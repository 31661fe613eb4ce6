"""A desk: where operations of one schema are answered, by the planner and by the executor."""

from __future__ import annotations

from typing import Any

import orjson
from graphql import DocumentNode, GraphQLError, OperationType, parse, validate

from db.pool import Pool
from resolvers.executor import Executor
from resolvers.operation import Operation
from resolvers.planner.pages import PageLimits
from resolvers.planner.parameters import Statement
from resolvers.planner.planner import Planner
from resolvers.viewer import Viewer
from schema.supergraph.supergraph import Supergraph
from schema.vocabulary.role import ViewerRole

Variables = dict[str, Any]


class Desk:
    """Parses and validates a document once. No dataclass: a failing example would print the whole graph."""

    def __init__(self, supergraph: Supergraph, role: ViewerRole, limits: PageLimits | None = None) -> None:
        self.supergraph = supergraph
        self.role = role
        self.limits = limits or PageLimits()
        self.planner = Planner(supergraph, role, self.limits)
        self._documents: dict[str, DocumentNode] = {}

    def again(self) -> Desk:
        """The same, as if nobody had asked yet."""
        return Desk(self.supergraph, self.role, self.limits)

    def forget(self) -> None:
        """Documents, not plans."""
        self._documents.clear()

    def operation(self, text: str, viewer: Viewer, variables: Variables | None = None) -> Operation:
        """The text's one operation. Raises GraphQLError, the first one, where the schema refuses the text."""
        return Operation(self._document(text), text, None, OperationType.QUERY, variables or {}, "test", viewer)

    def statement(self, text: str, viewer: Viewer, variables: Variables | None = None) -> Statement:
        return self.planner.plan(self.operation(text, viewer, variables))

    async def planned(self, text: str, viewer: Viewer, pool: Pool, variables: Variables | None = None) -> bytes:
        """The planner's body."""
        return await self.planner.answer(self.operation(text, viewer, variables), pool)

    async def executed(self, text: str, viewer: Viewer, pool: Pool, variables: Variables | None = None) -> bytes:
        """The executor's body; its first error is raised."""
        operation = self.operation(text, viewer, variables)
        result = await Executor(self.supergraph, pool, self.limits).execute(operation, viewer)
        for error in result.errors or ():
            raise error
        return orjson.dumps({"data": result.data})

    async def both(self, text: str, viewer: Viewer, pool: Pool, variables: Variables | None = None) -> bytes:
        """The body, which is the same in both ways."""
        planned = await self.planned(text, viewer, pool, variables)
        assert planned == await self.executed(text, viewer, pool, variables)
        return planned

    def _document(self, text: str) -> DocumentNode:
        if text not in self._documents:
            document = parse(text)
            errors: list[GraphQLError] = validate(self.supergraph.graphql, document)
            if errors:
                raise errors[0]
            self._documents[text] = document
        return self._documents[text]
