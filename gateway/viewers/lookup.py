"""Looking something up about a viewer in the database."""

from __future__ import annotations

import asyncpg

from db.pool import Pool
from db.refusals import refusal
from resolvers.operation import Unavailable


async def look_up(pool: Pool, sql: str, *parameters: object) -> list[asyncpg.Record]:
    """The statement's rows. Raises `Unavailable` when the database is away, or takes too long."""
    try:
        async with pool.connection() as connection:
            return await connection.fetch(sql, *parameters)
    except Exception as error:
        found = refusal(error)
        if found is None or found.kind not in ("unavailable", "timeout"):
            raise
        raise Unavailable("The database cannot be reached at the moment. Try again in a few seconds.") from error
