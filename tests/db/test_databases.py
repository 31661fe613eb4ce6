import asyncpg
import pytest

from db.pool import Connection
from tests.conftest import BUILDING, LEFTOVERS


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_what_a_test_writes_is_gone_in_the_next(connection: Connection, turn: str) -> None:
    await connection.execute("CREATE TABLE turns (name text PRIMARY KEY)")
    await connection.execute("INSERT INTO turns VALUES ($1)", turn)
    assert await connection.fetchval("SELECT string_agg(name, ',') FROM turns") == turn


async def test_a_tests_own_database_has_every_migration_and_may_be_committed_to(database: str) -> None:
    first, second = await asyncpg.connect(database), await asyncpg.connect(database)
    await first.execute("CREATE TABLE rooms ()")
    assert await second.fetchval("SELECT to_regclass('rooms') IS NOT NULL")
    assert await second.fetchval("SELECT count(*) FROM platform.migrations")
    await first.close()
    await second.close()


async def test_another_run_drops_what_is_left_over_and_nothing_that_is_used(
    server: str, admin: Connection, template: str, database: str
) -> None:
    used = database.split("?")[0].rpartition("/")[2]
    other = await asyncpg.connect(server)
    await other.execute("SELECT pg_advisory_lock($1)", BUILDING)
    await admin.execute("CREATE DATABASE test_2_1")  # of process 2, which is no backend
    leftovers = {row["datname"] for row in await other.fetch(LEFTOVERS, "template_of_another_run")}
    await admin.execute("DROP DATABASE test_2_1")
    await other.close()
    assert "test_2_1" in leftovers
    assert not leftovers & {used, template}
