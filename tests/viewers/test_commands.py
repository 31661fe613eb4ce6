"""`python -m gateway` gives and takes keys, makes tokens, and serves who brings them, over the real graph."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from db.pool import Connection
from gateway.commands.program import program
from tests.viewers.gate import SECRET
from tests.viewers.issuer import signed

_CHECKOUT = Path(__file__).parents[2]
_SERVE = [sys.executable, "-m", "gateway", "serve"]
_OPERATOR = "SELECT min(id::text) FROM directory.companies WHERE kind = 'operator'"
_QUERY = {"query": "{ viewer { role } tickets { totalCount } }"}


def environment(dsn: str, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GATEWAY_")}
    return {**kept, "DATABASE_URL": dsn, "PORT": "0", "GATEWAY_LOG_LEVEL": "debug", "COLUMNS": "200", **settings}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """A command, in this process."""

    def run(dsn: str, *words: str, **settings: str) -> Result:
        with monkeypatch.context() as patch:
            for name, value in {"DATABASE_URL": dsn, "GATEWAY_TOKEN_SECRET": "", **settings}.items():
                patch.setenv(name, value)
            return CliRunner().invoke(program(), words)

    return run


@contextmanager
def serving(dsn: str, log: Path, **settings: str) -> Generator[str]:
    """`serve`; yields its address, and what it says on standard error goes to the log."""
    with (
        log.open("w") as said,
        subprocess.Popen(  # noqa: S603 - our own program
            _SERVE, cwd=_CHECKOUT, env=environment(dsn, **settings), stdout=subprocess.PIPE, stderr=said, text=True
        ) as popen,
    ):
        try:
            assert popen.stdout is not None
            banner = next((line for line in popen.stdout if "serves on" in line), "")
            assert banner, log.read_text()
            assert "token or an API key" in banner
            yield banner.partition("serves on ")[2].split()[0]
            popen.send_signal(signal.SIGINT)
            assert popen.wait(10) == 0
        finally:
            popen.kill()


@pytest.fixture(scope="module")
async def operator(desk: Connection) -> str:
    found: str = await desk.fetchval(_OPERATOR)
    return found


def test_keys_and_tokens_open_the_graph_and_stay_out_of_the_log(
    run: Callable[..., Result], people: str, operator: str, tmp_path: Path
) -> None:
    made = run(people, "keys", "create", "--name", "front end", "--role", "agent", "--operator", operator)
    assert made.exit_code == 0, made.stderr
    key = made.stdout.strip()
    key_id = made.stderr.split(";")[0].split()[-1]
    token = run(people, "token", "--role", "homeowner", "--minutes", "5", GATEWAY_TOKEN_SECRET=SECRET).stdout.strip()
    stale, log = signed(aud=None, exp=1), tmp_path / "log"
    with serving(people, log, GATEWAY_DEMO="false", GATEWAY_TOKEN_SECRET=SECRET) as address:

        def ask(credentials: str) -> httpx.Response:
            headers = {"authorization": f"Bearer {credentials}"}
            return httpx.post(f"{address}/graphql", json=_QUERY, headers=headers, timeout=20)

        data = [ask(credentials).json()["data"] for credentials in (key, token)]
        assert [answer["viewer"]["role"] for answer in data] == ["AGENT", "HOMEOWNER"]
        assert 0 < data[1]["tickets"]["totalCount"] < data[0]["tickets"]["totalCount"]
        assert ask(stale).status_code == 401
        assert httpx.post(f"{address}/graphql", json=_QUERY).status_code == 401
        listed = run(people, "keys", "list").stdout
        assert any({key_id, "front", "agent", "valid"} <= set(line.split()) for line in listed.splitlines())
        revoked = run(people, "keys", "revoke", key_id)
        assert revoked.stdout == f"The key {key_id} (front end) is revoked.\n"
        assert ask(key).status_code == 401
        assert "revoked" in run(people, "keys", "list").stdout
    said = log.read_text()
    assert said.count("http_request") == 5
    assert key not in listed
    for secret in (key, token, token.split(".")[2], stale, SECRET, "Bearer"):
        assert secret not in said


def test_a_gateway_that_nobody_could_come_into_does_not_start(database: str) -> None:
    ended = subprocess.run(  # noqa: S603 - our own program
        _SERVE,
        cwd=_CHECKOUT,
        env=environment(database, GATEWAY_DEMO="false"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "GATEWAY_TOKEN_SECRET" in ended.stderr
    assert "keys create" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_mistakes_are_told_in_a_sentence(run: Callable[..., Result], people: str, operator: str) -> None:
    create = ("keys", "create", "--name", "x", "--operator", operator, "--role")
    for words, settings, reason in (
        (("token", "--role", "manager"), {}, "GATEWAY_TOKEN_SECRET"),
        (("token", "--role", "tenant", "--operator", operator), {"GATEWAY_TOKEN_SECRET": SECRET}, "needs a contact"),
        ((*create, "vendor"), {}, "needs a company"),
        ((*create, "agent", "--contact", operator), {}, "no such contact"),
        (("keys", "revoke", operator), {}, "keys list"),
        (("token", "--role", "manager"), {"GATEWAY_TOKEN_SECRET": "hunter2"}, "32 bytes"),
        (("token", "--role", "manager"), {"GATEWAY_TOKEN_ROLES": "Boss=manager"}, "token_roles"),
    ):
        told = run(people, *words, **settings)
        assert told.exit_code == 1
        assert reason in told.stderr
        assert "Traceback" not in told.stderr
        assert "hunter2" not in told.stderr
