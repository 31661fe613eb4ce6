"""The steps by which the database came to its present form, and the runner that applies them."""

import asyncio
import hashlib
import re
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from db.pool import Connection
from db.script import split

_FILE = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_NO_TRANSACTION = "-- migrate: no transaction"
_REBUILD = re.compile(r"\bINDEX\s+CONCURRENTLY\s+IF\s+NOT\s+EXISTS\b", re.IGNORECASE)

_LOCK = 0x6D696772  # the advisory lock of those who migrate a database
_LOCK_STEP = 0.1  # seconds; polled, because a blocking wait deadlocks with CREATE INDEX CONCURRENTLY

_LOCK_TIMEOUT = "5s"  # a waiting ALTER TABLE makes every later reader wait behind it
_PATIENT_LOCK_TIMEOUT = "10min"  # CONCURRENTLY waits for old transactions, and nobody waits for it

_TABLE = """
CREATE SCHEMA IF NOT EXISTS platform;
CREATE TABLE IF NOT EXISTS platform.migrations (
    number int PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
"""
_RECORD = "INSERT INTO platform.migrations (number, name, checksum) VALUES ($1, $2, $3)"


class MigrationError(Exception):
    """The migrations are wrong, do not fit the database, or failed; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step.

    Attributes:
        number: Its place in the order, over all schemas.
        name: What it does.
        schema: The folder that it lies in.
        sql: Its statements.
        checksum: Of its text, line ends apart.
        transactional: False where the first line says so: its statements then run one by one, each for itself, and
            all again after a failure, so each must stand being repeated.
    """

    number: int
    name: str
    schema: str
    sql: str
    checksum: str
    transactional: bool

    @property
    def file(self) -> str:
        """Its file, under the folder of migrations."""
        return f"{self.schema}/{self.number:04}_{self.name}.sql"


@dataclass(frozen=True, slots=True)
class State:
    """How a database and the known migrations compare.

    Attributes:
        applied: Migrations that the database has had.
        pending: Those that it has not, in their order.
        edited: Those of the applied whose file has changed since.
        unknown: What it has had and we do not know, as `number_name`: it is newer than we are.
    """

    applied: list[Migration]
    pending: list[Migration]
    edited: list[Migration]
    unknown: list[str]


def load(folder: Path) -> list[Migration]:
    """The migrations of a folder (`SCHEMA/NNNN_name.sql`), in their order.

    Raises:
        MigrationError: With every mistake in it.
    """
    migrations: dict[int, Migration] = {}
    mistakes: list[str] = []
    for path in sorted(folder.rglob("*.sql"), key=lambda path: (path.name, path)):
        place = path.relative_to(folder)
        match = _FILE.fullmatch(path.name)
        if not match or len(place.parts) != 2:
            mistakes.append(f"{place}: name it SCHEMA/NNNN_name.sql, in small letters, digits and _")
            continue
        migration = _read(path, int(match[1]), match[2])
        if other := migrations.get(migration.number):
            mistakes.append(f"{place}: {other.file} has its number; give the later one the next free number")
        if _REBUILD.search(migration.sql):
            mistakes.append(
                f"{place}: a CONCURRENTLY that failed leaves an invalid index, which IF NOT EXISTS would keep; "
                "write DROP INDEX CONCURRENTLY IF EXISTS before it instead"
            )
        migrations[migration.number] = migration
    if mistakes:
        raise MigrationError("\n".join([f"the migrations in {folder} are wrong:", *mistakes]))
    if not migrations:
        raise MigrationError(f"there are no migrations in {folder}")
    return [migrations[number] for number in sorted(migrations)]


def _read(path: Path, number: int, name: str) -> Migration:
    sql = path.read_text(encoding="utf-8")  # with \n for every line end, as git may write others
    checksum = hashlib.sha256(sql.encode()).hexdigest()
    return Migration(number, name, path.parent.name, sql, checksum, not sql.startswith(_NO_TRANSACTION))


