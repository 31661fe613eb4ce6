import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from db.binaries import find_binaries
from db.embedded import EmbeddedServer
from db.pool import Connection, Pool, PoolClosedError, PoolTimeoutError, RoleNotTakenError
from db.postmaster import find_postmaster
from tests.db.home import reachable_home


@pytest.fixture
async def pool(server: str) -> AsyncIterator[Pool]:
    async with Pool.open(server, size=2, acquire_timeout_s=0.2) as pool:
        yield pool


@pytest.fixture(scope="module")
def mortal() -> Iterator[EmbeddedServer]:
    """A server that tests may kill."""
    with reachable_home() as home:
        yield EmbeddedServer(home, find_binaries(), durable=False)


async def backend(pool: Pool) -> int:
    async with pool.connection() as connection:
        return connection.get_server_pid()


async def is_working(admin: Connection, pid: int) -> bool:
    """Whether a backend runs a statement."""
    working: bool = await admin.fetchval("SELECT state = 'active' FROM pg_stat_activity WHERE pid = $1", pid)
    return working


async def test_connections_have_the_gateways_settings(server: str) -> None:
    async with (
        Pool.open(server, application_name="tests", statement_timeout_ms=1234, settings={"work_mem": "8MB"}) as pool,
        pool.connection() as connection,
    ):
        told = {
            name: await connection.fetchval(f"SHOW {name}")
            for name in ("plan_cache_mode", "jit", "TimeZone", "statement_timeout", "application_name", "work_mem")
        }
    assert told == {
        "plan_cache_mode": "force_generic_plan",
        "jit": "off",
        "TimeZone": "UTC",
        "statement_timeout": "1234ms",
        "application_name": "tests",
        "work_mem": "8MB",
    }


async def test_a_connection_without_its_role_is_refused(server: str) -> None:
    """As one is that came through a pooler which drops the setting: here the setting itself says so."""
    async with Pool.open(server, settings={"role": "none"}, size=1) as pool:
        for _ in range(2):  # and its place is free again
            with pytest.raises(RoleNotTakenError, match="not none: a pooler"):
                await backend(pool)


async def test_the_connection_used_last_is_lent_first(pool: Pool) -> None:
    async with pool.connection() as first, pool.connection() as second:
        assert first.get_server_pid() != second.get_server_pid()
    assert await backend(pool) == first.get_server_pid() == await backend(pool)


async def test_waiting_for_a_free_connection_ends_with_an_error_and_the_pool_serves_on(pool: Pool) -> None:
    async with pool.connection(), pool.connection():
        with pytest.raises(PoolTimeoutError, match=r"within 0\.2 s"):
            await backend(pool)
    assert await backend(pool)


async def test_more_users_than_connections_take_turns(pool: Pool) -> None:
    assert len(set(await asyncio.gather(*(backend(pool) for _ in range(50))))) == 2


async def test_a_transaction_that_was_left_open_is_rolled_back(pool: Pool) -> None:
    async with pool.connection() as connection:
        await connection.execute("BEGIN; CREATE TABLE rooms ()")
        left = connection.get_server_pid()
    await asyncio.sleep(0.1)
    async with pool.connection() as connection:
        assert connection.get_server_pid() == left
        assert not connection.is_in_transaction()
        assert await connection.fetchval("SELECT to_regclass('rooms')") is None


async def test_an_error_of_the_user_costs_no_connection(pool: Pool) -> None:
    before = await backend(pool)
    for _ in range(5):
        with pytest.raises(asyncpg.DivisionByZeroError):
            async with pool.connection() as connection, connection.transaction():
                await connection.execute("SELECT 1 / 0")
    assert await backend(pool) == before


async def test_a_value_that_the_driver_cannot_encode_leaves_no_transaction_behind(server: str) -> None:
    async with Pool.open(server, size=1) as pool:
        with pytest.raises(asyncpg.DataError):
            async with pool.connection() as connection:
                await connection.fetchval("SELECT count(*) FROM pg_class WHERE relname = $1::text", "\ud800")
        async with pool.connection() as connection:
            await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            await connection.execute("COMMIT")


async def test_a_statement_that_ran_out_of_time_delays_only_its_own_connection(pool: Pool) -> None:
    for _ in range(3):
        with pytest.raises(TimeoutError):
            async with pool.connection() as connection, asyncio.timeout(0.02):
                await connection.execute("SELECT pg_sleep(30)")
        async with pool.connection() as connection:
            assert await connection.fetchval("SELECT 7") == 7


async def test_a_cancelled_statement_ends_in_the_server_and_its_connection_comes_back(
    pool: Pool, admin: Connection
) -> None:
    async def work() -> None:
        async with pool.connection() as connection, connection.transaction():
            await connection.execute("SELECT pg_sleep(30)")

    before = await backend(pool)
    task = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    assert await is_working(admin, before)
    started = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - started < 0.5
    await asyncio.sleep(0.1)
    assert not await is_working(admin, before)
    assert await backend(pool) == before


