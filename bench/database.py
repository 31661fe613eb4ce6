"""The database that all are measured on: an embedded server of its own, with demo data."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from bench.homes import new_home
from db.binaries import find_binaries
from db.embedded import EmbeddedServer
from db.postmaster import find_postmaster
from gateway import database
from gateway.settings import Settings
from schema.assembly.graph import assemble
from schema.domains import COMMANDS, DOMAINS

LOGIN = "gateway_login"
_FOLDER = Path(__file__).parent
_PROJECTS = (_FOLDER / "projects.sql").read_text(encoding="utf-8")
_EDGE = (_FOLDER / "postgraphile" / "project_property_tickets.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Database:
    """Where it is, who may enter, and what runs it."""

    owner: str
    """The address of who migrates it."""
    login: str
    """The address of who serves."""
    postmaster: int
    log: Path
    pgbench: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a gateway is told of it; sixty-four clients are one viewer here."""
        return {"DATABASE_URL": self.owner, "GATEWAY_LOGIN_URL": self.login, "GATEWAY_VIEWER_OPERATIONS": "64"}


@contextmanager
def filled(scale: float) -> Iterator[Database]:
    """With demo data of this scale, stopped and removed at the end."""
    binaries = find_binaries()
    with new_home() as home:
        server = EmbeddedServer(home, binaries)
        with server as dsn:
            asyncio.run(_fill(dsn, scale))
            found = find_postmaster(server.data)
            assert found is not None
            login = database.serving(dsn, Settings(database_url=None))
            yield Database(dsn, login, found.pid, server.data / "server.log", binaries["pgbench"])


async def _fill(dsn: str, scale: float) -> None:
    """Demo data, projects of a hundred homes (the manager has one), and what PostGraphile's schema needs."""
    await database.migrate(dsn, assemble(DOMAINS, COMMANDS))
    await database.load_demo(dsn, scale, 1, None, once=False)
    connection = await asyncpg.connect(dsn)
    await connection.execute(_PROJECTS)
    await connection.execute(_EDGE)
    await connection.execute("VACUUM ANALYZE")
    await connection.execute("CHECKPOINT")
    await connection.close()
