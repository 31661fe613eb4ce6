"""Ctrl-C while psql runs is psql's."""

import os
import pty
import select
import signal
import subprocess
import sys

import asyncpg

from tests.process.gateway import CHECKOUT, Gateway

_SLEEPING = "SELECT count(*) > 0 FROM pg_catalog.pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"


def _read(terminal: int, wanted: str) -> str:
    """What is said until the words wanted have come, or nothing more comes."""
    said = ""
    while wanted not in said and select.select([terminal], [], [], 30)[0]:
        said += os.read(terminal, 4096).decode()
    return said


async def test_ctrl_c_in_psql_cancels_the_statement_and_not_the_session(served: Gateway) -> None:
    connection = await asyncpg.connect(served.home.dsn)
    ours, its = pty.openpty()
    with subprocess.Popen(  # noqa: ASYNC220 - our own program; nothing else runs here
        [sys.executable, "-m", "gateway", "psql", "--", "--no-psqlrc", "--no-readline", "--pset=pager=off"],
        cwd=CHECKOUT,
        env=served.home.environment(),
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
    ) as popen:
        try:
            assert "central_memory=# " in _read(ours, "central_memory=# ")
            os.write(ours, b"SELECT pg_sleep(600);\n")
            while not await connection.fetchval(_SLEEPING):
                assert popen.poll() is None
            os.killpg(popen.pid, signal.SIGINT)
            assert "canceling statement due to user request" in _read(ours, "user request")
            os.write(ours, b"SELECT 6 * 7 AS answer;\n")
            assert "42" in _read(ours, "42")
            os.write(ours, b"\\q\n")
            assert popen.wait(30) == 0
        finally:
            popen.kill()
            os.close(ours)
            os.close(its)
            await connection.close()
