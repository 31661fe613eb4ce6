"""Databases for tests: a server shared by every run of this checkout, a template, and clones of it."""

import hashlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
import structlog

from db.binaries import find_binaries
from db.embedded import EmbeddedServer
from db.migration import load, migrate
from db.pool import Connection

_CHECKOUT = Path(__file__).resolve().parent.parent
BUILDING = 1  # the advisory lock of the run that builds a template

# A template is used while a run holds a lock on its name (taken with the building lock only); a clone, while the
# backend that it is named by lives.
LEFTOVERS = """
SELECT d.datname FROM pg_catalog.pg_database AS d
WHERE (d.datname ~ '^template_[0-9a-f]{16}(_new)?$' AND d.datname <> $1
        AND pg_try_advisory_xact_lock(hashtext(d.datname)))
   OR (d.datname ~ '^test_[0-9]+_[0-9]+$' AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_stat_activity AS a WHERE a.pid::text = split_part(d.datname, '_', 2)))
"""


def at(dsn: str, database: str) -> str:
    """The address of another database of the same server."""
    return dsn.replace("/central_memory?", f"/{database}?")


@pytest.fixture(scope="session")
def plain_log() -> Iterator[None]:
    """Without the coloured tracebacks that structlog draws where nobody configured it: they take their time."""
    structlog.configure([structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=repr)])
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the tests' own server."""
    bindir = os.environ.get("PG_BINDIR")
    binaries = find_binaries(Path(bindir) if bindir else None)
    with EmbeddedServer(_CHECKOUT / ".data" / "test", binaries, durable=False) as dsn:
        yield dsn


@pytest.fixture(scope="session")
async def admin(server: str) -> AsyncIterator[Connection]:
    """A connection that makes and drops databases."""
    connection = await asyncpg.connect(server)
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
async def template(server: str, admin: Connection) -> str:
    """The name of a database with every migration, built when their text has changed."""
    migrations = load(_CHECKOUT / "db" / "migrations")
    digest = hashlib.sha256("".join(migration.checksum for migration in migrations).encode()).hexdigest()
    name = f"template_{digest[:16]}"
    await admin.execute("SELECT pg_advisory_lock($1)", BUILDING)
    await admin.execute("SELECT pg_advisory_lock_shared(hashtext($1))", name)
    for (leftover,) in await admin.fetch(LEFTOVERS, name):
        await admin.execute(f'DROP DATABASE "{leftover}" WITH (FORCE)')
    if not await admin.fetchval("SELECT true FROM pg_catalog.pg_database WHERE datname = $1", name):
        await admin.execute(f'CREATE DATABASE "{name}_new"')
        connection = await asyncpg.connect(at(server, f"{name}_new"))
        try:
            await migrate(connection, migrations)
        finally:
            await connection.close()
        await admin.execute(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')
    await admin.execute("SELECT pg_advisory_unlock($1)", BUILDING)
    return name


@pytest.fixture(scope="session")
async def clone(server: str, admin: Connection, template: str) -> Callable[[], Awaitable[str]]:
    """Makes a fresh database like the template and gives its address; the next run drops what is left."""
    made = 0

    async def make() -> str:
        nonlocal made
        made += 1
        name = f"test_{admin.get_server_pid()}_{made}"
        await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return at(server, name)

    return make


@pytest.fixture
async def database(admin: Connection, clone: Callable[[], Awaitable[str]]) -> AsyncIterator[str]:
    """The address of a database of the test's own, for code that commits."""
    dsn = await clone()
    yield dsn
    name = dsn.split("?")[0].rsplit("/")[-1]
    await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
async def _worker(clone: Callable[[], Awaitable[str]]) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(await clone())
    yield connection
    await connection.close()


@pytest.fixture
async def connection(_worker: Connection) -> AsyncIterator[Connection]:
    """A connection to a database with every migration; what the test writes is rolled back."""
    transaction = _worker.transaction()
    await transaction.start()
    yield _worker
    await transaction.rollback()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no worker waits for another at the end."""
    items.sort(key=lambda item: "tests/process" not in item.nodeid)
