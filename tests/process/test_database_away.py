"""A gateway whose database goes away, and comes back."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.embedded import EmbeddedServer
from tests.process.documents import COUNT
from tests.process.gateway import Gateway, Home

_REASON = "The database cannot be reached"


@pytest.fixture
def database(home: Home) -> Iterator[EmbeddedServer]:
    """A server of the test's own, with a few demo data; the home is the gateway's too, which does not start one."""
    server = EmbeddedServer(home.path, home.binaries, durable=False)
    loaded = home.run("demo", "--scale", "0.05", DATABASE_URL=server.start())
    assert loaded.returncode == 0, loaded.stderr
    yield server
    server.stop()


@pytest.fixture
def gateway(home: Home, database: EmbeddedServer) -> Iterator[Gateway]:
    with home.serving(DATABASE_URL=database.start()) as gateway:
        yield gateway


def test_it_says_so_while_the_database_is_away_and_serves_again_when_it_is_back(
    gateway: Gateway, database: EmbeddedServer
) -> None:
    tickets = gateway.data(COUNT)
    assert gateway.get("/readyz").status_code == 200
    for end in (signal.SIGKILL, signal.SIGQUIT):  # QUIT is what `pg_ctl stop --mode=immediate` sends
        _end_the_server(gateway.home, end)
        for _ in range(8):
            _is_told(gateway)
        assert gateway.get("/healthz").status_code == 200
        database.start()
        assert gateway.data(COUNT) == tickets
        assert gateway.get("/readyz").status_code == 200
    assert "Traceback" not in gateway.home.said


def _end_the_server(home: Home, sign: signal.Signals) -> None:
    server = home.postmaster()
    assert server is not None
    os.kill(server.pid, sign)
    while home.postmaster() is not None:
        time.sleep(0.01)


def _is_told(gateway: Gateway) -> None:
    answer = gateway.ask(COUNT)
    assert answer.status_code == 503
    (error,) = answer.json()["errors"]
    assert error["message"].startswith(_REASON)
    assert int(answer.headers["retry-after"]) > 0
    ready = gateway.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (503, "unavailable")
    assert ready.json()["reason"].startswith(_REASON)


def test_it_serves_nothing_of_a_database_that_was_away_when_it_started(home: Home, tmp_path: Path) -> None:
    told = home.run("serve", DATABASE_URL=f"postgresql:///central_memory?host={tmp_path}")
    assert told.returncode == 1
    assert told.stderr.startswith(_REASON)
    assert told.stdout == ""
