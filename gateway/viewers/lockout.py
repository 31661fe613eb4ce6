"""A gateway that nobody could come into."""

from __future__ import annotations

import asyncpg

from gateway.settings import Settings
from gateway.viewers.api_keys import any_key


class LockedOut(ValueError):  # noqa: N818 - it names what everybody would be
    """The settings and the data would let nobody in."""


async def refuse_lockout(dsn: str, settings: Settings) -> None:
    """Raises `LockedOut` where neither tokens nor the demo's viewers are let in, and no API key is."""
    if settings.demo or settings.accepted_algorithms:
        return
    connection = await asyncpg.connect(dsn)
    try:
        if await any_key(connection):
            return
    finally:
        await connection.close()
    raise LockedOut(
        "GATEWAY_DEMO is off and nobody could come in: set GATEWAY_TOKEN_SECRET or GATEWAY_TOKEN_JWKS, or make an API "
        "key with `python -m gateway keys create`."
    )
