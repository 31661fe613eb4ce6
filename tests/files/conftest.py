"""One office over a little demo data, for tests that need no settings of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator

import asyncpg
import pytest

from db.demo.load import load
from db.pool import Pool
from gateway import database
from gateway.viewers.demo import find_demo_viewers
from resolvers.viewer import Viewer
from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from tests.files.office import Office, office


@pytest.fixture(scope="session", autouse=True)
def _quiet(plain_log: None) -> None:
    """Every test here logs refusals."""


@pytest.fixture(scope="session")
async def archive(clone: Callable[[], Awaitable[str]]) -> str:
    """The address of a database with two operators' data, policies and all."""
    dsn = await clone()
    await database.migrate(dsn, assemble(DOMAINS))
    connection = await asyncpg.connect(dsn)
    try:
        await load(connection, scale=0.1)
    finally:
        await connection.close()
    return dsn


@pytest.fixture(scope="session")
async def cast(archive: str) -> dict[str, Viewer]:
    """The demo's viewers by the names of their roles."""
    async with Pool.open(archive, size=1) as pool:
        return {role.value: viewer for role, viewer in (await find_demo_viewers(pool)).items()}


@pytest.fixture(scope="session")
def manager(cast: dict[str, Viewer]) -> Viewer:
    return cast["manager"]


@pytest.fixture(scope="session")
def _open(archive: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[Office]:
    with office(archive, tmp_path_factory.mktemp("files"), upload_limit_bytes=200_000) as opened:
        yield opened


@pytest.fixture
def bureau(_open: Office) -> Generator[Office]:
    """The shared one, with an empty folder."""
    yield _open
    for path in _open.folder.rglob("*"):
        if path.is_file():
            path.unlink()
