"""Statements that took long are told in the log, without the values in them."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import httpx
import pytest
import structlog

from db.pool import Pool
from resolvers.planner.parameters import Statement
from resolvers.snapshot import Snapshot
from resolvers.timing import Timing
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.gateway.test_server import events, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from structlog.typing import EventDict

_VIEWER = Viewer(ViewerRole.MANAGER, UUID(int=1), None)
_SLEEP = "SELECT pg_sleep(0.05), $1::text"


@pytest.fixture
async def pool(server: str) -> AsyncIterator[Pool]:
    async with Pool.open(server, size=1, statement_timeout_ms=200) as pool:
        yield pool


async def _run(pool: Pool, timing: Timing, *statements: Statement) -> list[EventDict]:
    with structlog.testing.capture_logs() as log:
        async with Snapshot(pool, _VIEWER, timing) as snapshot:
            for statement in statements:
                await snapshot.fetch(statement)
    return log


async def test_a_slow_statement_is_told_and_a_quick_one_is_not(pool: Pool) -> None:
    timing = Timing("Walk", slow_s=0.05)
    timing.way = "executor"
    log = await _run(pool, timing, Statement("SELECT 1", ()), Statement(_SLEEP, ("Erika Mustermann",)))
    (event,) = log
    assert event.pop("duration_ms") >= 50
    assert event == {
        "event": "slow_statement",
        "log_level": "warning",
        "operation": "Walk",
        "way": "executor",
        "sql": _SLEEP,
    }


async def test_a_statement_that_ran_out_of_time_is_told(pool: Pool) -> None:
    timing = Timing("Walk", slow_s=0.1)
    with structlog.testing.capture_logs() as log, pytest.raises(asyncpg.QueryCanceledError):
        async with Snapshot(pool, _VIEWER, timing) as snapshot:
            await snapshot.fetch(Statement("SELECT pg_sleep(30)", ()))
    assert [event["event"] for event in log] == ["slow_statement"]


async def test_of_a_long_statement_the_first_2000_characters_are_told(pool: Pool) -> None:
    long = f"{_SLEEP} /*{'x' * 5_000}*/"
    (event,) = await _run(pool, Timing("W" * 500, slow_s=0.05), Statement(long, ("",)))
    assert event["sql"] == long[:2_000]
    assert event["operation"] == "W" * 100


async def test_the_database_is_what_all_statements_took_together(pool: Pool) -> None:
    timing = Timing()
    assert await _run(pool, timing, Statement(_SLEEP, ("",)), Statement(_SLEEP, ("",))) == []
    assert 0.1 <= timing.database_s < 0.5


def test_the_line_bears_the_request_that_asked() -> None:
    with running(GATEWAY_SLOW_STATEMENT_MS="5") as process:
        for name in ("Slow", "Quick"):
            query = {"query": f"query {name} {{ tickets }}"}
            httpx.post(f"{process.address}/graphql", json=query, headers={"x-request-id": name})
        _, said = process.end(signal.SIGTERM)
    told: list[dict[str, Any]] = [event for event in events(said) if event["event"] == "slow_statement"]
    assert [(event["operation"], event["request_id"], event["sql"]) for event in told] == [("Slow", "Slow", "SELECT 1")]
