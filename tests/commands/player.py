"""A viewer who gives commands, in-process, as the gateway's engine would take them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError, OperationDefinitionNode, OperationType, parse, validate

from db.pool import Pool
from resolvers.commands.contract.handlers import Handlers
from resolvers.commands.contract.mutation import MutationExecutor
from resolvers.executor import Executor
from resolvers.operation import Operation
from resolvers.planner.pages import PageLimits
from resolvers.planner.planner import Planner
from resolvers.viewer import Viewer
from schema.supergraph.supergraph import Supergraph


@dataclass(eq=False, repr=False)
class Player:
    """Asks and acts as one viewer."""

    supergraph: Supergraph
    pool: Pool
    handlers: Handlers
    viewer: Viewer
    plans: bool = True
    """Whether payloads are read by the planner, as the gateway has it, or by the executor."""

    @cached_property
    def _planner(self) -> Planner:
        return Planner(self.supergraph, self.viewer.role, PageLimits())

    async def answer(self, text: str, variables: dict[str, Any] | None = None) -> ExecutionResult:
        """The result with its errors; a document that is not valid fails the test."""
        document = parse(text)
        assert validate(self.supergraph.graphql, document) == []
        (kind,) = {node.operation for node in document.definitions if isinstance(node, OperationDefinitionNode)}
        operation = Operation(document, text, None, kind, variables or {}, "a-request", self.viewer)
        if kind is OperationType.QUERY:
            return await Executor(self.supergraph, self.pool, PageLimits()).execute(operation, self.viewer)
        planner = self._planner if self.plans else None
        executor = MutationExecutor(self.supergraph, self.pool, PageLimits(), self.handlers, planner)
        return await executor.execute(operation)

    async def ask(self, text: str, **variables: Any) -> Any:
        """The data as a client reads them; an error fails the test."""
        result = await self.answer(text, variables)
        assert not result.errors, result.errors
        return orjson.loads(orjson.dumps(result.data))

    async def do(self, command: str, selection: str = "problems { __typename }", **given: Any) -> Any:
        """One command's payload; `given` is its input."""
        kind = f"{command[:1].upper()}{command[1:]}Input"
        text = f"mutation ($input: {kind}!) {{ {command}(input: $input) {{ {selection} }} }}"
        return (await self.ask(text, input=given))[command]

    async def problems(self, command: str, selection: str = "", **given: Any) -> list[Any]:
        """Why a command is not done."""
        payload = await self.do(command, f"problems {{ __typename code message path {selection} }}", **given)
        found: list[Any] = payload["problems"]
        return found

    async def problem(self, command: str, selection: str = "", **given: Any) -> Any:
        """The one reason."""
        (found,) = await self.problems(command, selection, **given)
        return found

    async def done(self, command: str, selection: str = "", **given: Any) -> Any:
        """The payload of a command that has no problem."""
        payload = await self.do(command, f"{selection} problems {{ code message path }}", **given)
        assert payload.pop("problems") == []
        return payload

    async def error(self, text: str, variables: dict[str, Any] | None = None) -> GraphQLError:
        """The one error of an operation."""
        result = await self.answer(text, variables)
        assert result.errors, result.data
        (error,) = result.errors
        return error
