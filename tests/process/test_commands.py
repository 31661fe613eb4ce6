"""What each command does, and says that it did."""

import re

import asyncpg
import pytest
from typer.main import get_group

from gateway.commands.program import program
from tests.process.gateway import CHECKOUT, Home

_NAMES = list(get_group(program()).commands)
_WORTH_READING = {
    "serve": ["--port", "--no-demo", "Ctrl-C", "PORT, else 8000"],
    "migrate": ["up to date", "comments"],
    "demo": ["--scale", "--seed", "empty database", "2,000 tickets"],
    "check": ["fix", "status 1"],
    "schema": ["no database"],
    "psql": ["SELECT now()"],
}


@pytest.fixture
async def empty(admin: asyncpg.Connection, server: str) -> str:
    """The address of a database without a table."""
    await admin.execute('DROP DATABASE IF EXISTS "process_empty" WITH (FORCE)')
    await admin.execute('CREATE DATABASE "process_empty"')
    return server.replace("/central_memory?", "/process_empty?")


def test_migrate_applies_what_is_new_and_the_second_time_none(home: Home, empty: str) -> None:
    first = home.run("migrate", DATABASE_URL=empty)
    files = sorted(path.name for path in (CHECKOUT / "db" / "migrations").rglob("*.sql"))
    *applied, last = first.stdout.splitlines()
    assert (first.returncode, first.stderr) == (0, "")
    assert [line.rpartition("/")[2] for line in applied] == files
    assert last == f"{len(files)} applied; the database is up to date."
    second = home.run("migrate", DATABASE_URL=empty)
    assert (second.returncode, second.stdout) == (0, "0 applied; the database is up to date.\n")


async def test_demo_tells_the_rows_that_it_wrote_by_table(home: Home, database: str) -> None:
    told = home.run("demo", "--scale", "0.05", DATABASE_URL=database)
    assert told.returncode == 0, told.stderr
    *lines, last = told.stdout.splitlines()
    rows = {table: int(number.replace(",", "")) for number, table in (line.split() for line in lines)}
    connection = await asyncpg.connect(database)
    for table in ("team.tickets", "team.ticket_participants", "directory.contacts"):
        assert rows[table] == await connection.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608 - from the list above
    await connection.close()
    assert re.fullmatch(rf" *{sum(rows.values()):,}  rows in [\d.]+ s", last)


async def test_check_names_what_differs_and_how_to_mend_it(home: Home, database: str) -> None:
    assert home.run("migrate", DATABASE_URL=database).returncode == 0
    agreed = home.run("check", DATABASE_URL=database)
    assert (agreed.returncode, agreed.stderr) == (0, "")
    assert agreed.stdout.endswith("entities agree with the database.\n")
    connection = await asyncpg.connect(database)
    await connection.execute("ALTER TABLE team.tickets ADD COLUMN smell text")
    await connection.close()
    told = home.run("check", DATABASE_URL=database)
    assert told.returncode == 1
    assert told.stdout == "team.tickets.smell: it is not declared. Add it to Ticket.\n"
    assert told.stderr == "1 differences.\n"


def test_schema_prints_the_file_of_this_checkout_without_a_database(home: Home) -> None:
    told = home.run("schema", DATABASE_URL="postgresql://somebody@127.0.0.1:1/nowhere")
    assert told.returncode == 0, told.stderr
    assert told.stdout == (CHECKOUT / "graphql" / "supergraph.graphql").read_text(encoding="utf-8")
    assert not list(home.path.iterdir())


def test_the_programs_help_lists_every_command(home: Home) -> None:
    told, without = home.run_all([("--help",), ()])
    assert told.returncode == 0
    assert re.findall(r"^│ (\w+)  ", told.stdout, re.MULTILINE) == _NAMES
    assert without.stdout.strip() == told.stdout.strip()


def test_the_help_of_each_command_says_what_it_does_and_takes(home: Home) -> None:
    for name, told in zip(_NAMES, home.run_all([(name, "--help") for name in _NAMES]), strict=True):
        assert (told.returncode, told.stderr) == (0, ""), name
        text = " ".join(told.stdout.split())
        assert text.startswith(f"Usage: python -m gateway {name} "), name
        assert [word for word in _WORTH_READING.get(name, []) if word not in text] == [], name
    assert not list(home.path.iterdir())
