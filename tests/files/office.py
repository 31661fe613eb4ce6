"""A gateway with its file desk, on a free port, and what stands behind it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from db.embedded import USER
from db.pool import Connection, Pool
from gateway.app import build_app
from gateway.engine import Engine
from gateway.files.desk import FileDesk
from gateway.files.store import Store
from gateway.settings import Settings
from gateway.viewers.door import FrontDoor
from resolvers.pools import Pools
from resolvers.uploads import UPLOADS, new_token, token_hash
from resolvers.viewer import Viewer
from tests.gateway.house import House, listening

_ANNOUNCE = """
INSERT INTO access.uploads (token_hash, operator_id, role, contact_id, company_id, file_name, media_type, byte_size)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
_VIEWER = """
SELECT set_config('viewer.role', $1, true), set_config('viewer.operator_id', $2, true),
       set_config('viewer.contact_id', $3, true), set_config('viewer.company_id', $4, true)
"""
_FILES = "SELECT count(*) FROM files.files WHERE id IN (SELECT file_id FROM access.uploads WHERE token_hash = $1)"


@dataclass(frozen=True)
class Office:
    """One that listens."""

    dsn: str
    folder: Path
    client: httpx.Client
    desk: FileDesk

    async def announce(self, viewer: Viewer, name: str, media_type: str, byte_size: int) -> str:
        """As createUpload does, with the rights of the gateway; gives the address."""
        token = new_token()
        holder = (viewer.operator_id, viewer.role.value, viewer.contact_id, viewer.company_id)
        async with self.sql(role="gateway_staff") as connection, connection.transaction():
            await connection.execute(_VIEWER, *viewer.settings)
            await connection.execute(_ANNOUNCE, token_hash(token), *holder, name, media_type, byte_size)
        return f"{UPLOADS}{token}"

    async def send(self, viewer: Viewer, body: bytes, name: str = "leak.png", media_type: str = "image/png") -> UUID:
        """A file, announced and sent."""
        answer = self.client.put(await self.announce(viewer, name, media_type, len(body)), content=body)
        assert answer.status_code == 201, answer.text
        return UUID(answer.json()["id"])

    def get(self, file_id: UUID | str, role: str = "manager", **headers: str) -> httpx.Response:
        """As one of the demo's viewers."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(f"/files/{file_id}", headers={"x-demo-viewer": role, **sent})

    async def state(self, address: str) -> dict[str, Any]:
        """What the database and the folder have of an upload."""
        hashed = token_hash(address.removeprefix(UPLOADS))
        async with self.sql() as connection:
            row = await connection.fetchrow("SELECT * FROM access.uploads WHERE token_hash = $1", hashed)
            assert row is not None
            files = await connection.fetchval(_FILES, hashed)
        return {"used": row["used_at"] is not None, "files": files, "objects": self.objects()}

    def objects(self) -> list[str]:
        """The names of all files in the folder."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())

    @contextlib.asynccontextmanager
    async def sql(self, role: str | None = None) -> AsyncIterator[Connection]:
        """A connection of the owner, or with another role."""
        connection = await asyncpg.connect(self.dsn, server_settings={"role": role} if role else None)
        try:
            yield connection
        finally:
            await connection.close()


@contextlib.contextmanager
def office(
    dsn: str, folder: Path, engine: Callable[[Pools], Engine] = lambda _pools: House(), **settings: object
) -> Generator[Office]:
    """In demo mode; files lie in the folder."""
    given = {"port": 0, "shutdown_grace_s": 1, "files_url": folder.as_uri(), **settings}
    chosen = Settings.model_validate(given)
    serving = dsn.replace(f"//{USER}@", "//gateway_login@", 1)
    pools = Pools.open(serving, size=4, statement_timeout_ms=5_000)
    lookups = Pool.open(dsn, size=2)
    door = FrontDoor(lookups, chosen)
    desk = FileDesk(Store.open(chosen), door, pools, lookups, chosen)

    @contextlib.asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        async with lookups, desk.sweeping():
            yield
            await pools.close()

    app = build_app(engine(pools), door, chosen, files=desk.routes, lifespan=lifespan)
    with listening(app, chosen) as address, httpx.Client(base_url=address, timeout=20) as client:
        yield Office(dsn, folder, client, desk)
