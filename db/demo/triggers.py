"""Triggers during a load: what the lifecycle would check, derive and record is history that comes with the rows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from db.pool import Connection

_TRIGGERS = """
SELECT t.tgrelid::regclass::text AS place, quote_ident(t.tgname) AS name
FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND p.pronamespace IN ('lifecycle'::regnamespace, 'audit'::regnamespace)
ORDER BY 1, 2
"""


@asynccontextmanager
async def lifecycle_at_rest(connection: Connection) -> AsyncIterator[None]:
    """Puts the triggers of the lifecycle to rest and wakes them, in the transaction of the load."""
    triggers = await connection.fetch(_TRIGGERS)
    for trigger in triggers:
        await connection.execute(f"ALTER TABLE {trigger['place']} DISABLE TRIGGER {trigger['name']}")
    yield
    for trigger in triggers:
        await connection.execute(f"ALTER TABLE {trigger['place']} ENABLE TRIGGER {trigger['name']}")
