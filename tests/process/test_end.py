"""How a gateway ends, and is started again."""

import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from db.embedded import EmbeddedServer
from tests.process.documents import COUNT
from tests.process.gateway import Gateway, Home


def _table() -> dict[int, tuple[int, str]]:
    """Each process's parent and state."""
    told = subprocess.run(["/bin/ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True)
    rows = (line.split() for line in told.stdout.splitlines())
    return {int(pid): (int(parent), state) for pid, parent, state in rows}


def _processes(gateway: Gateway) -> set[int]:
    """The gateway's, its server's, and what those have started."""
    table = _table()
    postmaster = gateway.home.postmaster()
    assert postmaster is not None
    found = {gateway.popen.pid, postmaster.pid}
    while more := {pid for pid, (parent, _) in table.items() if parent in found and pid not in found}:
        found |= more
    return found


def _left(pids: set[int]) -> set[int]:
    """Those that still run; the dead may wait for a parent that collects them, and the dying have a moment."""
    for _ in range(100):
        table = _table()
        left = {pid for pid in pids if not table.get(pid, (0, "Z"))[1].startswith("Z")}
        if not left:
            break
        time.sleep(0.02)
    return left


def test_ctrl_c_leaves_nothing_running_and_the_next_start_finds_the_data(home: Home) -> None:
    rows = home.run("demo", "--scale", "0.05")
    assert rows.returncode == 0, rows.stderr
    with home.serving() as gateway:
        tickets = gateway.data(COUNT)
        processes = _processes(gateway)
        assert len(processes) > 3
        assert gateway.interrupt() == 0
        assert _left(processes) == set()
        assert home.postmaster() is None
    with home.serving() as gateway:
        assert gateway.data(COUNT) == tickets
        processes = _processes(gateway)
        gateway.popen.send_signal(signal.SIGTERM)
        assert gateway.popen.wait(30) == 0
        assert _left(processes) == set()
    assert "Traceback" not in home.said


def test_two_gateways_that_start_at_once_on_a_new_database_both_serve_it(home: Home) -> None:
    database = EmbeddedServer(home.path, home.binaries, durable=False)
    address = database.start()
    other = Home(home.path / "other", home.binaries)
    other.path.mkdir()
    try:
        with ThreadPoolExecutor() as threads, ExitStack() as stack:
            starts = [threads.submit(stack.enter_context, at.serving(DATABASE_URL=address)) for at in (home, other)]
            first, second = (start.result() for start in starts)
            assert first.popen.pid != second.popen.pid
            assert first.data(COUNT) == second.data(COUNT)
    finally:
        database.stop()


def test_ctrl_c_in_the_middle_of_the_first_start_leaves_nothing_running(home: Home) -> None:
    with home.starting() as popen:
        while not (server := home.postmaster()) or not server.ready:
            assert popen.poll() is None, home.said
        os.killpg(popen.pid, signal.SIGINT)
        assert popen.wait(30) != 0
    assert _left({server.pid}) == set()
    assert "Traceback" not in home.said
