"""README, tried in a fresh copy of the checkout with a home of its own. Installs packages, hence not in `make test`."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parents[2]
_README = (_CHECKOUT / "README.md").read_text()
_PORT = "8765"
_SECONDS = 300


def _commands() -> list[str]:
    """Every line of README's shell blocks, without its comment."""
    blocks = re.findall(r"```sh\n(.*?)```", _README, re.DOTALL)
    return [line.split("  #")[0].split(" # ")[0].strip() for block in blocks for line in block.splitlines()]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout's files, as git has or would add them, and nothing else."""
    place = tmp_path_factory.mktemp("fresh") / "checkout"
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listing, cwd=_CHECKOUT, check=True, capture_output=True, text=True).stdout  # noqa: S603 - ours
    for name in files.strip("\0").split("\0"):
        if (_CHECKOUT / name).exists():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(_CHECKOUT / name, place / name)
    return place


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """As it is here, but with an empty home."""
    return {**os.environ, "HOME": str(tmp_path_factory.mktemp("home")), "PORT": _PORT}


def _serving(command: str, fresh: Path, environment: dict[str, str]) -> Iterator[None]:
    """Runs a serving command until its answer has been seen; its whole group must end by SIGINT."""
    server = subprocess.Popen(["bash", "-c", command], cwd=fresh, env=environment, start_new_session=True)  # noqa: S603, S607 - README's own words
    try:
        deadline = time.monotonic() + _SECONDS
        probe = ["curl", "-sf", f"http://127.0.0.1:{_PORT}/readyz"]
        while subprocess.run(probe, check=False, capture_output=True).returncode:  # noqa: S603 - loopback
            assert server.poll() is None, f"{command} ended with {server.returncode}"
            assert time.monotonic() < deadline, f"{command} did not serve in time"
            time.sleep(0.2)
        yield
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(30)


def _ask(environment: dict[str, str]) -> object:
    """README's query, asked on the test's port."""
    (curl,) = [command for command in _commands() if command.startswith("curl")]
    command = curl.replace(":8000", f":{_PORT}")
    answer = subprocess.run(["bash", "-c", command], env=environment, check=True, capture_output=True)  # noqa: S603, S607 - README's own words
    return json.loads(answer.stdout)


def _promised() -> object:
    (block,) = re.findall(r"```json\n(.*?)```", _README, re.DOTALL)
    return json.loads(block)


def test_make_run_sets_all_up_and_gives_the_promised_answer(fresh: Path, environment: dict[str, str]) -> None:
    assert "make run" in _commands()
    for _ in _serving("make run", fresh, environment):
        assert _ask(environment) == _promised()


def test_the_raw_commands_do_the_same(fresh: Path, environment: dict[str, str]) -> None:
    shutil.rmtree(fresh / ".venv", ignore_errors=True)
    raw = [command for command in _commands() if not command.startswith(("make", "curl"))]
    *setup, serve, test = raw
    assert serve.endswith("-m gateway serve")
    assert test.endswith("-m pytest")
    for command in setup:
        subprocess.run(["bash", "-c", command], cwd=fresh, env=environment, check=True, timeout=_SECONDS)  # noqa: S603, S607 - README's own words
    for _ in _serving(serve, fresh, environment):
        assert _ask(environment) == _promised()
    some = {**environment, "PYTEST_ADDOPTS": "tests/schema"}  # the whole suite is run by `make test` beside this
    subprocess.run(["bash", "-c", test], cwd=fresh, env=some, check=True, timeout=_SECONDS)  # noqa: S603, S607 - README's own words


def test_ci_runs_readmes_test_command() -> None:
    assert "make test" in _commands()
    assert "make test" in (_CHECKOUT / ".ci" / "run").read_text().splitlines()
