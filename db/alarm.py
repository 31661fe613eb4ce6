"""One timer of the loop for all that wait for the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import asyncio


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
