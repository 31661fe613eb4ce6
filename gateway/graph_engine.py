"""The engine: operations of the graph, each in the prospect of its viewer's role."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType

from graphql import ExecutionResult, GraphQLSchema, OperationType

from db import migration
from db.kept import Kept
from db.migration import Migration
from db.refusals import refusal
from resolvers.commands.contract.handlers import collect
from resolvers.commands.contract.mutation import MutationExecutor
from resolvers.executor import Executor
from resolvers.failure import failed
from resolvers.introspection import Introspection
from resolvers.operation import Operation
from resolvers.planner.declined import Declined
from resolvers.planner.pages import PageLimits
from resolvers.planner.planner import Planner
from resolvers.planner.plans import Plan
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph
from schema.assembly.prospect import prospect
from schema.assembly.slice import slice_of
from schema.supergraph.supergraph import Supergraph, build_supergraph
from schema.vocabulary.role import ViewerRole


@dataclass(frozen=True)
class _Ways:
    """How a role's operations are answered."""

    supergraph: Supergraph
    planner: Planner | None


class GraphEngine:
    """Answers queries by the planner, or by the executor what that declines; mutations by the commands' contract.

    A schema is made when somebody of a new role first asks; staff share one.
    """

    def __init__(
        self,
        graph: Graph,
        pools: Pools,
        limits: PageLimits,
        migrations: list[Migration],
        handlers: Iterable[ModuleType] = (),
        *,
        planner: bool = True,
        domain: str | None = None,
    ) -> None:
        """Of the whole graph, or of a domain's slice."""
        self.pools = pools
        self._graph = graph
        self._domain = domain
        self._handlers = collect(handlers, graph)
        self._limits = limits
        self._migrations = migrations
        self._plans = planner
        self._staff = self._ways(self._built(ViewerRole.MANAGER), ViewerRole.MANAGER)
        self._outsiders: dict[ViewerRole, _Ways] = {}
        self._building = asyncio.Lock()
        self._introspection = Introspection()

    @property
    def schema(self) -> GraphQLSchema:
        return self._staff.supergraph.graphql

    async def schema_of(self, viewer: Viewer) -> GraphQLSchema:
        return (await self._of(viewer.role)).supergraph.graphql

    async def execute(self, operation: Operation) -> ExecutionResult | bytes:
        viewer, timing = operation.viewer, operation.timing
        ways = await self._of(viewer.role)
        pool = self.pools.of(viewer)
        if operation.kind is OperationType.MUTATION:
            timing.way = "mutation"
            executor = MutationExecutor(ways.supergraph, pool, self._limits, self._handlers, ways.planner)
            return await executor.execute(operation)
        declined = None
        if ways.planner is not None:
            timing.way = "planner"
            try:
                return await ways.planner.answer(operation, pool)
            except Declined as error:
                declined = error.coordinate
            except Exception as error:  # noqa: BLE001 - told or raised again
                return failed(error)
        timing.way = "introspection"
        if (known := await self._introspection.answer(operation, ways.supergraph.graphql)) is not None:
            return known
        timing.way, timing.declined = "executor", declined
        return await Executor(ways.supergraph, pool, self._limits).execute(operation, viewer)

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

    def plans(self) -> list[Kept[Plan | Declined]]:
        """The caches of plans."""
        return [ways.planner.plans for ways in (self._staff, *self._outsiders.values()) if ways.planner]

    async def _of(self, role: ViewerRole) -> _Ways:
        if role.staff:
            return self._staff
        if role not in self._outsiders:
            async with self._building:
                if role not in self._outsiders:
                    self._outsiders[role] = self._ways(await asyncio.to_thread(self._built, role), role)
                    gc.freeze()  # it stays too
        return self._outsiders[role]

    def _built(self, role: ViewerRole) -> Supergraph:
        seen = prospect(self._graph, role)
        return build_supergraph(slice_of(seen, self._domain) if self._domain else seen)

    def _ways(self, supergraph: Supergraph, role: ViewerRole) -> _Ways:
        return _Ways(supergraph, Planner(supergraph, role, self._limits) if self._plans else None)
