"""The gateway as a process: how it starts, logs and ends."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import orjson
import pytest

from gateway.server import Server, serve
from gateway.settings import Exposed, Settings
from resolvers.operation import Unavailable
from tests.gateway.house import House, house_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator

_CHECKOUT = Path(__file__).parents[2]


@dataclass
class Process:
    """A running gateway; its standard error is read once it has ended."""

    popen: subprocess.Popen[bytes]
    address: str

    def end(self, sig: signal.Signals) -> tuple[int, str]:
        """Its exit status and all that it said."""
        self.popen.send_signal(sig)
        _, said = self.popen.communicate(timeout=5)
        return self.popen.returncode, said.decode()


@contextlib.contextmanager
def running(**environment: str) -> Generator[Process]:
    command = [sys.executable, "-m", "tests.gateway.process"]
    chosen = {**os.environ, "PORT": "0", "GATEWAY_LOG_FORMAT": "json", "GATEWAY_SHUTDOWN_GRACE_S": "3", **environment}
    with subprocess.Popen(  # noqa: S603 - the command is ours
        command, cwd=_CHECKOUT, env=chosen, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as popen:
        try:
            assert popen.stdout is not None
            yield Process(popen, popen.stdout.readline().decode().strip())
        finally:
            popen.kill()


def events(said: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in said.splitlines()]


@pytest.mark.parametrize("sig", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_status_0_and_without_a_word(sig: signal.Signals) -> None:
    with running() as process:
        assert httpx.get(f"{process.address}/healthz").status_code == 200
        status, said = process.end(sig)
    assert status == 0
    assert [event["event"] for event in events(said)] == ["http_request"]


def test_requests_in_flight_finish_and_no_others_begin() -> None:
    with running() as process:
        answers: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: answers.append(_after(process.address, 700)))
        asking.start()
        time.sleep(0.2)
        process.popen.send_signal(signal.SIGTERM)
        time.sleep(0.25)
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{process.address}/healthz")
        asking.join()
        assert process.popen.wait(5) == 0
    assert answers[0].json() == {"data": {"after": "done"}}


def test_requests_that_outlast_the_grace_are_cancelled_and_told_so() -> None:
    with running(GATEWAY_SHUTDOWN_GRACE_S="1") as process:
        answers: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: answers.append(_after(process.address, 60_000)))
        asking.start()
        time.sleep(0.2)
        status, said = process.end(signal.SIGTERM)
        asking.join()
    assert status == 0
    assert answers[0].status_code == 503
    assert answers[0].json()["errors"][0]["extensions"] == {"code": "SHUTTING_DOWN"}
    assert "Traceback" not in said


def test_a_second_interrupt_does_not_wait_for_them() -> None:
    with running(GATEWAY_SHUTDOWN_GRACE_S="30") as process:
        answers: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: answers.append(_after(process.address, 60_000)))
        asking.start()
        time.sleep(0.2)
        process.popen.send_signal(signal.SIGINT)
        time.sleep(0.3)
        status, said = process.end(signal.SIGINT)
        asking.join()
    assert status == 0
    assert answers[0].status_code == 503
    assert "Traceback" not in said


def _after(address: str, milliseconds: int) -> httpx.Response:
    query = f"{{ after(milliseconds: {milliseconds}) }}"
    return httpx.post(f"{address}/graphql", json={"query": query}, timeout=10)


@pytest.fixture(scope="module")
def log() -> dict[str, list[dict[str, Any]]]:
    """What one process says of one request of each kind, by request id."""
    with running() as process, httpx.Client(base_url=process.address) as client:
        walk = {"query": "query Walk($n: String!) { ticket(number: $n) }", "variables": {"n": "secret"}}
        client.post("/graphql?token=secret", json=walk, headers={"x-request-id": "walk"})
        client.post("/graphql", json={"query": "{ broken }"}, headers={"x-request-id": "broken"})
        client.get("/%0Aforged%1b[31m", headers={"x-request-id": "forged"})
        with pytest.raises(httpx.ReadTimeout):
            client.post("/graphql", json={"query": "{ slowly }"}, timeout=0.2, headers={"x-request-id": "hung-up"})
        time.sleep(0.1)
        _, said = process.end(signal.SIGTERM)
    assert "secret" not in said
    return {key: list(found) for key, found in itertools.groupby(events(said), lambda event: event["request_id"])}


def test_a_request_is_one_line_in_the_log_without_what_it_asked_for(log: dict[str, list[dict[str, Any]]]) -> None:
    (event,) = log["walk"]
    assert event.pop("duration_ms") > 0
    assert event.pop("timestamp").endswith("Z")
    assert event == {
        "event": "http_request",
        "level": "info",
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "bytes": 40,
        "operation": "Walk",
        "request_id": "walk",
    }


def test_a_fault_is_logged_with_its_traceback_and_the_request_id(log: dict[str, list[dict[str, Any]]]) -> None:
    fault, _request = log["broken"]
    assert fault["event"] == "resolver_failed"
    assert (fault["path"], fault["of"]) == (["broken"], 1)
    assert "KeyError" in fault["exception"]


def test_a_client_that_hung_up_is_logged_as_one(log: dict[str, list[dict[str, Any]]]) -> None:
    (event,) = log["hung-up"]
    assert event["status"] == 499


def test_a_path_is_logged_as_it_was_sent(log: dict[str, list[dict[str, Any]]]) -> None:
    (event,) = log["forged"]
    assert event["path"] == "/%0Aforged%1b[31m"


def test_a_client_cannot_write_lines_of_its_own_on_the_console() -> None:
    with running(GATEWAY_LOG_FORMAT="console") as process:
        httpx.get(f"{process.address}/%0Aforged%1b[31m", headers={"x-request-id": "a b; forged"})
        _, said = process.end(signal.SIGTERM)
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said
    assert "a b" not in said


def test_a_port_that_is_taken_ends_it_with_a_reason() -> None:
    with running() as first, running(PORT=first.address.rpartition(":")[2]) as second:
        _, said = second.popen.communicate(timeout=5)
        assert second.popen.returncode == 3
        assert "address already in use" in events(said.decode())[0]["event"]


def test_settings_that_would_let_strangers_in_end_it() -> None:
    settings = Settings(host="0.0.0.0")  # noqa: S104 - what must be refused
    with pytest.raises(Exposed):
        serve(house_app(House(), settings), settings)


async def test_a_server_that_drains_is_not_ready() -> None:
    settings = Settings(port=0)
    app = house_app(House(), settings)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        assert (await client.get("/readyz")).status_code == 200
        Server(app, settings).handle_exit(signal.SIGTERM, None)
        response = await client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "reason": "The server is shutting down."}


def test_the_lifespan_is_open_while_requests_are_served() -> None:
    told: list[str] = []

    @contextlib.asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        told.append("opened")
        yield
        told.append("closed")

    settings = Settings(port=0, shutdown_grace_s=1)
    server = Server(
        house_app(House(), settings, lifespan=lifespan), settings, lambda _address: told.append("listening")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    told.append(str(httpx.get(f"{server.address}/healthz").status_code))
    server.should_exit = True
    thread.join(5)
    assert told == ["opened", "listening", "200", "closed"]


@pytest.mark.parametrize(
    ("error", "traceback"), [(Unavailable("The database is not there."), False), (RuntimeError("a fault"), True)]
)
def test_what_cannot_be_opened_ends_the_start_with_the_reason(
    error: Exception, capsys: pytest.CaptureFixture[str], *, traceback: bool
) -> None:
    @contextlib.asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        raise error
        yield

    settings = Settings(port=0)
    with pytest.raises(SystemExit) as ended:
        serve(house_app(House(), settings, lifespan=lifespan), settings)
    assert ended.value.code == 3
    said = capsys.readouterr().out
    assert str(error) in said
    assert ("Traceback" in said) is traceback
