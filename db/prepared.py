"""The statements that a connection keeps prepared."""

from collections.abc import Sequence
from typing import Any

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement

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

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection
        self._statements: Kept[PreparedStatement[asyncpg.Record]] = Kept(_MOST_CHARACTERS)

    async def value(self, sql: str, parameters: Sequence[Any]) -> Any:
        """The one value of the statement's one row. Where the database has changed meanwhile, it is prepared anew.

        Raises:
            Exception: the driver's.
        """
        statement = self._statements.get(sql)
        if statement is not None:
            try:
                return await statement.fetchval(*parameters)
            except _OUTDATED:
                self._statements.drop(sql)
                await self._connection.reload_schema_state()
        statement = await self._connection.prepare(sql)
        self._statements.put(sql, statement, len(sql))
        return await statement.fetchval(*parameters)
