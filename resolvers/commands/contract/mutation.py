"""Mutations: the commands of one operation, one after the other, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from graphql import ExecutionResult, GraphQLError, GraphQLResolveInfo

from db.pool import Pool
from resolvers.batch import instance
from resolvers.commands.contract.handlers import Handlers
from resolvers.commands.contract.payload import Payload
from resolvers.commands.contract.performance import Performance, Stage
from resolvers.commands.contract.planned_rows import PlannedRows
from resolvers.executor import executed
from resolvers.failure import failure
from resolvers.operation import Operation, Unavailable
from resolvers.planner.pages import PageLimits
from resolvers.planner.planner import Planner
from resolvers.reader import ExecutorReader
from schema.supergraph.meaning import Meaning, Outcome, Perform, Tell
from schema.supergraph.supergraph import Supergraph
from schema.vocabulary.command import EVENT, Command
from schema.vocabulary.result import EachResult, RowResult


class MutationExecutor:
    """Executes mutations of one schema over one pool."""

    def __init__(
        self,
        supergraph: Supergraph,
        pool: Pool,
        limits: PageLimits,
        handlers: Handlers,
        planner: Planner | None = None,
    ) -> None:
        self._supergraph = supergraph
        self._pool = pool
        self._limits = limits
        self._handlers = handlers
        self._planner = planner

    async def execute(self, operation: Operation) -> ExecutionResult:
        """The operation's result. What fails is its field, which is null; the commands before it stay done.

        Raises:
            Unavailable: when the database is away, and nothing was done.
        """
        stage = Stage(
            self._supergraph.graph, self._pool, self._handlers, operation.viewer, operation.request_id, operation.timing
        )
        told = PlannedRows.of(self._planner, operation)
        reader = MutationReader(self._supergraph, stage, self._limits, told)
        try:
            result = await executed(self._supergraph, told.trimmed(operation) if told else operation, reader)
            await reader.settle()
        except BaseException as error:
            await reader.abandon(error)
            raise
        return _with_failures(told.put_into(result) if told else result, reader.failures)


class MutationReader:
    """Performs the command of each field of the root, and reads its payload.

    graphql-core completes a field of a mutation's root before it begins the next one: so a performance ends when the
    next begins, or when all is read.
    """

    def __init__(self, supergraph: Supergraph, stage: Stage, limits: PageLimits, told: PlannedRows | None) -> None:
        self._supergraph = supergraph
        self._told = told
        self._stage = stage
        self._limits = limits
        self._current: tuple[str, Performance] | None = None
        self._performance: Performance | None = None
        self._rows: ExecutorReader | None = None
        self._done = False
        self.failures: dict[str, Exception] = {}
        """Why fields of the root have nothing to tell, by their names in the answer."""

    def read(
        self, meaning: Meaning, source: Any, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]
    ) -> object:
        """The field's value, or an awaitable of it."""
        if isinstance(meaning, Perform):
            return self._performed(meaning.command, info, arguments["input"])
        if self._rows is None:
            raise TypeError("a payload is read behind its command")
        match meaning:
            case Tell(RowResult() as result):
                return self._told_rows(info, result.entity, source.ids(result), single=not result.many)
            case Tell(EachResult() as result):
                return source.parts(result)
            case Tell(item):
                return source.value(item)
            case Outcome.EVENTS:
                return self._told_rows(info, EVENT, source.events, single=False)
            case Outcome.PROBLEMS:
                return source.problems
        return self._rows.read(meaning, source, info, arguments)

    async def settle(self) -> None:
        """Ends the current performance; what keeps it from being done is noted as its field's failure."""
        if self._current is None:
            return
        (key, performance), self._current = self._current, None
        broken = performance.failure
        try:
            await performance.end()
        except Exception as error:  # noqa: BLE001 - the driver's, told as the field's failure
            broken = broken or error
        if broken is not None:
            self.failures[key] = self._meant(broken)
        else:
            self._done = self._done or performance.has_done

    async def abandon(self, error: BaseException) -> None:
        """Undoes the current performance."""
        if self._current is not None:
            (_, performance), self._current = self._current, None
            await performance.abandon(error)

    async def _told_rows(self, info: GraphQLResolveInfo[Any], entity: str, ids: list[UUID], *, single: bool) -> Any:
        """Rows, by the planner or by the executor. What the planner has read takes its place when all is executed."""
        if self._rows is None or self._performance is None:
            raise TypeError("a payload is read behind its command")
        if not ids:
            return None if single else []
        if self._told is None or not self._told.has(info):
            return await (self._rows.by_id(entity, ids[0], info) if single else self._rows.by_ids(entity, ids, info))
        found = await self._told.read(info, ids, self._performance)
        return instance(self._supergraph.rows[entity], {}) if single and found else None if single else []

    async def _performed(self, command: Command, info: GraphQLResolveInfo[Any], raw: Mapping[str, Any]) -> Payload:
        await self.settle()
        performance = Performance(command, self._stage)
        self._rows = ExecutorReader(self._supergraph, performance, self._stage.viewer, self._limits)
        self._performance = performance
        try:
            payload = await performance.perform(raw)
        except Exception as error:
            raise self._meant(error) from error
        self._current = (str(info.path.key), performance)
        return payload

    def _meant(self, error: Exception) -> Exception:
        """The error as a client should hear it. That the database is away ends the request only where nothing is done
        yet: who has heard so sends all of it again."""
        meant = failure(error)
        if isinstance(meant, Unavailable) and self._done:
            extensions = {"code": "DATABASE_UNAVAILABLE"}
            return GraphQLError(f"{meant.reason} The commands before this one are done.", extensions=extensions)
        return meant


def _with_failures(result: ExecutionResult, failures: Mapping[str, Exception]) -> ExecutionResult:
    """Fields that failed behind their command are null, each with one error."""
    if not failures or result.data is None:
        return result
    kept = [error for error in result.errors or () if not error.path or error.path[0] not in failures]
    told = [_located(key, error) for key, error in failures.items()]
    data = {key: None if key in failures else value for key, value in result.data.items()}
    return ExecutionResult(data=data, errors=kept + told)


def _located(key: str, error: Exception) -> GraphQLError:
    if isinstance(error, GraphQLError):
        return GraphQLError(error.message, path=[key], extensions=error.extensions)
    return GraphQLError(str(error), path=[key], original_error=error)
