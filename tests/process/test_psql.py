"""psql at a terminal, as far as it needs one of its own: Ctrl-C."""

import os
import pty
import signal
import subprocess
import sys

from tests.process.gateway import CHECKOUT, Gateway


def _read_until(terminal: int, wanted: str) -> str:
    said = ""
    while wanted not in said:
        said += os.read(terminal, 4096).decode()
    return said


def test_ctrl_c_in_psql_cancels_the_statement_and_not_the_session(served: Gateway) -> None:
    ours, its = pty.openpty()
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "gateway", "psql", "--", "--no-psqlrc", "--no-readline"],
        cwd=CHECKOUT,
        env=served.home.environment(PAGER="cat"),
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
    ) as popen:
        try:
            _read_until(ours, "central_memory=# ")
            os.write(ours, b"SELECT 'sleeping' FROM pg_sleep(0); SELECT pg_sleep(600);\n")
            _read_until(ours, "(1 row)")
            os.killpg(popen.pid, signal.SIGINT)
            _read_until(ours, "canceling statement due to user request")
            os.write(ours, b"SELECT 6 * 7 AS answer;\n")
            _read_until(ours, "42")
            os.write(ours, b"\\q\n")
            assert popen.wait(30) == 0
        finally:
            popen.kill()
    os.close(ours)
    os.close(its)