async def test_a_cancelled_statement_that_the_server_does_not_confirm_costs_its_connection(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.pool._REST", 0.1)

    async def work() -> None:
        async with pool.connection() as connection:
            await connection.execute("SELECT pg_sleep(30)")

    before = await backend(pool)
    task = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    os.kill(before, signal.SIGSTOP)  # a server that has fallen silent
    try:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0.2)
        assert await backend(pool) != before
    finally:
        os.kill(before, signal.SIGCONT)


async def test_a_prepared_statement_that_the_server_never_answers_costs_its_connection(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.pool._REST", 0.1)
    async with Pool.open(server, size=1, statement_timeout_ms=100) as pool:

        async def one() -> int:
            async with pool.connection() as connection:
                found: int = await pool.prepared(connection).value("SELECT 1", ())
            return found

        assert await one() == 1
        before = await backend(pool)
        os.kill(before, signal.SIGSTOP)
        try:
            with pytest.raises(asyncpg.ConnectionDoesNotExistError):
                await one()
            assert await backend(pool) != before
        finally:
            os.kill(before, signal.SIGCONT)


async def test_a_user_that_is_cancelled_while_waiting_takes_no_connection_with_it(pool: Pool) -> None:
    async with pool.connection(), pool.connection():
        waiting = [asyncio.create_task(backend(pool)) for _ in range(5)]
        await asyncio.sleep(0.05)
        for task in waiting[::2]:
            task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert [task.cancelled() for task in waiting] == [True, False, True, False, True]
    async with pool.connection(), pool.connection():
        pass


async def test_a_connection_that_the_server_ended_is_replaced(pool: Pool, admin: Connection) -> None:
    ended = await backend(pool)
    await admin.fetchval("SELECT pg_terminate_backend($1, 1000)", ended)
    await asyncio.sleep(0.05)
    assert await backend(pool) != ended


@pytest.mark.parametrize("with_what", [signal.SIGKILL, signal.SIGQUIT], ids=["killed", "stopped at once"])
async def test_after_the_server_has_died_and_is_back_the_next_use_works_at_once(
    mortal: EmbeddedServer, with_what: signal.Signals
) -> None:
    dsn = await asyncio.to_thread(mortal.start)
    async with Pool.open(dsn, size=4) as pool:
        before = await asyncio.gather(*(backend(pool) for _ in range(4)))
        server = find_postmaster(mortal.data)
        assert server is not None
        os.kill(server.pid, with_what)
        await asyncio.sleep(0.3)
        with pytest.raises(OSError):  # noqa: PT011  away: refused, or no socket
            await backend(pool)

        assert await asyncio.to_thread(mortal.start) == dsn
        assert set(await asyncio.gather(*(backend(pool) for _ in range(4)))).isdisjoint(before)
    await asyncio.to_thread(mortal.stop)


async def test_a_pool_can_be_made_while_the_database_is_away(mortal: EmbeddedServer) -> None:
    dsn = await asyncio.to_thread(mortal.start)
    await asyncio.to_thread(mortal.stop)
    async with Pool.open(dsn) as pool:
        with pytest.raises(OSError):  # noqa: PT011  away: no socket
            await backend(pool)
        await asyncio.to_thread(mortal.start)
        assert await backend(pool)
    await asyncio.to_thread(mortal.stop)


async def test_connecting_to_a_silent_server_ends_with_an_error(tmp_path: Path) -> None:
    held: list[asyncio.StreamWriter] = []

    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)

    listener = await asyncio.start_unix_server(silent, tmp_path / ".s.PGSQL.5432")
    async with Pool.open(f"postgresql://postgres@/x?host={tmp_path}", connect_timeout_s=0.1) as pool:
        with pytest.raises(PoolTimeoutError, match="did not answer"):
            await backend(pool)
    for writer in held:
        writer.close()
        await writer.wait_closed()
    listener.close()


async def test_closing_waits_for_users_and_cuts_off_those_that_stay(server: str) -> None:
    pool = Pool.open(server)
    async with pool.connection() as connection:
        started = time.monotonic()
        await pool.close(patience_s=0.1)
        assert 0.1 <= time.monotonic() - started < 1
        assert connection.is_closed()
    with pytest.raises(PoolClosedError):
        await backend(pool)


@pytest.mark.parametrize("acquire_timeout_s", [10, 0.01])
async def test_closing_lets_a_user_finish_however_short_others_wait(server: str, acquire_timeout_s: float) -> None:
    pool = Pool.open(server, acquire_timeout_s=acquire_timeout_s)

    async def work() -> int:
        async with pool.connection() as connection:
            answer: int = await connection.fetchval("SELECT 7 FROM pg_sleep(0.2)")
            return answer

    task = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    await pool.close()
    assert await task == 7
