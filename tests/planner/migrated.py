"""A gateway's planner and pools at a database that somebody migrates meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.pools import Pools
from tests.planner.furnishing import gateway_address

if TYPE_CHECKING:
    from resolvers.viewer import Viewer
    from tests.planner.desk import Desk

QUERY = """{
    tickets(first: 20, where: {reopenedCount: {lt: 5}, not: {holdReason: {contains: "zzz"}}}) {
        totalCount
        aggregate { max { reopenedCount } }
        nodes {
            number title holdReason reopenedCount property { code name }
            gates { cost { passed ground } }
            availableTransitions { to open missing { code } }
            timeline(first: 3) { nodes { __typename } }
        }
    }
    search(text: "a", first: 3) { rank }
}"""


class Gateway:
    """Asks one query again and again over the same connections."""

    def __init__(self, desk: Desk, dsn: str, viewer: Viewer) -> None:
        self._desk = desk
        self._viewer = viewer
        self._dsn = dsn
        self._pools = self._opened()

    async def planned(self) -> bytes:
        return await self._desk.planned(QUERY, self._viewer, self._pools.staff)

    async def executed(self) -> bytes:
        return await self._desk.executed(QUERY, self._viewer, self._pools.staff)

    async def anew(self) -> bytes:
        """What the executor answers on a new connection."""
        fresh = self._opened()
        try:
            return await self._desk.executed(QUERY, self._viewer, fresh.staff)
        finally:
            await fresh.close()

    async def close(self) -> None:
        await self._pools.close()

    def _opened(self) -> Pools:
        return Pools.open(gateway_address(self._dsn), size=1, statement_timeout_ms=20_000)
