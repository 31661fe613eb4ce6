"""An execution goes on only while somebody waits for it."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from gateway.limit import Alarm, Limit
from gateway.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from types import TracebackType

    from starlette.types import Receive

T = TypeVar("T")
# A task that watches costs more than a small query, which is done by then.
_MOMENT_S = 0.02


class Interrupted(Exception):  # noqa: N818 - nobody's error
    """The client hung up: there is nobody left to answer."""


class Attendance:
    """Waits for executions, and cancels one when its client hangs up, its time is over, or the server ends."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._moment = Alarm(min(_MOMENT_S, timeout_s))
        self._timeout = Alarm(timeout_s)

    async def wait(self, execution: Awaitable[T], receive: Receive) -> T:
        """What the execution returns; it runs in the caller's task.

        Raises `Interrupted` where the client hung up, `Refusal` where time was over.
        """
        with Limit(self._timeout, self._timed_out) as limit, Watch(self._moment, limit, receive):
            return await execution

    def _timed_out(self) -> Refusal:
        """504, for both media types: the database, which this is a gateway to, did not answer in time."""
        message = (
            f"The operation took longer than {self._timeout_s:g} seconds and was cancelled. Ask for less, or in pages."
        )
        return Refusal.because(HTTPStatus.GATEWAY_TIMEOUT, "TIMEOUT", message)


class Watch:
    """Interrupts a limit when the client hangs up; it begins after a moment."""

    def __init__(self, moment: Alarm, limit: Limit, receive: Receive) -> None:
        self._moment = moment
        self._limit = limit
        self._receive = receive
        self._task: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        self._moment.set(self, self._begin)

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._moment.off(self)
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> None:
        self._task = asyncio.create_task(self._see())

    async def _see(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._limit.interrupt(Interrupted())