async def state(connection: Connection, migrations: Sequence[Migration]) -> State:
    """Compare a database with the known migrations; changes nothing."""
    exists = await connection.fetchval("SELECT to_regclass('platform.migrations') IS NOT NULL")
    rows = await connection.fetch("SELECT number, name, checksum FROM platform.migrations ORDER BY 1") if exists else []
    known = {migration.number for migration in migrations}
    checksums: dict[int, str] = {row["number"]: row["checksum"] for row in rows}
    applied = [migration for migration in migrations if migration.number in checksums]
    return State(
        applied=applied,
        pending=[migration for migration in migrations if migration.number not in checksums],
        edited=[migration for migration in applied if checksums[migration.number] != migration.checksum],
        unknown=[f"{row['number']:04}_{row['name']}" for row in rows if row["number"] not in known],
    )


async def migrate(
    connection: Connection, migrations: Sequence[Migration], *, patience_s: float = 600
) -> list[Migration]:
    """Bring a database up to date; safe to run from several processes at once.

    Args:
        connection: Outside of a transaction; its settings are reset to those that it started with.
        migrations: All that are known, in their order.
        patience_s: How long to wait for another process that migrates.

    Returns:
        Those applied now.

    Raises:
        MigrationError: The database has had others, or one failed: those before it stay applied.
    """
    async with alone(connection, patience_s=patience_s):
        try:
            await connection.execute(_TABLE)
            found = await state(connection, migrations)
            _refuse(found)
            for migration in found.pending:
                await _apply(connection, migration)
            return found.pending
        finally:
            if not connection.is_closed():
                await connection.execute("RESET ALL")


@asynccontextmanager
async def alone(connection: Connection, *, patience_s: float = 600) -> AsyncIterator[None]:
    """Be the only one that changes a database's form; may be entered again inside.

    Raises:
        MigrationError: Another process has been doing so for too long.
    """
    deadline = time.monotonic() + patience_s
    while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", _LOCK):
        if time.monotonic() > deadline:
            raise MigrationError(f"another process has been migrating this database for {patience_s:g} s")
        await asyncio.sleep(_LOCK_STEP)
    try:
        yield
    finally:
        if not connection.is_closed():
            await connection.fetchval("SELECT pg_advisory_unlock($1)", _LOCK)


def _refuse(found: State) -> None:
    lines = [f"{name}: unknown here; run a release that has it" for name in found.unknown]
    lines += [
        f"{migration.file}: edited after it was applied; restore the file and write the change as a new migration"
        for migration in found.edited
    ]
    if lines:
        raise MigrationError("\n".join(["the database has had other migrations than these:", *lines]))


async def _apply(connection: Connection, migration: Migration) -> None:
    await connection.execute("RESET ALL")  # what an earlier one has set ends with it
    timeout = _LOCK_TIMEOUT if migration.transactional else _PATIENT_LOCK_TIMEOUT
    await connection.execute(f"SET statement_timeout = 0; SET lock_timeout = '{timeout}'")
    values = (migration.number, migration.name, migration.checksum)
    if migration.transactional:
        async with connection.transaction():
            await _run(connection, migration, migration.sql, 0)
            await connection.execute(_RECORD, *values)
    else:
        for offset, statement in split(migration.sql):
            await _run(connection, migration, statement, offset)
        await connection.execute(_RECORD, *values)


async def _run(connection: Connection, migration: Migration, sql: str, offset: int) -> None:
    """Run statements, naming the file and line of one that fails.

    Args:
        connection: Where.
        migration: Whose statements these are.
        sql: The statements.
        offset: Where in the migration's text they begin.
    """
    try:
        await connection.execute(sql)
    except asyncpg.PostgresError as error:
        place = migration.file
        if error.position:
            line = migration.sql.count("\n", 0, offset + int(error.position) - 1) + 1
            place = f"{place}, line {line}"
        raise MigrationError(f"{place}: {error}") from error
