import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from db.migration import Migration, MigrationError, load, migrate, state
from db.pool import Connection
from tests.conftest import at


@pytest.fixture
async def blank(server: str, admin: Connection) -> AsyncIterator[str]:
    """The address of a database without any migration."""
    name = f"test_{admin.get_server_pid()}_0"
    await admin.execute(f"CREATE DATABASE {name}")
    yield at(server, name)
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def empty(blank: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(blank)
    yield connection
    await connection.close()


def write(folder: Path, **files: str) -> list[Migration]:
    """Write `team_0001_rooms="…"` as team/0001_rooms.sql, and load the folder."""
    for name, sql in files.items():
        schema, number, rest = name.split("_", 2)
        path = folder / schema / f"{number}_{rest}.sql"
        path.parent.mkdir(exist_ok=True)
        path.write_text(sql)
    return load(folder)


async def tables(connection: Connection) -> set[str]:
    rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {row["tablename"] for row in rows}


async def test_migrations_are_applied_once_in_the_order_of_their_numbers_over_all_schemas(
    empty: Connection, tmp_path: Path
) -> None:
    migrations = write(
        tmp_path,
        home_0002_doors="CREATE TABLE doors (room int REFERENCES rooms)",
        team_0001_rooms="CREATE TABLE rooms (id int PRIMARY KEY)",
    )
    assert [migration.file for migration in await migrate(empty, migrations)] == [
        "team/0001_rooms.sql",
        "home/0002_doors.sql",
    ]
    assert await tables(empty) == {"rooms", "doors"}
    assert await migrate(empty, migrations) == []
    assert (await state(empty, migrations)).applied == migrations


async def test_a_migration_that_comes_late_with_a_lower_number_is_applied(empty: Connection, tmp_path: Path) -> None:
    await migrate(empty, write(tmp_path, team_0005_doors="CREATE TABLE doors ()"))
    late = write(tmp_path, team_0003_rooms="CREATE TABLE rooms ()")
    assert [migration.number for migration in (await state(empty, late)).pending] == [3]
    assert [migration.number for migration in await migrate(empty, late)] == [3]


async def test_asking_for_the_state_of_a_new_database_changes_nothing(empty: Connection, tmp_path: Path) -> None:
    migrations = write(tmp_path, team_0001_rooms="SELECT 1")
    found = await state(empty, migrations)
    assert (found.applied, found.pending, found.edited, found.unknown) == ([], migrations, [], [])
    assert await empty.fetchval("SELECT to_regnamespace('platform')") is None


async def test_an_edited_migration_is_refused_by_name_and_nothing_is_applied(empty: Connection, tmp_path: Path) -> None:
    await migrate(empty, write(tmp_path, team_0001_rooms="CREATE TABLE rooms ()"))
    edited = write(tmp_path, team_0001_rooms="CREATE TABLE rooms (id int)", team_0002_doors="CREATE TABLE doors ()")
    with pytest.raises(MigrationError, match=r"team/0001_rooms\.sql: edited after it was applied; restore the file"):
        await migrate(empty, edited)
    assert await tables(empty) == {"rooms"}


async def test_a_database_that_is_newer_than_the_release_is_refused(empty: Connection, tmp_path: Path) -> None:
    migrations = write(tmp_path, team_0001_rooms="SELECT 1", team_0002_doors="SELECT 2")
    await migrate(empty, migrations)
    assert (await state(empty, migrations[:1])).unknown == ["0002_doors"]
    with pytest.raises(MigrationError, match="0002_doors: unknown here; run a release that has it"):
        await migrate(empty, migrations[:1])


async def test_line_ends_and_another_name_are_no_edit(empty: Connection, tmp_path: Path) -> None:
    await migrate(empty, write(tmp_path, team_0001_rooms="SELECT 1;\nSELECT 2;\n"))
    (tmp_path / "team" / "0001_rooms.sql").unlink()
    (tmp_path / "team" / "0001_halls.sql").write_bytes(b"SELECT 1;\r\nSELECT 2;\r\n")
    assert await migrate(empty, load(tmp_path)) == []


async def test_a_failing_migration_leaves_nothing_and_names_its_file_and_line(
    empty: Connection, tmp_path: Path
) -> None:
    migrations = write(
        tmp_path,
        team_0001_rooms="CREATE TABLE rooms ()",
        team_0002_doors="-- Türen\nCREATE TABLE doors ();\n\nSELECT knob\nFROM doors;\n",
        team_0003_keys="CREATE TABLE keys ()",
    )
    with pytest.raises(MigrationError, match=r'team/0002_doors\.sql, line 4: column "knob" does not exist'):
        await migrate(empty, migrations)
    assert await tables(empty) == {"rooms"}
    found = await state(empty, migrations)
    assert [migration.number for migration in found.pending] == [2, 3]


async def test_a_failure_that_has_no_place_in_the_text_names_the_file(empty: Connection, tmp_path: Path) -> None:
    with pytest.raises(MigrationError, match=r"team/0001_halt\.sql: division by zero"):
        await migrate(empty, write(tmp_path, team_0001_halt="SELECT 1 / 0"))


async def test_a_migration_without_transaction_runs_statement_by_statement_and_again_after_a_failure(
    empty: Connection, tmp_path: Path
) -> None:
    await empty.execute("CREATE TABLE rooms (id int); INSERT INTO rooms VALUES (1), (1)")
    migrations = write(
        tmp_path,
        team_0001_index="-- migrate: no transaction\n"
        "DROP INDEX CONCURRENTLY IF EXISTS rooms_id;\n"
        "CREATE UNIQUE INDEX CONCURRENTLY rooms_id\n    ON rooms (id);\n",
    )
    with pytest.raises(MigrationError, match="could not create unique index"):
        await migrate(empty, migrations)
    assert (await state(empty, migrations)).pending == migrations

    await empty.execute("TRUNCATE rooms")
    assert await migrate(empty, migrations) == migrations
    assert await empty.fetchval("SELECT indisvalid FROM pg_index WHERE indexrelid = 'rooms_id'::regclass")


async def test_a_failing_statement_without_transaction_names_its_line_in_the_file(
    empty: Connection, tmp_path: Path
) -> None:
    migrations = write(tmp_path, team_0001_x="-- migrate: no transaction\nSELECT 1;\n\nSELECT\n  nothing;\n")
    with pytest.raises(MigrationError, match=r"team/0001_x\.sql, line 5:"):
        await migrate(empty, migrations)


async def test_settings_of_a_migration_end_with_it(empty: Connection, tmp_path: Path) -> None:
    migrations = write(
        tmp_path,
        team_0001_path="SET search_path = pg_catalog; SET lock_timeout = 0",
        team_0002_here="CREATE TABLE here AS SELECT current_setting('lock_timeout') AS waits",
    )
    await migrate(empty, migrations)
    assert await empty.fetchval("SELECT waits FROM public.here") == "5s"
    assert await empty.fetchval("SHOW lock_timeout") == "0"


async def test_a_migration_does_not_queue_behind_a_long_transaction_for_ever(
    empty: Connection, blank: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.migration._LOCK_TIMEOUT", "50ms")
    await empty.execute("CREATE TABLE rooms ()")
    reader = await asyncpg.connect(blank)
    async with reader.transaction():
        await reader.fetch("SELECT FROM rooms")
        with pytest.raises(MigrationError, match="lock timeout"):
            await migrate(empty, write(tmp_path, team_0001_rooms="ALTER TABLE rooms ADD id int"))
    await reader.close()
    assert len(await migrate(empty, load(tmp_path))) == 1


async def test_of_several_that_start_at_once_one_migrates_and_the_others_wait(blank: str, tmp_path: Path) -> None:
    migrations = write(
        tmp_path,
        team_0001_rooms="CREATE TABLE rooms (id int); SELECT pg_sleep(0.2)",
        team_0002_index="-- migrate: no transaction\nCREATE INDEX CONCURRENTLY rooms_id ON rooms (id)",
    )
    connections = await asyncio.gather(*(asyncpg.connect(blank) for _ in range(4)))
    applied = await asyncio.gather(*(migrate(connection, migrations) for connection in connections))
    assert sorted(len(each) for each in applied) == [0, 0, 0, 2]
    for connection in connections:
        await connection.close()


async def test_waiting_for_another_that_migrates_ends(empty: Connection, blank: str, tmp_path: Path) -> None:
    other = await asyncpg.connect(blank)
    migrations = write(tmp_path, team_0001_sleep="SELECT pg_sleep(0.5)")
    first = asyncio.create_task(migrate(other, migrations))
    await asyncio.sleep(0.1)
    with pytest.raises(MigrationError, match="another process"):
        await migrate(empty, migrations, patience_s=0.1)
    assert await first == migrations
    await other.close()


def test_every_mistake_in_a_folder_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "0007_stray.sql").write_text("SELECT 1")
    (tmp_path / "README.md").write_text("not a migration")
    with pytest.raises(MigrationError) as refused:
        write(
            tmp_path,
            team_0001_rooms="SELECT 1",
            home_0001_doors="SELECT 1",
            team_2_short="SELECT 1",
            team_0003_index="-- migrate: no transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS x ON rooms (id)",
        )
    told = str(refused.value)
    assert "0007_stray.sql: name it" in told
    assert "team/2_short.sql: name it" in told
    assert "team/0001_rooms.sql: home/0001_doors.sql has its number" in told
    assert "team/0003_index.sql: a CONCURRENTLY that failed leaves an invalid index" in told
    assert "README" not in told


def test_a_gap_in_the_numbers_is_no_mistake(tmp_path: Path) -> None:
    migrations = write(tmp_path, team_0009_rooms="SELECT 1", team_0001_doors="SELECT 1")
    assert [migration.number for migration in migrations] == [1, 9]


def test_a_folder_without_migrations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MigrationError, match="no migrations"):
        load(tmp_path / "misspelt")
