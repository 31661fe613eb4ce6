"""A limit to how long a task may stay in a block of code, and a way to call it out before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


class Sleeper(Protocol):
    """Who sets an alarm."""

    def wake(self) -> None:
        """It rings."""


class Alarm:
    """Rings for each that was set, the same time after it was, unless it was put off.

    Who was set first is due first, so that one timer of the loop serves all; one for each would cost as much as the
    rest of a limit.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._due: dict[Sleeper, float] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def set(self, sleeper: Sleeper, loop: asyncio.AbstractEventLoop) -> None:
        """Ring for this one, in the running loop."""
        due = loop.time() + self.seconds
        if self._loop is not loop:  # none waits, or those of a loop that is over
            self._loop = loop
            self._due.clear()
            loop.call_at(due, self._ring, loop)
        self._due[sleeper] = due

    def off(self, sleeper: Sleeper) -> None:
        """Do not ring for it any more, if it has not rung."""
        self._due.pop(sleeper, None)

    def _ring(self, loop: asyncio.AbstractEventLoop) -> None:
        while self._due:
            sleeper, due = next(iter(self._due.items()))
            if due > loop.time():
                loop.call_at(due, self._ring, loop)
                return
            del self._due[sleeper]
            sleeper.wake()
        self._loop = None


class Limit:
    """Cancels the task inside it when an alarm rings or when told to; to those outside, that is an exception.

    What `asyncio.timeout` does, for two reasons instead of one, and at a fraction of its cost: every request is in two.
    """

    _raised: Exception | None = None

    def __init__(self, alarm: Alarm, over: Callable[[], Exception]) -> None:
        self._alarm = alarm
        self._over = over

    def __enter__(self) -> Self:
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        if task is None:
            raise RuntimeError("only a task can be limited")
        self._task = task
        self._alarm.set(self, loop)
        return self

    def wake(self) -> None:
        """Time is over."""
        self.interrupt(self._over())

    def interrupt(self, raised: Exception) -> None:
        """End it now; `raised` is what those outside see. The first reason counts."""
        if self._raised is None:
            self._raised = raised
            self._task.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._alarm.off(self)
        if self._raised is None:
            return
        self._task.uncancel()
        if kind is asyncio.CancelledError:
            raise self._raised from error
