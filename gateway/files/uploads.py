"""The uploads that the database knows: whose they are, what was announced, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from db.pool import Connection, Pool
from gateway.viewers.lookup import look_up
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole

_FIND = """
SELECT operator_id, role, contact_id, company_id, file_name, media_type, byte_size,
       used_at IS NOT NULL AS used, expires_at <= now() AS expired
FROM access.uploads WHERE token_hash = $1
"""
_PLACE = """
UPDATE access.uploads AS u SET storage_key = $2
FROM (SELECT storage_key FROM access.uploads WHERE token_hash = $1 FOR UPDATE) AS former
WHERE u.token_hash = $1 AND u.used_at IS NULL
RETURNING former.storage_key
"""
_VIEWER = """
SELECT set_config('viewer.role', $1, true), set_config('viewer.operator_id', $2, true),
       set_config('viewer.contact_id', $3, true), set_config('viewer.company_id', $4, true),
       set_config('command.request_id', $5, true)
"""
# Of several at once, who noted its place last wins; the others get no row. Who comes later waits, and gets none either.
_USE = """
WITH made AS MATERIALIZED (SELECT platform.new_id() AS id),
used AS (
    UPDATE access.uploads AS u SET used_at = now(), file_id = made.id
    FROM made WHERE u.token_hash = $1 AND u.storage_key = $2 AND u.used_at IS NULL
    RETURNING u.file_id, u.operator_id, u.contact_id, u.file_name, u.media_type, u.byte_size
)
INSERT INTO files.files (id, operator_id, storage_key, file_name, media_type, byte_size, sha256, uploaded_by)
SELECT file_id, operator_id, $2, file_name, media_type, byte_size, $3, contact_id FROM used
RETURNING id
"""
_ABANDONED = """
SELECT storage_key FROM access.uploads
WHERE file_id IS NULL AND expires_at < now() - $1::interval AND storage_key IS NOT NULL
"""
_FORGET = "DELETE FROM access.uploads WHERE file_id IS NULL AND expires_at < now() - $1::interval"


class UsedError(Exception):
    """Another request has used the upload."""


@dataclass(frozen=True)
class Upload:
    """One file that may be sent, once."""

    token_hash: bytes
    viewer: Viewer
    file_name: str
    media_type: str
    byte_size: int
    used: bool
    expired: bool


async def find_upload(pool: Pool, token_hash: bytes) -> Upload | None:
    """Whatever has become of it. Raises `Unavailable`."""
    for row in await look_up(pool, _FIND, token_hash):
        viewer = Viewer(ViewerRole(row["role"]), row["operator_id"], row["contact_id"], row["company_id"])
        told = (row["file_name"], row["media_type"], row["byte_size"], row["used"], row["expired"])
        return Upload(token_hash, viewer, *told)
    return None


async def note_place(pool: Pool, upload: Upload, storage_key: str) -> str | None:
    """Writes down where the bytes will lie; gives where those of a former try do, which counts no more.

    Raises `UsedError` when the upload has been used meanwhile, `Unavailable`.
    """
    for row in await look_up(pool, _PLACE, upload.token_hash, storage_key):
        former: str | None = row["storage_key"]
        return former
    raise UsedError


async def use_upload(connection: Connection, upload: Upload, storage_key: str, sha256: str, request_id: str) -> UUID:
    """The new file's id; the upload is marked as used in the same transaction.

    Raises `UsedError`, the driver's errors.
    """
    async with connection.transaction():
        await connection.execute(_VIEWER, *upload.viewer.settings, request_id)
        made: UUID | None = await connection.fetchval(_USE, upload.token_hash, storage_key, sha256)
    if made is None:
        raise UsedError
    return made


async def abandoned(pool: Pool, age_s: float) -> list[str]:
    """Where the bytes of uploads lie that expired so long ago and never became files. Raises `Unavailable`."""
    return [row["storage_key"] for row in await look_up(pool, _ABANDONED, timedelta(seconds=age_s))]


async def forget_abandoned(pool: Pool, age_s: float) -> None:
    """Raises `Unavailable`."""
    await look_up(pool, _FORGET, timedelta(seconds=age_s))
