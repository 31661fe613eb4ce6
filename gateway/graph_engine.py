"""The engine: operations of the graph, each in the prospect of its viewer's role."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable
from types import ModuleType

from graphql import ExecutionResult, GraphQLSchema, OperationType

from db import migration
from db.migration import Migration
from db.refusals import refusal
from resolvers.commands.contract.handlers import collect
from resolvers.commands.contract.mutation import MutationExecutor
from resolvers.executor import Executor
from resolvers.introspection import Introspection
from resolvers.operation import Operation
from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph
from schema.assembly.prospect import prospect
from schema.supergraph.supergraph import Supergraph, build_supergraph
from schema.vocabulary.role import ViewerRole


class GraphEngine:
    """Answers queries by the executor, mutations by the commands' contract.

    A schema is made when somebody of a new role first asks; staff share one.
    """

    def __init__(
        self,
        graph: Graph,
        pools: Pools,
        limits: PageLimits,
        migrations: list[Migration],
        handlers: Iterable[ModuleType] = (),
    ) -> None:
        self.pools = pools
        self._graph = graph
        self._handlers = collect(handlers, graph)
        self._limits = limits
        self._migrations = migrations
        self._staff = build_supergraph(graph)
        self._outsiders: dict[ViewerRole, Supergraph] = {}
        self._building = asyncio.Lock()
        self._introspection = Introspection()

    @property
    def schema(self) -> GraphQLSchema:
        return self._staff.graphql

    async def schema_of(self, viewer: Viewer) -> GraphQLSchema:
        return (await self._supergraph(viewer.role)).graphql

    async def execute(self, operation: Operation) -> ExecutionResult | bytes:
        viewer = operation.viewer
        supergraph = await self._supergraph(viewer.role)
        if (known := await self._introspection.answer(operation, supergraph.graphql)) is not None:
            return known
        pool = self.pools.of(viewer)
        if operation.kind is OperationType.MUTATION:
            return await MutationExecutor(supergraph, pool, self._limits, self._handlers).execute(operation)
        return await Executor(supergraph, pool, self._limits).execute(operation, viewer)

    async def ready(self) -> str | None:
        """Whether the database answers and stands where this release left it."""
        try:
            async with self.pools.staff.connection() as connection:
                found = await migration.state(connection, self._migrations)
        except Exception as error:
            if refusal(error) is None:
                raise
            return "The database cannot be reached."
        if found.pending or found.edited or found.unknown:
            return "The database is not migrated to this release. Run `python -m gateway migrate`."
        return None

    async def _supergraph(self, role: ViewerRole) -> Supergraph:
        if role.staff:
            return self._staff
        if role not in self._outsiders:
            async with self._building:
                if role not in self._outsiders:
                    seen = prospect(self._graph, role)
                    self._outsiders[role] = await asyncio.to_thread(build_supergraph, seen)
                    gc.freeze()  # it stays too
        return self._outsiders[role]
