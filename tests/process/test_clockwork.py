"""`python -m gateway clockwork` does what is due for every operator, and ends when it is told to."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import pytest

from db.pool import Connection
from tests.commands.estate import Estate
from tests.process.gateway import CHECKOUT, Home

_WEEKS = timedelta(days=14)


@pytest.fixture
async def connection(home: Home, database: str) -> AsyncIterator[Connection]:
    """The owner's, to a database with policies."""
    assert home.run("migrate", DATABASE_URL=database).returncode == 0
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


async def _estate(connection: Connection, name: str) -> Estate:
    estate = await Estate.found(connection)
    await connection.execute("UPDATE directory.companies SET name = $2 WHERE id = $1", estate.operator, name)
    return estate


async def test_it_does_everything_for_every_operator_and_then_nothing_more(
    home: Home, database: str, connection: Connection
) -> None:
    first, second = await _estate(connection, "Alpine Homes"), await _estate(connection, "Casas do Mar")
    unanswered, feedback, resolved = await first.asked(), await second.completed(), await second.resolved()
    await first.age(unanswered, _WEEKS)
    await second.age(resolved, _WEEKS)
    told = home.run("clockwork", DATABASE_URL=database)
    assert (told.returncode, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert lines[0:2] == ["Alpine Homes: cancelUnanswered: 1 tickets", "Alpine Homes: dueReminders: 0 reminders"]
    assert "Casas do Mar: closeResolved: 1 tickets" in lines
    (reminder,) = [line for line in lines if line.startswith("  ")]
    assert reminder.startswith(f"  kind=feedback ticket_id={feedback} contact_id={second.tenant} due_at=")
    assert (await first.status(unanswered), await second.status(resolved)) == ("cancelled", "closed")
    again = home.run("clockwork", DATABASE_URL=database)
    assert (again.returncode, len(again.stdout.splitlines())) == (0, 8)
    assert all(": 0 " in line for line in again.stdout.splitlines())


async def test_it_leaves_reminders_to_who_sends_them(home: Home, database: str, connection: Connection) -> None:
    estate = await _estate(connection, "Alpine Homes")
    ticket = await estate.completed()
    told = home.run("clockwork", "--no-reminders", DATABASE_URL=database)
    assert (told.returncode, "dueReminders" in told.stdout) == (0, False)
    sql = "SELECT feedback_sent_at FROM maintenance.jobs WHERE ticket_id = $1"
    assert await connection.fetchval(sql, ticket) is None


async def test_it_goes_on_until_it_is_told_to_end(home: Home, database: str, connection: Connection) -> None:
    estate = await _estate(connection, "Alpine Homes")
    ticket = await estate.resolved()
    await estate.age(ticket, _WEEKS)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "gateway", "clockwork", "--every", "1"),
        cwd=CHECKOUT,
        env=home.environment(DATABASE_URL=database),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            assert await process.stdout.readline() == b"Alpine Homes: closeResolved: 1 tickets\n"
            later = await estate.resolved()
            await estate.age(later, _WEEKS)
            assert await process.stdout.readline() == b"Alpine Homes: closeResolved: 1 tickets\n"
            process.send_signal(signal.SIGTERM)
            assert await process.communicate() == (b"", b"")
    finally:
        if process.returncode is None:
            process.kill()
    assert process.returncode == 0
    assert [await estate.status(key) for key in (ticket, later)] == ["closed", "closed"]


async def test_what_fails_for_one_operator_is_logged_and_hinders_no_other(
    home: Home, database: str, connection: Connection
) -> None:
    first, second = await _estate(connection, "Alpine Homes"), await _estate(connection, "Casas do Mar")
    ticket = await second.resolved()
    await second.age(ticket, _WEEKS)
    await connection.execute(
        "CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'broken' USING ERRCODE = 'XX000'; END $$"
    )
    await connection.execute(
        "CREATE TRIGGER fail BEFORE UPDATE ON team.tickets FOR EACH ROW"
        f" WHEN (NEW.operator_id = '{first.operator}') EXECUTE FUNCTION public.fail()"
    )
    broken = await first.open()
    await connection.execute("ALTER TABLE team.tickets DISABLE TRIGGER fail")
    await first.step(broken, "resolved")
    await first.age(broken, _WEEKS)
    await connection.execute("ALTER TABLE team.tickets ENABLE TRIGGER fail")
    told = home.run("clockwork", DATABASE_URL=database)
    assert told.returncode == 1
    assert "Alpine Homes: closeResolved: failed, see the log" in told.stdout
    assert "Casas do Mar: closeResolved: 1 tickets" in told.stdout
    assert "clockwork_failed" in told.stderr
    assert await first.status(broken) == "resolved"


def test_a_database_that_is_not_migrated_is_told_in_a_sentence(home: Home, server: str) -> None:
    told = home.run("clockwork", DATABASE_URL=server)
    assert told.returncode == 1
    assert "python -m gateway migrate" in told.stderr
