"""One operation's view of the database: a read-only transaction on one connection, opened when it is first needed."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self

from db.pool import Pool
from resolvers.planner.parameters import Statement

_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class Snapshot:
    """Statements run one after the other and all see the same rows; after the first failure none runs any more."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._turn = asyncio.Lock()
        self._open = AsyncExitStack()
        self._connection: Any = None
        self.failure: Exception | None = None
        self.statements = 0

    async def fetch(self, statement: Statement) -> list[Any]:
        """The statement's records.

        Raises:
            Exception: the driver's, for this statement or for the one that failed before it.
        """
        async with self._turn:
            if self.failure:
                raise self.failure
            try:
                if self._connection is None:
                    self._connection = await self._open.enter_async_context(self._pool.connection())
                    await self._connection.execute(_BEGIN)
                self.statements += 1
                records: list[Any] = await self._connection.fetch(statement.sql, *statement.parameters)
            except Exception as error:
                self.failure = error
                raise
            return records

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._connection is not None and error is None and self.failure is None:
                await self._connection.execute("COMMIT")
        finally:
            await self._open.__aexit__(kind, error or self.failure, trace)
