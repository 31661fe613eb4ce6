"""The API keys that the database knows: whose they are, and their giving and taking."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import asyncpg

from db.pool import Connection, Pool
from db.refusals import refusal
from gateway.viewers.api_key import is_key, key_hash, new_key
from gateway.viewers.lookup import look_up
from gateway.viewers.standing import standing
from gateway.viewers.unauthorized import invalid_token
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole

_VIEWER = "SELECT refused, role, operator_id, contact_id, company_id, may_write FROM access.viewer_of_key($1)"
_ANY = """
SELECT EXISTS (
    SELECT FROM access.api_keys WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()))
"""
_CREATE = """
INSERT INTO access.api_keys (operator_id, name, role, contact_id, company_id, key_hash, scopes, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
RETURNING id
"""
_LIST = """
SELECT id, name, role, operator_id, contact_id, company_id, scopes, created_at, expires_at, revoked_at, last_used_at
FROM access.api_keys
ORDER BY created_at, id
"""
_REVOKE = "UPDATE access.api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING name"


class KeyRefusedError(ValueError):
    """A key that cannot be given or taken; the message says why."""


class ApiKeys:
    """Finds a key's viewer: in the database for each request, so that a revoked key is out at the next one."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def viewer(self, key: str) -> Viewer:
        """Whose key it is. Raises `Refusal` when it is nobody's, `Unavailable` while the database is away."""
        if not is_key(key):
            raise invalid_token("The API key is malformed", "Was all of it copied?")
        rows = await look_up(self._pool, _VIEWER, key_hash(key))
        if not rows:
            raise invalid_token("The API key is unknown")
        (row,) = rows
        if row["refused"]:
            raise invalid_token(f"The API key is {row['refused']}", "`python -m gateway keys create` makes another.")
        role = ViewerRole(row["role"])
        return standing(role, row["operator_id"], row["contact_id"], row["company_id"], may_write=row["may_write"])


async def any_key(connection: Connection) -> bool:
    """Whether there is a key that lets somebody in."""
    found: bool = await connection.fetchval(_ANY)
    return found


async def create_key(
    connection: Connection, viewer: Viewer, name: str, scopes: Collection[str], expires_at: datetime | None
) -> tuple[UUID, str]:
    """A new key's id, and the key itself, which cannot be told again. Raises `KeyRefusedError`."""
    key = new_key()
    holder = (viewer.operator_id, name, viewer.role.value, viewer.contact_id, viewer.company_id)
    try:
        made: UUID = await connection.fetchval(_CREATE, *holder, key_hash(key), list(scopes), expires_at)
    except asyncpg.IntegrityConstraintViolationError as error:
        found = refusal(error)
        raise KeyRefusedError(_words(found.constraint if found else None)) from error
    return made, key


async def list_keys(connection: Connection) -> list[asyncpg.Record]:
    """Every key there has been, without the keys."""
    return await connection.fetch(_LIST)


async def revoke_key(connection: Connection, key_id: UUID) -> str:
    """Its name; it is out from now on. Raises `KeyRefusedError` when there is no such key."""
    name: str | None = await connection.fetchval(_REVOKE, key_id)
    if name is None:
        raise KeyRefusedError(f"There is no key {key_id}. `python -m gateway keys list` tells which there are.")
    return name


def _words(constraint: str | None) -> str:
    """Source: the constraints of access.api_keys."""
    return {
        "api_keys_operator_id_fkey": "There is no such operator.",
        "api_keys_operator_id_contact_id_fkey": "The operator has no such contact.",
        "api_keys_operator_id_company_id_fkey": "The operator has no such company.",
        "api_keys_expire_after_start": "It would have expired already.",
        "api_keys_name_check": "It needs a name.",
    }.get(constraint or "", f"The database refuses it ({constraint}).")
