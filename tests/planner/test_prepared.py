"""Prepared statements of a connection: made once, also the long ones, and bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.planner.single import single

if TYPE_CHECKING:
    from db.pool import Pool
    from resolvers.viewer import Viewer
    from tests.planner.desk import Desk

_PREPARED = "SELECT count(*) AS many, coalesce(sum(length(statement)), 0) AS characters FROM pg_prepared_statements"
_MOST = 200_000


def _wide(roots: int) -> str:
    fields = "totalCount pageInfo { endCursor } nodes { id number property { code } }"
    return f"{{ {' '.join(f't{n}: tickets(first: 1) {{ {fields} }}' for n in range(roots))} }}"


async def _prepared(pool: Pool) -> tuple[int, int]:
    """How many there are, and how long they are together."""
    async with pool.connection() as connection:
        row = await connection.fetchrow(_PREPARED)
    assert row is not None
    return row["many"], row["characters"]


@pytest.mark.parametrize("roots", [1, 20])
async def test_a_statement_is_prepared_once(roots: int, desk: Desk, manager: Viewer, login: str) -> None:
    document = _wide(roots)
    length = len(desk.statement(document, manager).sql)
    assert (length > 15 * 1024) is (roots == 20)
    async with single(login, manager) as pool:
        await _prepared(pool)
        many, characters = await _prepared(pool)
        for _ in range(3):
            await desk.planned(document, manager, pool)
        assert await _prepared(pool) == (many + 1, characters + length)


async def test_no_connection_keeps_more_than_it_may(desk: Desk, manager: Viewer, login: str) -> None:
    async with single(login, manager) as pool:
        for n in range(30):
            await desk.planned(_wide(20).replace("t0:", f"a{n}:"), manager, pool)
        _, characters = await _prepared(pool)
    assert _MOST / 2 < characters <= _MOST + len(_wide(20))


async def test_a_statement_that_the_server_has_forgotten_is_prepared_anew(
    desk: Desk, manager: Viewer, login: str
) -> None:
    async with single(login, manager) as pool:
        first = await desk.planned(_wide(1), manager, pool)
        async with pool.connection() as connection:
            await connection.execute("DEALLOCATE ALL")
        assert await desk.planned(_wide(1), manager, pool) == first
