"""A gateway that is killed, at whatever moment, leaves nothing behind that the next start cannot use."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable

import asyncpg

from tests.process.documents import COUNT, TICKET_PEOPLE
from tests.process.gateway import Home

Stage = Callable[[Home], Awaitable[bool]]

_MIGRATING = "SELECT count(*) > 0 FROM platform.migrations"
_LOADING = "SELECT count(*) > 0 FROM pg_catalog.pg_stat_activity WHERE query LIKE 'COPY %'"


async def _initialising(home: Home) -> bool:
    return home.data.with_name(f"{home.data.name}.new").exists()


async def _launching(home: Home) -> bool:
    return (home.data / "postmaster.pid").exists()


async def _migrating(home: Home) -> bool:
    return await _told(home, _MIGRATING)


async def _loading(home: Home) -> bool:
    return await _told(home, _LOADING)


async def _told(home: Home, question: str) -> bool:
    """What a database says that may not be there yet."""
    server = home.postmaster()
    if server is None or not server.ready:
        return False
    try:
        connection = await asyncpg.connect(home.dsn)
    except (OSError, asyncpg.PostgresError):
        return False
    try:
        return bool(await connection.fetchval(question))
    except asyncpg.UndefinedTableError:
        return False
    finally:
        await connection.close()


def _alone(popen: subprocess.Popen[str]) -> None:
    popen.kill()


def _with_its_group(popen: subprocess.Popen[str]) -> None:
    os.killpg(popen.pid, signal.SIGKILL)


async def test_whatever_moment_it_is_killed_at_the_next_start_works(home: Home) -> None:
    killed = []
    for stage, longest in ((_initialising, 0.3), (_launching, 0.1), (_migrating, 0.1), (_loading, 0.5)):
        pause, kill = random.uniform(0, longest), random.choice((_alone, _with_its_group))  # noqa: S311 - no secret
        killed.append(f"{kill.__name__}{stage.__name__} + {pause:.3f} s")
        with home.starting() as popen:
            while not await stage(home):
                assert popen.poll() is None, f"it ended by itself before {killed}\n{home.said}"
            time.sleep(pause)  # noqa: ASYNC251 - nothing else runs here
            kill(popen)
    with home.serving() as gateway:
        tickets = gateway.data(COUNT)
        assert tickets["tickets"]["totalCount"] > 100, killed
        gateway.popen.kill()
        gateway.popen.wait()
    with home.serving() as gateway:
        assert gateway.data(COUNT) == tickets, killed
        assert len(gateway.data(TICKET_PEOPLE)["tickets"]["nodes"]) == 5
    assert home.postmaster() is None
