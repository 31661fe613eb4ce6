"""The statements that a connection keeps prepared."""

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement
from asyncpg.protocol import NO_TIMEOUT

from db.alarm import Alarm
from db.kept import Kept

# PostgreSQL takes about 120 bytes for each character of a prepared statement and its plan: 24 MB a connection.
_MOST_CHARACTERS = 200_000
# The plan is of another time: a migration or DISCARD ALL came between.
_OUTDATED = (
    asyncpg.InvalidCachedStatementError,
    asyncpg.InvalidSQLStatementNameError,
    asyncpg.OutdatedSchemaCacheError,
)


class Prepared:
    """Of one connection; bounded by the characters of their SQL, since a count would not bound the server's memory.

    Outside transactions only: in one, a statement that failed cannot be tried again.
    """

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]", silence: Alarm) -> None:
        """`silence` is how long the server may leave a statement unanswered until the connection counts as lost."""
        self._connection = connection
        self._silence = silence
        self._statements: Kept[PreparedStatement[asyncpg.Record]] = Kept(_MOST_CHARACTERS)

    async def value(self, sql: str, parameters: Sequence[Any]) -> Any:
        """The one value of the statement's one row. Where the database has changed meanwhile, it is prepared anew.

        Raises:
            Exception: the driver's.
        """
        statement = self._statements.get(sql)
        if statement is not None:
            try:
                return await self._fetched(statement, parameters)
            except _OUTDATED:
                self._statements.drop(sql)
                await self._connection.reload_schema_state()
        statement = await self._connection.prepare(sql)
        self._statements.put(sql, statement, len(sql))
        return await self._fetched(statement, parameters)

    def wake(self) -> None:
        """The server has fallen silent."""
        self._connection.terminate()

    async def _fetched(self, statement: "PreparedStatement[asyncpg.Record]", parameters: Sequence[Any]) -> Any:
        """With one timer for all connections: the driver's own, one for each statement, cost a tenth of its time."""
        self._silence.set(self, asyncio.get_running_loop())
        try:
            return await statement.fetchval(*parameters, timeout=NO_TIMEOUT)  # type: ignore[arg-type] # not in its stubs
        finally:
            self._silence.off(self)
