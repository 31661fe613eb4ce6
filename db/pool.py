"""Connections to PostgreSQL, opened when they are needed and kept for the next user."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self, TypeAlias

import asyncpg

from db.alarm import Alarm
from db.prepared import Prepared
from db.vacancies import Vacancies

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
"""A connection to PostgreSQL, a pool's or one's own."""

_REST = 5.0  # seconds for a connection to come to rest after an error, or be discarded

_LARGEST_CACHED = 4096  # characters; larger ones are the planner's, and kept by `prepared`
_SETTINGS = {
    "plan_cache_mode": "force_generic_plan",  # an unknown LIMIT would be planned again at each call
    "jit": "off",  # it costs more than it gains on statements of milliseconds
    "TimeZone": "UTC",
}


class PoolTimeoutError(Exception):
    """No connection was free, or could be opened, in time."""


class RoleNotTakenError(Exception):
    """A connection has another role than it was to start with: something on the way to the database dropped it.

    Its rights, and the policies that bind it, would be those of the login.
    """


class PoolClosedError(Exception):
    """The pool has been closed: the process is about to end."""


class Pool:
    """A bounded pool of connections, the last used first.

    Nothing is connected before it is needed, so that a pool can be made while the database is away; connections that
    died are replaced when they are next asked for. Nothing is reset between users: settings belong into a
    transaction (SET LOCAL), and LISTEN, session locks and temporary tables to a connection of one's own. That saves
    a round trip a use, hence not asyncpg's own pool: 32 instead of 82 µs of our time a small statement.

    Args:
        connect: Opens a connection.
        size: How many there may be.
        acquire_timeout_s: How long to wait for a free one.
        silence_s: How long the server may leave a statement unanswered until a connection counts as lost.
    """

    def __init__(
        self, connect: Callable[[], Awaitable[Connection]], *, size: int, acquire_timeout_s: float, silence_s: float
    ) -> None:
        self._connect = connect
        self._size = size
        self._acquire_timeout_s = acquire_timeout_s
        self._vacancies = Vacancies(size, acquire_timeout_s)
        self._idle: list[Connection] = []
        self._lent: set[Connection] = set()
        self._resting: set[asyncio.Task[None]] = set()
        self._silence = Alarm(silence_s)
        self._prepared: dict[Connection, Prepared] = {}
        self._closed = False

    @classmethod
    def open(
        cls,
        dsn: str,
        *,
        application_name: str = "central-memory",
        size: int = 10,
        statement_cache_size: int = 100,
        statement_timeout_ms: int = 30_000,
        connect_timeout_s: float = 5.0,
        acquire_timeout_s: float = 10.0,
        settings: Mapping[str, str] | None = None,
    ) -> Self:
        """Make a pool; nothing is connected yet.

        Args:
            dsn: The database's address.
            application_name: What PostgreSQL's own views call its connections.
            size: How many connections there may be.
            statement_cache_size: How many prepared statements each connection keeps, beside those of `prepared`.
            statement_timeout_ms: After how long PostgreSQL ends a statement.
            connect_timeout_s: How long opening a connection may take.
            acquire_timeout_s: How long to wait for a free connection.
            settings: More settings that connections start with, such as `role`; what RESET returns to.
        """
        timeout = {"statement_timeout": str(statement_timeout_ms)}
        silence_s = statement_timeout_ms / 1000 + _REST  # a server that has fallen silent ends no statement: then we do
        started = _SETTINGS | timeout | {"application_name": application_name} | dict(settings or {})

        async def connect() -> Connection:
            connection = await asyncpg.connect(
                dsn,
                timeout=connect_timeout_s,
                command_timeout=silence_s,
                statement_cache_size=statement_cache_size,
                max_cacheable_statement_size=_LARGEST_CACHED,
                max_cached_statement_lifetime=0,  # bounded by their number: a hot one is never prepared again
                server_settings=started,
            )
            try:
                await _check_role(connection, started.get("role"))
            except BaseException:
                connection.terminate()
                raise
            return connection

        return cls(connect, size=size, acquire_timeout_s=acquire_timeout_s, silence_s=silence_s)

    @property
    def size(self) -> int:
        """How many connections there may be."""
        return self._size

    @property
    def in_use(self) -> int:
        """How many are lent."""
        return len(self._lent)

    def connection(self) -> "Loan":
        """A connection of one's own until the block ends: `async with pool.connection() as connection`."""
        return Loan(self)

    def prepared(self, connection: Connection) -> Prepared:
        """The statements that a lent connection keeps prepared, over all its loans."""
        found = self._prepared.get(connection)
        if found is None:
            self._prepared = {other: kept for other, kept in self._prepared.items() if not other.is_closed()}
            found = self._prepared[connection] = Prepared(connection, self._silence)
        return found

    async def _lend(self) -> Connection:
        try:
            await self._vacancies.take()
        except TimeoutError as error:
            raise PoolTimeoutError(f"no connection was free within {self._acquire_timeout_s:g} s") from error
        try:
            connection = await self._living()
        except BaseException:
            self._vacancies.give()
            raise
        self._lent.add(connection)
        return connection

    async def _living(self) -> Connection:
        if self._closed:
            raise PoolClosedError("the pool is closed")
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        try:
            return await self._connect()
        except TimeoutError as error:
            raise PoolTimeoutError("the database did not answer in time") from error

    def _take_back(self, connection: Connection, *, at_rest: bool) -> None:
        if connection.is_closed():
            # What ended this one has mostly ended the others too, and not every network says so.
            while self._idle:
                self._idle.pop().terminate()
            self._put(connection)
        elif at_rest and not connection.is_in_transaction():
            self._put(connection)
        else:
            task = asyncio.create_task(self._bring_to_rest(connection))
            self._resting.add(task)
            task.add_done_callback(self._resting.discard)

    async def _bring_to_rest(self, connection: Connection) -> None:
        """Wait until the server has confirmed a cancelled statement's end, and leave any transaction; or discard."""
        confirmed = False
        try:
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
                async with asyncio.timeout(_REST):
                    # Runs after the cancelled statement; a cancel that comes later finds nothing to cancel.
                    await connection.execute("ROLLBACK")  # also of a BEGIN that was cancelled before its answer
                    confirmed = True
        finally:
            if not confirmed:
                connection.terminate()
            self._put(connection)

    def _put(self, connection: Connection) -> None:
        self._lent.discard(connection)
        if not connection.is_closed():
            self._idle.append(connection)
        self._vacancies.give()

    async def close(self, patience_s: float = 10.0) -> None:
        """Close every connection, waiting for those in use; after `patience_s` these are cut off."""
        self._closed = True
        try:
            async with asyncio.timeout(patience_s):
                for _ in range(self._size):
                    await self._vacancies.take(however_long=True)
        except TimeoutError:
            for connection in self._lent:
                connection.terminate()
        idle, self._idle = self._idle, []
        await asyncio.gather(*(connection.close(timeout=_REST) for connection in idle), return_exceptions=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class Loan:
    """A connection that is lent for a block."""

    __slots__ = ("_connection", "_pool")

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._connection: Connection | None = None

    async def __aenter__(self) -> Connection:
        """Raises: PoolTimeoutError, PoolClosedError, OSError (the database is away), asyncpg.PostgresError."""
        self._connection = connection = await self._pool._lend()  # a pool's loan is a part of it
        return connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            self._pool._take_back(connection, at_rest=error is None or _was_answer(error))


async def _check_role(connection: Connection, wanted: str | None) -> None:
    if wanted is not None and (role := await connection.fetchval("SELECT current_user")) != wanted:
        raise RoleNotTakenError(
            f"A connection came to be {role}, not {wanted}: a pooler before the database drops the setting `role`. "
            "Connect without it."
        )


def _was_answer(error: BaseException) -> bool:
    """Whether PostgreSQL itself told the error: behind any other, a statement may still run.

    So may one whose parameters the driver could not encode, though it calls that a PostgresError too: it was prepared
    without a Sync behind it, and the transaction that began with that goes on.
    """
    return isinstance(error, asyncpg.PostgresError) and error.severity is not None
