"""What a gateway refuses to do, each in words that say what to do instead."""

import socket
import subprocess

import asyncpg
import pytest

from tests.process.gateway import Gateway, Home


def _refused(told: subprocess.CompletedProcess[str]) -> str:
    """The sentence, of a command that did nothing but refuse."""
    assert told.returncode not in (0, None)
    assert told.stdout == ""
    assert "Traceback" not in told.stderr
    return told.stderr


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"GATEWAY_HOST": "0.0.0.0"}, "served on loopback only"),  # noqa: S104 - what must be refused
        ({"GATEWAY_HOST": "::"}, "served on loopback only"),
        ({"GATEWAY_DEMO": "false"}, "no access control"),
        ({"PORT": "eighty"}, "PORT: Input should be a valid integer"),
        ({"PORT": "70000"}, "PORT: Input should be less than or equal to 65535"),
        ({"GATEWAY_LOG_LEVEL": "loud"}, "log_level: Input should be 'debug', 'info'"),
        ({"PG_BINDIR": "/nowhere"}, "no PostgreSQL 15 or newer to run"),
        ({"DATABASE_URL": "postgresql://somebody@127.0.0.1:1/nowhere"}, "The database cannot be reached"),
        ({"DATABASE_URL": "127.0.0.1:5432"}, "DATABASE_URL"),
    ],
)
def test_it_does_not_start_with_settings_that_cannot_work(
    home: Home, settings: dict[str, str], sentence: str
) -> None:
    assert sentence in _refused(home.run("serve", **settings))
    assert not home.data.exists()


@pytest.mark.parametrize("command", ["migrate", "demo", "check", "psql"])
def test_every_command_tells_a_malformed_setting_in_words(home: Home, command: str) -> None:
    assert "PORT: Input should be a valid integer" in _refused(home.run(command, PORT="eighty"))


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
