"""The engine: operations of the supergraph, for the demo's viewer, over a pool."""

from __future__ import annotations

from dataclasses import dataclass

from graphql import ExecutionResult, GraphQLSchema

from db import migration
from db.migration import Migration
from db.pool import Pool
from db.refusals import refusal
from resolvers.executor import Executor
from resolvers.operation import Operation, Unavailable
from resolvers.viewer import Viewer
from schema.supergraph.supergraph import Supergraph
from schema.supergraph.viewer import ViewerRole

# Until there is access control: a manager of the first operator.
_DEMO_VIEWER = """
SELECT c.id AS operator_id, m.contact_id
FROM directory.companies AS c
LEFT JOIN team.team_members AS m ON m.operator_id = c.id AND m.manager_id IS NULL AND m.active
WHERE c.kind = 'operator'
ORDER BY c.id, m.approval_limit_cents DESC NULLS LAST, m.id
LIMIT 1
"""


@dataclass
class GraphEngine:
    """Answers operations by the executor, each for the demo's viewer."""

    supergraph: Supergraph
    pool: Pool
    executor: Executor
    migrations: list[Migration]
    _viewer: Viewer | None = None

    @property
    def schema(self) -> GraphQLSchema:
        return self.supergraph.graphql

    async def execute(self, operation: Operation) -> ExecutionResult:
        return await self.executor.execute(operation, await self._demo_viewer())

    async def ready(self) -> str | None:
        """Whether the database answers and stands where this release left it."""
        try:
            async with self.pool.connection() as connection:
                found = await migration.state(connection, self.migrations)
        except Exception as error:
            if refusal(error) is None:
                raise
            return "The database cannot be reached."
        if found.pending or found.edited or found.unknown:
            return "The database is not migrated to this release. Run `python -m gateway migrate`."
        return None

    async def _demo_viewer(self) -> Viewer:
        if self._viewer is None:
            try:
                async with self.pool.connection() as connection:
                    row = await connection.fetchrow(_DEMO_VIEWER)
            except Exception as error:
                if refusal(error) is None:
                    raise
                raise Unavailable(
                    "The database cannot be reached at the moment. Try again in a few seconds."
                ) from error
            if row is None:
                raise Unavailable("The database has no operating company yet. Run `python -m gateway demo`.")
            self._viewer = Viewer(ViewerRole.MANAGER, row["operator_id"], row["contact_id"])
        return self._viewer
