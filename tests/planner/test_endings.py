"""However a statement ends, its connection forgets the viewer, and the next one sees its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import asyncpg
import pytest

from db.pool import Connection, Pool
from resolvers.planner.parameters import Statement
from tests.planner.single import SEEN, is_nobody, single
from tests.planner.statements import halves

if TYPE_CHECKING:
    from tests.planner.cast import Cast
    from tests.planner.desk import Desk

_LATE_MS = 150
_WRONG = "(1 / length(current_setting('viewer.contact_id')))"
_SLOW = "pg_sleep(30)"
_TURNS = ("manager", "other manager", "manager", "other manager"), ("vendor", "other vendor", "vendor")


def _then(statement: Statement, sql: str) -> Statement:
    """The statement, that does something more when it has read everything."""
    found = halves(statement)
    return replace(found, data=f"SELECT ({found.data}) || textsend({sql}::text)").whole(statement)


async def _send(pool: Pool, statement: Statement) -> None:
    async with pool.connection() as connection:
        await connection.fetchval(statement.sql, *statement.parameters)


async def _failing(pool: Pool, statement: Statement, _: Connection) -> None:
    with pytest.raises(asyncpg.DivisionByZeroError):
        await _send(pool, _then(statement, _WRONG))


async def _late(pool: Pool, statement: Statement, _: Connection) -> None:
    with pytest.raises(asyncpg.QueryCanceledError):
        await _send(pool, _then(statement, _SLOW))


async def _cancelled(pool: Pool, statement: Statement, _: Connection) -> None:
    task = asyncio.create_task(_send(pool, _then(statement, _SLOW)))
    await asyncio.sleep(_LATE_MS / 3000)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def _cut_off(pool: Pool, statement: Statement, owner: Connection) -> None:
    await _send(pool, statement)
    async with pool.connection() as connection:
        pid = connection.get_server_pid()
    await owner.fetchval("SELECT pg_terminate_backend($1, 5000)", pid)
    await asyncio.sleep(0.01)  # the driver is told in the loop's next turns


async def _planned_again(pool: Pool, statement: Statement, _: Connection) -> None:
    await _send(pool, statement)
    async with pool.connection() as connection:
        await connection.execute("DISCARD PLANS")


async def _prepared_again(pool: Pool, statement: Statement, _: Connection) -> None:
    await _send(pool, statement)
    async with pool.connection() as connection:
        await connection.reload_schema_state()


async def _with_other_figures(pool: Pool, statement: Statement, owner: Connection) -> None:
    """PostgreSQL plans again what it planned by older statistics."""
    await _send(pool, statement)
    await owner.execute("ANALYZE team.tickets")


Ending: TypeAlias = Callable[[Pool, Statement, Connection], Awaitable[None]]
_ENDINGS: list[Ending] = [
    _failing, _late, _cancelled, _cut_off, _planned_again, _prepared_again, _with_other_figures,
]  # fmt: skip


@pytest.mark.parametrize("mode", ["auto", "force_generic_plan"])
@pytest.mark.parametrize("ending", _ENDINGS, ids=lambda ending: ending.__name__.strip("_"))
async def test_after_any_ending_the_next_viewer_sees_its_own(
    ending: Ending,
    mode: str,
    login: str,
    cast: Cast,
    desks: dict[str, Desk],
    answers: dict[str, bytes],
    owner: Connection,
) -> None:
    for names in _TURNS:
        async with single(login, cast[names[0]], {"plan_cache_mode": mode}, statement_timeout_ms=_LATE_MS) as pool:
            for name, other in pairwise(names):
                await ending(pool, desks[name].statement(SEEN, cast[name]), owner)
                assert await is_nobody(pool)
                assert await desks[other].planned(SEEN, cast[other], pool) == answers[other], other
                assert await is_nobody(pool)
