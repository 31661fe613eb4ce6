"""A viewer never carries over: whatever ends a statement, the connection's next user is nobody at first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import asyncpg
import pytest

from db.pool import Connection, Pool, PoolTimeoutError
from resolvers.planner.parameters import Statement
from resolvers.pools import Pools
from resolvers.snapshot import Snapshot
from resolvers.viewer import Viewer
from tests.access.asking import Asking
from tests.access.sql import viewer_settings

_TICKETS = Statement("SELECT id FROM team.tickets", ())
_FAILING = Statement("SELECT 1 / 0", ())
_SLOW = Statement("SELECT pg_sleep(30)", ())
_OUTSIDERS = ("first busy vendor", "second homeowner", "first tenant", "second busy vendor", "first stranger")
_STAFF = ("first manager", "second manager", "first analyst", "second analyst")

Ending = Callable[[Pool, Viewer], Awaitable[None]]


@pytest.fixture
async def single(login: str) -> AsyncIterator[Pools]:
    """Pools of one connection each, whose statements may take a fifth of a second."""
    pools = Pools.open(login, size=1, statement_timeout_ms=200)
    yield pools
    await pools.close()


async def _ask(pool: Pool, viewer: Viewer, statement: Statement) -> list[Any]:
    async with Snapshot(pool, viewer) as snapshot:
        return await snapshot.fetch(statement)


async def _well(pool: Pool, viewer: Viewer) -> None:
    await _ask(pool, viewer, _TICKETS)


async def _failing(pool: Pool, viewer: Viewer) -> None:
    with pytest.raises(asyncpg.DivisionByZeroError):
        await _ask(pool, viewer, _FAILING)


async def _swallowed(pool: Pool, viewer: Viewer) -> None:
    """A failure that the operation outlives: its transaction is aborted."""
    async with Snapshot(pool, viewer) as snapshot:
        for _ in range(2):
            with pytest.raises(asyncpg.DivisionByZeroError):
                await snapshot.fetch(_FAILING)


async def _late(pool: Pool, viewer: Viewer) -> None:
    with pytest.raises(asyncpg.QueryCanceledError):
        await _ask(pool, viewer, _SLOW)


async def _cancelled(pool: Pool, viewer: Viewer) -> None:
    task = asyncio.create_task(_ask(pool, viewer, _SLOW))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def _left(pool: Pool, viewer: Viewer) -> None:
    with suppress(ZeroDivisionError):
        async with Snapshot(pool, viewer) as snapshot:
            await snapshot.fetch(_TICKETS)
            raise ZeroDivisionError


_ENDINGS = (_well, _failing, _swallowed, _late, _cancelled, _left)


@pytest.mark.parametrize("names", [_OUTSIDERS, _STAFF], ids=["outsiders", "staff"])
@pytest.mark.parametrize("ending", _ENDINGS, ids=lambda ending: ending.__name__.strip("_"))
async def test_after_any_ending_nobody_sees_anything_and_the_next_viewer_sees_its_own(
    names: tuple[str, ...], ending: Ending, single: Pools, asking: Asking, cast: dict[str, Viewer]
) -> None:
    pids = set()
    for name in names:
        pool = single.of(cast[name])
        await ending(pool, cast[name])
        async with pool.connection() as connection:
            pids.add(connection.get_server_pid())
            assert not connection.is_in_transaction()
            assert await _nobody(connection)
        for other in names:
            found = {row["id"] for row in await _ask(pool, cast[other], _TICKETS)}
            assert found == asking[other].sees["team.tickets"], other
    assert len(pids) == 1  # it was the same connection all the time


async def _nobody(connection: Connection) -> bool:
    assert all(not value for value in await viewer_settings(connection))
    return not await connection.fetch(_TICKETS.sql) and not await connection.fetch("SELECT id FROM directory.companies")


async def test_a_transaction_that_was_cancelled_as_it_began_is_not_left_open(
    login: str, cast: dict[str, Viewer]
) -> None:
    viewer = cast["first busy vendor"]
    async with Pool.open(login, size=1, settings={"role": "gateway_outsider"}) as pool:
        await _ask(pool, viewer, _TICKETS)
        for turn in range(40):
            task = asyncio.create_task(_ask(pool, viewer, _TICKETS))
            for _ in range(turn % 8):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
            async with pool.connection() as connection:
                assert not connection.is_in_transaction()


async def test_who_waits_in_vain_for_a_connection_leaves_it_to_its_user(
    login: str, asking: Asking, cast: dict[str, Viewer]
) -> None:
    first, second = "first busy vendor", "second homeowner"
    role = {"role": "gateway_outsider"}
    async with Pool.open(login, size=1, acquire_timeout_s=0.05, settings=role) as pool:
        async with Snapshot(pool, cast[first]) as snapshot:
            await snapshot.fetch(_TICKETS)
            with pytest.raises(PoolTimeoutError):
                await _ask(pool, cast[second], _TICKETS)
            again = await snapshot.fetch(_TICKETS)
            assert {row["id"] for row in again} == asking[first].sees["team.tickets"]
        async with pool.connection() as connection:
            assert await _nobody(connection)
        found = {row["id"] for row in await _ask(pool, cast[second], _TICKETS)}
        assert found == asking[second].sees["team.tickets"]


async def test_viewers_at_the_same_time_see_each_its_own(asking: Asking, cast: dict[str, Viewer], login: str) -> None:
    pools = Pools.open(login, size=2, statement_timeout_ms=20_000)
    names = [*_OUTSIDERS, *_STAFF] * 8
    try:
        answers = await asyncio.gather(*(_ask(pools.of(cast[name]), cast[name], _TICKETS) for name in names))
    finally:
        await pools.close()
    for name, rows in zip(names, answers, strict=True):
        assert {row["id"] for row in rows} == asking[name].sees["team.tickets"], name


@pytest.mark.parametrize(
    "reset", ["RESET ROLE", "RESET ALL", "DISCARD ALL", "SET role TO DEFAULT", "RESET SESSION AUTHORIZATION"]
)
async def test_resetting_leads_back_to_the_class_and_to_nobody(reset: str, login: str, cast: dict[str, Viewer]) -> None:
    for role in ("gateway_outsider", "gateway_staff"):
        connection = await asyncpg.connect(login, server_settings={"role": role})
        try:
            for name, value in (("role", "manager"), ("operator_id", str(cast["first manager"].operator_id))):
                await connection.execute("SELECT set_config('viewer.' || $1, $2, false)", name, value)
            await connection.execute(reset)
            assert await connection.fetchval("SELECT current_user") == role
            if reset in {"RESET ALL", "DISCARD ALL"}:
                assert await _nobody(connection)
        finally:
            await connection.close()


async def test_an_outsiders_connection_that_claims_to_be_a_manager_sees_no_more_than_outsiders_may(
    login: str, cast: dict[str, Viewer]
) -> None:
    connection = await asyncpg.connect(login, server_settings={"role": "gateway_outsider"})
    try:
        async with connection.transaction():
            for name, value in (("role", "manager"), ("operator_id", str(cast["first manager"].operator_id))):
                await connection.execute("SELECT set_config('viewer.' || $1, $2, true)", name, value)
            assert not await connection.fetch(_TICKETS.sql)
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute("SELECT id FROM team.projects")
    finally:
        await connection.close()


async def test_the_gateways_login_itself_sees_nothing(login: str, world: Any, cast: dict[str, Viewer]) -> None:
    connection = await asyncpg.connect(login)
    try:
        await connection.execute(
            "SELECT set_config('viewer.operator_id', $1, false), set_config('viewer.role', 'manager', false)",
            str(cast["first manager"].operator_id),
        )
        for table in world.tables:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(f"SELECT 1 FROM {table}")  # noqa: S608 - the catalogue's name
        for place in ("me", "my_tickets", "ticket_viewers", "api_keys", "search_team_tickets('sink', 10)"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(f"SELECT 1 FROM access.{place}")  # noqa: S608 - constants above
    finally:
        await connection.close()
