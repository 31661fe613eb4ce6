"""The viewer travels in the statement: whoever asked before on the connection, each sees its own."""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING

import pytest

from tests.planner.single import SEEN, is_nobody, single
from tests.planner.statements import halves

if TYPE_CHECKING:
    from tests.planner.cast import Cast
    from tests.planner.desk import Desk

_TURNS = 200
_PARALLEL = {
    "parallel_setup_cost": "0",
    "parallel_tuple_cost": "0",
    "min_parallel_table_scan_size": "0",
    "min_parallel_index_scan_size": "0",
    "max_parallel_workers_per_gather": "2",
}
_PLAN_MODES = ("auto", "force_custom_plan", "force_generic_plan")
_CLASSES = {"staff": ("manager", "other manager"), "outsiders": ("vendor", "other vendor")}


@pytest.mark.parametrize("parallel", [False, True], ids=["alone", "parallel"])
@pytest.mark.parametrize("mode", _PLAN_MODES)
async def test_viewers_in_turns_on_one_connection_see_each_its_own(
    mode: str,
    parallel: bool,  # noqa: FBT001 - a parameter of the test
    login: str,
    cast: Cast,
    desks: dict[str, Desk],
    answers: dict[str, bytes],
    regress: dict[str, str],
) -> None:
    settings = {"plan_cache_mode": mode} | (_PARALLEL | regress if parallel else {})
    for names in _CLASSES.values():
        async with single(login, cast[names[0]], settings) as pool:
            for name in islice(cycle(names), _TURNS // len(_CLASSES)):
                assert await desks[name].planned(SEEN, cast[name], pool) == answers[name], name
            assert await is_nobody(pool)


async def test_a_statement_that_makes_its_viewer_never_runs_in_parallel(
    login: str, cast: Cast, desk: Desk, regress: dict[str, str]
) -> None:
    statement = desk.statement(SEEN, cast["manager"])
    async with single(login, cast["manager"], _PARALLEL | regress) as pool, pool.connection() as connection:
        scan = await connection.fetch("EXPLAIN SELECT count(*) FROM geo.areas")
        plan = await connection.fetch(f"EXPLAIN {statement.sql}", *statement.parameters)
    assert "Gather" in str(scan)
    assert "Subquery Scan on s" in str(plan)
    assert "Gather" not in str(plan)


async def test_settings_that_are_made_too_late_are_those_of_the_viewer_before(
    login: str, cast: Cast, desk: Desk, answers: dict[str, bytes]
) -> None:
    """What these tests look for is there to be seen: the same halves, put together wrongly."""
    names = ("manager", "other manager", "other manager")
    seen = []
    async with single(login, cast["manager"]) as pool, pool.connection() as connection:
        for name in names:
            statement = desk.statement(SEEN, cast[name])
            late = halves(statement).lasting().late(statement)
            data = await connection.fetchval(late.sql, *late.parameters)
            seen.append(b'{"data":%b}' % data == answers[name])
    assert seen == [False, False, True]


async def test_settings_of_the_session_would_outlive_their_statement(login: str, cast: Cast, desk: Desk) -> None:
    statement = desk.statement(SEEN, cast["manager"])
    async with single(login, cast["manager"]) as pool:
        for found, is_clean in ((halves(statement), True), (halves(statement).lasting(), False)):
            whole = found.whole(statement)
            async with pool.connection() as connection:
                await connection.fetchval(whole.sql, *whole.parameters)
            assert await is_nobody(pool) is is_clean
