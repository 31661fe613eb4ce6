"""What a gateway refuses to do, each in words that say what to do instead."""

import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor

import asyncpg
import pytest

from db.binaries import find_binaries
from tests.process.gateway import Gateway, Home, new_home


def _refused(told: subprocess.CompletedProcess[str]) -> str:
    """The sentence, of a command that did nothing but refuse."""
    assert told.returncode not in (0, None)
    assert told.stdout == ""
    assert "Traceback" not in told.stderr
    return told.stderr


_UNFIT = [
    ({"GATEWAY_HOST": "0.0.0.0"}, "loopback"),  # noqa: S104 - what must be refused
    ({"GATEWAY_HOST": "::"}, "loopback"),
    ({"PORT": "eighty"}, "PORT: Input should be a valid integer"),
    ({"PORT": "70000"}, "PORT: Input should be less than or equal to 65535"),
    ({"GATEWAY_LOG_LEVEL": "loud"}, "log_level: Input should be 'debug', 'info'"),
    ({"PG_BINDIR": "/nowhere"}, "no PostgreSQL 15 or newer to run"),
    ({"DATABASE_URL": "postgresql://somebody@127.0.0.1:1/nowhere"}, "The database cannot be reached"),
    ({"DATABASE_URL": "127.0.0.1:5432"}, "DATABASE_URL is not an address"),
]


@pytest.fixture(scope="module")
def refused() -> dict[str, str]:
    """What `serve` says to each of the settings that cannot work, all at the same time, which is quicker."""
    with new_home(find_binaries()) as home, ThreadPoolExecutor(4) as threads:
        said = threads.map(lambda unfit: _refused(home.run("serve", **unfit[0])), _UNFIT)
        found = {str(settings): sentence for (settings, _), sentence in zip(_UNFIT, said, strict=True)}
        assert not home.data.exists()
    return found


@pytest.mark.parametrize(("settings", "sentence"), _UNFIT)
def test_it_does_not_start_with_settings_that_cannot_work(
    refused: dict[str, str], settings: dict[str, str], sentence: str
) -> None:
    assert sentence in refused[str(settings)]


def test_without_demo_mode_it_does_not_serve_what_nobody_could_enter(home: Home, database: str) -> None:
    assert "nobody could come in" in _refused(home.run("serve", GATEWAY_DEMO="false", DATABASE_URL=database))


def test_every_command_tells_a_malformed_setting_in_words(home: Home) -> None:
    with ThreadPoolExecutor(4) as threads:
        commands = ["migrate", "demo", "check", "psql"]
        for told in threads.map(lambda command: home.run(command, PORT="eighty"), commands):
            assert "PORT: Input should be a valid integer" in _refused(told)


def test_a_port_that_is_taken_ends_it_with_a_reason(home: Home, database: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        told = home.run("serve", "--no-demo", PORT=port, DATABASE_URL=database)
    assert "address already in use" in _refused(told)


@pytest.mark.parametrize("command", ["serve", "migrate", "demo"])
async def test_a_database_newer_than_this_release_is_left_as_it_is(home: Home, database: str, command: str) -> None:
    connection = await asyncpg.connect(database)
    await connection.execute("INSERT INTO platform.migrations VALUES (9999, 'from_the_future', 'unknown')")
    said = _refused(home.run(command, DATABASE_URL=database))
    assert "9999_from_the_future: unknown here; run a release that has it" in said
    assert await connection.fetchval("SELECT count(*) FROM directory.companies") == 0
    await connection.close()


def test_demo_data_do_not_go_into_a_filled_database(served: Gateway) -> None:
    before = served.data("{ tickets { totalCount } contacts { totalCount } }")
    assert "demo data go into an empty one" in _refused(served.home.run("demo"))
    assert served.data("{ tickets { totalCount } contacts { totalCount } }") == before


def test_an_unknown_command_is_answered_with_the_nearest_one(home: Home) -> None:
    said = _refused(home.run("srve"))
    assert "No such command 'srve'" in said
    assert "'serve'" in said
