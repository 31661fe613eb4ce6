"""The gateway's database: the one of DATABASE_URL, or an embedded server of this checkout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from db import migration
from db.binaries import find_binaries
from db.demo.load import NotEmptyError, load, loaded
from db.embedded import USER, EmbeddedServer
from db.migration import Migration
from gateway.settings import Settings
from resolvers.comments import write_comments
from resolvers.policies import write_policies
from schema.assembly.graph import Graph

MIGRATIONS = Path(__file__).resolve().parent.parent / "db" / "migrations"


@contextmanager
def located(settings: Settings) -> Iterator[str]:
    """The database's address, for as long as the block lasts; an embedded server runs for no longer than its users."""
    if settings.database_url:
        yield settings.database_url
        return
    with EmbeddedServer(settings.data_home, find_binaries(settings.pg_bindir)) as dsn:
        yield dsn


def serving(dsn: str, settings: Settings) -> str:
    """The address by which viewers are served: on an embedded server by a login that owns and bypasses nothing.

    Beside DATABASE_URL, it is that of `login_url`, or else the same: connections start with a role that row-level
    security binds in any case.
    """
    if settings.database_url:
        return settings.login_url or dsn
    return dsn.replace(f"//{USER}@", "//gateway_login@", 1)


async def migrate(dsn: str, graph: Graph) -> list[Migration]:
    """Brings the database up to date, descriptions and policies too; gives the migrations applied now."""
    connection = await asyncpg.connect(dsn)
    try:
        async with migration.alone(connection):
            applied = await migration.migrate(connection, migration.load(MIGRATIONS))
            await write_comments(connection, graph)
            await write_policies(connection, graph)
    finally:
        await connection.close()
    return applied


async def load_demo(
    dsn: str, scale: float, seed: int, progress: Callable[[str, int, int], None] | None, *, once: bool
) -> dict[str, int] | None:
    """Loads demo data; with `once`, only into a database that has none. Gives the rows by table."""
    connection = await asyncpg.connect(dsn)
    try:
        if once and await loaded(connection):
            return None
        try:
            rows = await load(connection, scale=scale, seed=seed, progress=progress)
        except NotEmptyError:
            if once:
                return None  # another start was quicker
            raise
        # Or plans would be made for empty tables, and indexes not be read alone, until autovacuum comes.
        await connection.execute("VACUUM (ANALYZE)")
        return rows
    finally:
        await connection.close()
