"""The gateway as a process: listening, and ending well."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog
import uvicorn

from gateway.corked import CorkedProtocol
from gateway.settings import refuse_exposure

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Generator
    from types import FrameType

    from gateway.app import App
    from gateway.settings import Settings

_log = structlog.get_logger(__name__)


class Server(uvicorn.Server):
    """Serves until SIGINT or SIGTERM; then requests in flight have `shutdown_grace_s` to finish.

    `on_listening` is called with the address as soon as connections are accepted; with port 0, it has the real one.
    """

    def __init__(self, app: App, settings: Settings, on_listening: Callable[[str], None] | None = None) -> None:
        super().__init__(_config(app, settings))
        self._app = app
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._on_listening is not None and self.started:
            self._on_listening(self.address)

    @property
    def address(self) -> str:
        """Where it listens, once it does."""
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """A second Ctrl-C ends the waiting, but what the lifespan holds (a pool, a database) is still given back."""
        await super().shutdown(sockets)
        if self.force_exit:
            for task in self.server_state.tasks:
                task.cancel()
            await self.lifespan.shutdown()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._app.drain()
        super().handle_exit(sig, frame)

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """As uvicorn does, but does not raise the obeyed signal again: the process ends by status 0."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        former = {sig: signal.signal(sig, self.handle_exit) for sig in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sig, handler in former.items():
                signal.signal(sig, handler)


def serve(app: App, settings: Settings, on_listening: Callable[[str], None] | None = None) -> None:
    """Until a signal ends it, then returns; a start that fails is logged and exits with status 3.

    Raises `Exposed` when the settings would let strangers in.
    """
    refuse_exposure(settings)
    Server(app, settings, on_listening).run()


def _config(app: App, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="asyncio" if sys.platform == "win32" else "uvloop",
        http=CorkedProtocol,
        ws="none",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=settings.shutdown_grace_s,
    )
