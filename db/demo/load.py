"""Fills a migrated database with demo data."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from db.demo.foreign_keys import keys_checked_at_once
from db.demo.sink import copy
from db.demo.triggers import lifecycle_at_rest
from db.pool import Connection

if TYPE_CHECKING:
    from db.demo.generator import Generator

_LOADED = "SELECT EXISTS (SELECT FROM directory.companies WHERE kind = 'operator')"
_ALONE = "LOCK TABLE directory.companies IN SHARE ROW EXCLUSIVE MODE"
_PATIENT = "SET LOCAL statement_timeout = 0"
_2000 = 946_684_800_000  # PostgreSQL counts from 2000


class NotEmptyError(Exception):
    """The database has data already; nothing was written."""


async def loaded(connection: Connection) -> bool:
    """Whether there is an operator, demo or other."""
    found: bool = await connection.fetchval(_LOADED)
    return found


async def load(
    connection: Connection,
    *,
    scale: float = 1.0,
    seed: int = 1,
    progress: Callable[[str, int, int], None] | None = None,
) -> dict[str, int]:
    """Fill every table in one transaction: who looks sees nothing, or all of it.

    Args:
        connection: To a migrated database without operators; with asyncpg's own type codecs.
        scale: 1 is about 2,000 tickets.
        seed: The same seed and scale make the very same rows, on whatever day.
        progress: Told the phase, and how much of how much is done.

    Returns:
        How many rows each table got.

    Raises:
        NotEmptyError: There are data already.
    """
    if not 0 < scale <= 1000:
        raise ValueError(f"scale must lie between 0 and 1000, not {scale}")
    async with _moments_as_ints(connection), connection.transaction():
        await connection.execute(_PATIENT)
        await connection.execute(_ALONE)
        if await loaded(connection):
            raise NotEmptyError("the database has an operator already; demo data go into an empty one")
        from db.demo.generator import Generator  # here: starts of a filled database do without

        async with lifecycle_at_rest(connection), keys_checked_at_once(connection):
            return await _write(connection, Generator(scale, seed), progress)


async def _write(
    connection: Connection, generator: "Generator", progress: Callable[[str, int, int], None] | None
) -> dict[str, int]:
    """Write batch by batch; while PostgreSQL takes one, a thread makes the next."""
    written: Counter[str] = Counter()
    steps = generator.steps()
    step = await asyncio.to_thread(next, steps, None)
    while step is not None:
        coming = asyncio.ensure_future(asyncio.to_thread(next, steps, None))
        try:
            written.update(await copy(connection, step.batch))
        finally:
            following = await coming
        if progress:
            progress(step.phase, step.done, step.total)
        step = following
    return dict(written)


@asynccontextmanager
async def _moments_as_ints(connection: Connection) -> AsyncIterator[None]:
    """Timestamps are written as milliseconds since 1970: no datetime for each of millions."""
    await connection.set_type_codec(
        "timestamptz",
        schema="pg_catalog",
        format="tuple",
        encoder=lambda moment: ((moment - _2000) * 1000,),
        decoder=lambda parts: parts[0] // 1000 + _2000,
    )
    try:
        yield
    finally:
        if not connection.is_closed():
            await connection.reset_type_codec("timestamptz", schema="pg_catalog")
