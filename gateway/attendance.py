"""An execution goes on only while somebody waits for it."""

from __future__ import annotations

import asyncio
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from db.alarm import Alarm
from gateway.limit import Limit
from gateway.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from starlette.types import Receive

# A task that watches costs more than a small query, which is done by then.
_MOMENT_S = 0.02


class Interrupted(Exception):  # noqa: N818 - nobody's error
    """The client hung up: there is nobody left to answer."""


class Attendance:
    """Cancels an execution when its client hangs up, its time is over, or the server ends."""

    def __init__(self, timeout_s: float) -> None:
        self._moment = Alarm(min(_MOMENT_S, timeout_s))
        self._rest = Alarm(timeout_s - self._moment.seconds)
        self._over = partial(_timed_out, timeout_s)

    def watch(self, receive: Receive) -> Watch:
        """To execute in.

        Raises `Interrupted` where the client hung up, `Refusal` where time was over.
        """
        return Watch(self._moment, self._rest, self._over, receive)


class Watch(Limit):
    """Lets a moment pass, then waits for the client to hang up and for the rest of the time."""

    _watcher: asyncio.Task[None] | None = None

    def __init__(self, moment: Alarm, rest: Alarm, over: Callable[[], Exception], receive: Receive) -> None:
        super().__init__(moment, over)
        self._rest = rest
        self._receive = receive

    def wake(self) -> None:
        if self._watcher is not None:
            return super().wake()
        loop = asyncio.get_running_loop()
        self._watcher = loop.create_task(self._see())
        self._alarm = self._rest
        return self._alarm.set(self, loop)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
        super().__exit__(kind, error, at)

    async def _see(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.interrupt(Interrupted())


def _timed_out(timeout_s: float) -> Refusal:
    """504, for both media types: the database, which this is a gateway to, did not answer in time."""
    message = f"The operation took longer than {timeout_s:g} seconds and was cancelled. Ask for less, or in pages."
    return Refusal.because(HTTPStatus.GATEWAY_TIMEOUT, "TIMEOUT", message)
