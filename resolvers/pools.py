"""The pools of connections: one for each class of viewers, whose database role its connections start with."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from db.pool import Pool
from resolvers.policies import OUTSIDER, STAFF
from resolvers.viewer import Viewer


@dataclass(frozen=True)
class Pools:
    """A connection never changes its class: RESET leads back to the role it started with."""

    staff: Pool
    outsiders: Pool

    @classmethod
    def open(cls, dsn: str, *, size: int, statement_timeout_ms: int) -> Pools:
        """Pools of `size` connections each; nothing is connected before it is needed."""

        def pool(role: str) -> Pool:
            return Pool.open(dsn, size=size, statement_timeout_ms=statement_timeout_ms, settings={"role": role})

        return cls(pool(STAFF), pool(OUTSIDER))

    def of(self, viewer: Viewer) -> Pool:
        return self.staff if viewer.role.staff else self.outsiders

    async def close(self) -> None:
        await asyncio.gather(self.staff.close(), self.outsiders.close())
