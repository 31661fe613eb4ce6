"""Where files are handed in and out: the two addresses, and the sweep behind them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import structlog
from starlette.routing import Route

from gateway.files.receiving import Receiving
from gateway.files.sending import Sending
from gateway.files.store import FAILURES, Store
from gateway.files.uploads import abandoned, forget_abandoned
from resolvers.operation import Unavailable
from resolvers.uploads import UPLOADS

if TYPE_CHECKING:
    from db.pool import Pool
    from gateway.settings import Settings
    from gateway.viewers.door import Door
    from resolvers.pools import Pools

_log = structlog.get_logger(__name__)
_BETWEEN_SWEEPS_S = 3600


class FileDesk:
    """Takes files in and gives them out; `lookups` is a pool of the tables' owner."""

    def __init__(self, store: Store, door: Door, pools: Pools, lookups: Pool, settings: Settings) -> None:
        self._store = store
        self._lookups = lookups
        # Nothing that is older is still arriving.
        self._stale_s = 2 * settings.upload_timeout_s
        self.routes = [
            Route(UPLOADS + "{token}", Receiving(store, pools, lookups, settings), methods=["PUT"]),
            Route("/files/{id}", Sending(store, door, pools, lookups).answer),
        ]

    @asynccontextmanager
    async def sweeping(self) -> AsyncIterator[None]:
        """For as long as the gateway serves: what ended processes have left is removed at once and every hour."""
        task = asyncio.create_task(self._sweep_on())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def sweep(self) -> int:
        """Removes what never became a file; gives the number of objects. Raises `Unavailable`, the store's failures."""
        lost = await abandoned(self._lookups, self._stale_s)
        for key in lost:
            await self._store.remove(key)
        await forget_abandoned(self._lookups, self._stale_s)
        return len(lost) + await self._store.sweep(self._stale_s)

    async def _sweep_on(self) -> None:
        while True:
            try:
                if removed := await self.sweep():
                    _log.info("abandoned_uploads_removed", objects=removed)
            except (Unavailable, *FAILURES) as error:
                _log.warning("sweep_failed", reason=str(error))
            await asyncio.sleep(_BETWEEN_SWEEPS_S)
