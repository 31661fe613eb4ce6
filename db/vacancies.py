"""How many of a pool's connections may be taken, and who waits for one."""

import asyncio
from collections import deque

from db.alarm import Alarm


class Vacancies:
    """Given to who came first.

    What `asyncio.Semaphore` within `asyncio.timeout` does at a fraction of its cost: under load, most requests wait.
    """

    def __init__(self, count: int, patience_s: float) -> None:
        self._count = count
        self._waiting: deque[_Turn] = deque()
        self._patience = Alarm(patience_s)

    async def take(self, *, however_long: bool = False) -> None:
        """One. Raises TimeoutError when patience is over, unless the caller waits however long it takes."""
        if self._count:
            self._count -= 1
            return
        loop = asyncio.get_running_loop()
        turn = _Turn(loop)
        self._waiting.append(turn)
        if not however_long:
            self._patience.set(turn, loop)
        try:
            await turn.came
        except asyncio.CancelledError:
            if not turn.came.cancelled() and turn.came.exception() is None:
                self.give()  # it came in the moment when nobody wanted it any more
            raise
        finally:
            self._patience.off(turn)

    def give(self) -> None:
        """It back, or to who waits."""
        while self._waiting:
            came = self._waiting.popleft().came
            if not came.done():
                came.set_result(None)
                return
        self._count += 1


class _Turn:
    """Of one who waits."""

    __slots__ = ("came",)

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.came: asyncio.Future[None] = loop.create_future()

    def wake(self) -> None:
        """Patience is over."""
        if not self.came.done():
            self.came.set_exception(TimeoutError())
