"""What the gateway holds while it serves: opened before the first request, given back after the last."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

import structlog

from resolvers.operation import Unavailable

if TYPE_CHECKING:
    from starlette.types import Receive, Send

_log = structlog.get_logger(__name__)

Lifespan = Callable[[], AbstractAsyncContextManager[None]]


async def live(lifespan: Lifespan, receive: Receive, send: Send) -> None:
    """One ASGI lifespan. Starlette's would send a traceback as the reason, also where a sentence says it all."""
    stage = "startup"
    await receive()
    try:
        async with lifespan():
            await send({"type": "lifespan.startup.complete"})
            stage = "shutdown"
            await receive()
    except Unavailable as error:
        _log.error(f"{stage}_failed", reason=error.reason)
    except Exception:  # noqa: BLE001 - whatever it is, the server must hear that it failed; logged
        _log.exception(f"{stage}_failed")
    else:
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": f"lifespan.{stage}.failed"})
