"""Requests that nobody waits for any more: their statement is gone, and their connection serves the next viewer."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.planner.furnishing import database_name
from tests.planner.served import WHO, served
from tests.planner.single import SEEN

if TYPE_CHECKING:
    from db.pool import Connection
    from schema.assembly.graph import Graph
    from tests.planner.cast import Cast

_BUSY = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = $1 AND application_name = 'central-memory' AND (state <> 'idle' OR xact_start IS NOT NULL)
"""
_SERVING = "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND application_name = 'central-memory'"
_SLOW = {"query": SEEN}
_TURNS = (("manager", "other manager"), ("vendor", "other vendor"))


async def _ask(client: httpx.AsyncClient, who: str) -> httpx.Response:
    return await client.post("/graphql", json=_SLOW, headers={WHO: who})


async def _hung_up(client: httpx.AsyncClient, who: str) -> None:
    with pytest.raises(httpx.ReadTimeout):
        await client.post("/graphql", json=_SLOW, headers={WHO: who}, timeout=httpx.Timeout(5, read=0.3))


async def _out_of_time(client: httpx.AsyncClient, who: str) -> None:
    response = await _ask(client, who)
    assert response.status_code == 504
    assert response.json()["errors"][0]["extensions"] == {"code": "TIMEOUT"}


async def _out_of_statement_time(client: httpx.AsyncClient, who: str) -> None:
    response = await _ask(client, who)
    body = response.json()
    assert body.get("data") is None, body
    assert body["errors"][0]["extensions"] == {"code": "TIMEOUT"}


_ENDS: dict[str, tuple[Callable[[httpx.AsyncClient, str], Coroutine[Any, Any, None]], dict[str, Any]]] = {
    "hung up": (_hung_up, {}),
    "out of time": (_out_of_time, {"request_timeout_s": 0.3}),
    "out of statement time": (_out_of_statement_time, {"statement_timeout_ms": 300}),
}


async def _comes_to(wanted: int, admin: Connection, database: str) -> float:
    """How long it takes until so many connections are busy."""
    began = time.perf_counter()
    async with asyncio.timeout(5):
        while await admin.fetchval(_BUSY, database) != wanted:  # noqa: ASYNC110 - other processes make it so
            await asyncio.sleep(0.01)
    return time.perf_counter() - began


@pytest.mark.usefixtures("plain_log")
@pytest.mark.parametrize("end", _ENDS)
async def test_whatever_ends_a_request_ends_its_statement_and_the_next_viewer_sees_its_own(
    end: str,
    graph: Graph,
    login: str,
    cast: Cast,
    answers: dict[str, bytes],
    owner: Connection,
    admin: Connection,
) -> None:
    (ending, settings), database = _ENDS[end], database_name(login)
    with served(graph, login, cast, **settings) as address:
        async with httpx.AsyncClient(base_url=address, timeout=20) as client:
            for who, other in _TURNS:
                assert (await _ask(client, who)).content == answers[who]
                async with owner.transaction():
                    await owner.execute("LOCK TABLE team.tickets IN ACCESS EXCLUSIVE MODE")
                    asking = asyncio.create_task(ending(client, who))
                    await _comes_to(1, admin, database)
                    await asking
                    assert await _comes_to(0, admin, database) < 1
                for name in (other, who):
                    assert (await _ask(client, name)).content == answers[name], name


async def test_a_database_that_falls_silent_is_told_to_be_away(
    graph: Graph,
    login: str,
    cast: Cast,
    answers: dict[str, bytes],
    admin: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("db.pool._REST", 0.2)
    with served(graph, login, cast, statement_timeout_ms=300) as address:
        async with httpx.AsyncClient(base_url=address, timeout=20) as client:
            assert (await _ask(client, "manager")).content == answers["manager"]
            pids = [row["pid"] for row in await admin.fetch(_SERVING, database_name(login))]
            try:
                for pid in pids:
                    os.kill(pid, signal.SIGSTOP)
                away = await _ask(client, "manager")
                assert away.status_code == 503
                assert away.json()["errors"][0]["extensions"] == {"code": "DATABASE_UNAVAILABLE"}
                assert (await _ask(client, "manager")).content == answers["manager"]
            finally:
                for pid in pids:
                    os.kill(pid, signal.SIGCONT)
