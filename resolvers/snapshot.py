"""One operation's view of the database: a read-only transaction on one connection, opened when it is first needed."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self

from db.pool import Pool
from resolvers.planner.parameters import Statement
from resolvers.session import Ended
from resolvers.timing import Timing
from resolvers.viewer import Viewer

_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
# Of this transaction alone: when it ends, however it ends, the connection has no viewer.
_VIEWER = """
SELECT set_config('viewer.role', $1, true), set_config('viewer.operator_id', $2, true),
       set_config('viewer.contact_id', $3, true), set_config('viewer.company_id', $4, true)
"""


class Snapshot:
    """Statements run one after the other and all see the same rows; after the first failure none runs any more."""

    def __init__(self, pool: Pool, viewer: Viewer, timing: Timing | None = None) -> None:
        self._pool = pool
        self._viewer = viewer
        self._timing = timing or Timing()
        self._turn = asyncio.Lock()
        self._open = AsyncExitStack()
        self._connection: Any = None
        self._over = False
        self._cut_off: BaseException | None = None
        """Why a statement may still run: nobody waited for its field, whose parent had failed."""
        self.failure: Exception | None = None
        self.statements: list[Statement] = []

    async def fetch(self, statement: Statement) -> list[Any]:
        """The statement's records.

        Raises:
            Exception: the driver's, for this statement or for the one that failed before it.
            Ended: when the operation is answered already.
        """
        async with self._turn:
            if self.failure or self._over or self._cut_off:
                raise self.failure or Ended("the operation is over")
            try:
                if self._connection is None:
                    await self._begin()
                self.statements.append(statement)
                return await self._run(statement)
            except asyncio.CancelledError as error:
                self._cut_off = error
                raise
            except Exception as error:
                self.failure = error
                raise

    async def _begin(self) -> None:
        began = time.perf_counter()
        try:
            self._connection = await self._open.enter_async_context(self._pool.connection())
            await self._connection.execute(_BEGIN)
            await self._connection.execute(_VIEWER, *self._viewer.settings)
        finally:
            self._timing.database_s += time.perf_counter() - began

    async def _run(self, statement: Statement) -> list[Any]:
        began = time.perf_counter()
        try:
            records: list[Any] = await self._connection.fetch(statement.sql, *statement.parameters)
        finally:  # one that is cut off at the end of its time is what the log is for
            self._timing.statement(statement.sql, time.perf_counter() - began)
        return records

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        async with self._turn:
            self._over = True
            broken = error or self.failure or self._cut_off
            try:
                if self._connection is not None and broken is None:
                    await self._connection.execute("COMMIT")
            finally:
                await self._open.__aexit__(kind, broken, trace)
