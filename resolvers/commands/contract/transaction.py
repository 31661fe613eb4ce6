"""A command's transaction: what the handler writes and what the payload reads, on one connection.

Staff's connections have the writing role throughout. An outsider's connection may not write: there the handler's
statements run with the role of staff, and whatever the outsider is shown is read with its own.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from typing import Any

from db.pool import Pool
from resolvers.planner.parameters import Statement
from resolvers.policies import OUTSIDER, STAFF
from resolvers.session import Ended
from resolvers.timing import Timing
from resolvers.viewer import Viewer

# READ COMMITTED: a command that waited for a lock sees what the other one wrote.
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE"
_SETTINGS = """
SELECT set_config('viewer.role', $1, true), set_config('viewer.operator_id', $2, true),
       set_config('viewer.contact_id', $3, true), set_config('viewer.company_id', $4, true),
       set_config('command.request_id', $5, true)
"""


class Transaction:
    """Statements run one after the other. A failed one of the payload's ends it; one of the handler's is its affair."""

    def __init__(self, pool: Pool, viewer: Viewer, timing: Timing | None = None) -> None:
        self._pool = pool
        self._viewer = viewer
        self._timing = timing or Timing()
        self._own_role = self._role = STAFF if viewer.role.staff else OUTSIDER
        self._turn = asyncio.Lock()
        self._open = AsyncExitStack()
        self._connection: Any = None
        self.failure: Exception | None = None

    async def begin(self, request_id: str) -> None:
        self._connection = await self._open.enter_async_context(self._pool.connection())
        await self._connection.execute(_BEGIN)
        await self._connection.execute(_SETTINGS, *self._viewer.settings, request_id)

    async def fetch(self, statement: Statement) -> list[Any]:
        """As the viewer. A failure is the whole payload's: none of it is read any more, and nothing is committed."""
        if self.failure is not None:
            raise self.failure
        try:
            return await self.seen(statement.sql, *statement.parameters)
        except Exception as error:
            self.failure = self.failure or error
            raise

    async def seen(self, sql: str, *parameters: Any) -> list[Any]:
        """The records that the viewer sees."""
        return await self._run(self._own_role, sql, parameters)

    async def rows(self, sql: str, *parameters: Any) -> list[Any]:
        """The records, with the role that writes."""
        return await self._run(STAFF, sql, parameters)

    async def mark(self) -> None:
        """Sets a savepoint. A role that is taken behind it would be given back with it, so it is taken before."""
        await self._run(STAFF, "SAVEPOINT attempt", ())

    async def undo(self) -> None:
        """Back to the last savepoint, and without it."""
        async with self._turn:
            await self._connection.execute("ROLLBACK TO SAVEPOINT attempt")
            await self._connection.execute("RELEASE SAVEPOINT attempt")
            self._role = STAFF

    async def keep(self) -> None:
        """Without the last savepoint."""
        await self._run(STAFF, "RELEASE SAVEPOINT attempt", ())

    async def commit(self) -> None:
        """Raises the driver's error; TransactionAborted where PostgreSQL rolled back instead."""
        async with self._turn:
            tag = await self._end("COMMIT")
        if tag != "COMMIT":
            raise TransactionAborted(f"COMMIT came to {tag}")

    async def roll_back(self) -> None:
        async with self._turn:
            if self._connection is not None:
                await self._end("ROLLBACK")

    async def abandon(self, error: BaseException) -> None:
        """After an error behind which a statement may still run: the pool brings the connection to rest."""
        self._connection = None
        await self._open.__aexit__(type(error), error, error.__traceback__)

    async def _end(self, command: str) -> Any:
        connection, self._connection = self._connection, None
        try:
            tag = await connection.execute(command)
        except BaseException as error:
            await self._open.__aexit__(type(error), error, error.__traceback__)
            raise
        await self._open.aclose()
        return tag

    async def _run(self, role: str, sql: str, parameters: tuple[Any, ...]) -> list[Any]:
        async with self._turn:
            if self._connection is None:
                raise Ended("the transaction is over")
            if role != self._role:
                await self._connection.execute(f"SET LOCAL ROLE {role}")
                self._role = role
            began = time.perf_counter()
            try:
                records: list[Any] = await self._connection.fetch(sql, *parameters)
            finally:
                self._timing.statement(sql, time.perf_counter() - began)
            return records


class TransactionAborted(Exception):  # noqa: N818 - what became of it
    """PostgreSQL rolled back what should have been committed: a statement had been cancelled before."""
