"""How many operations a viewer may have running at once."""

from __future__ import annotations

from http import HTTPStatus
from types import TracebackType

from gateway.refusal import Refusal
from resolvers.viewer import Viewer

_Who = tuple[str, str, str, str]


class Turnstile:
    """Counts, for each viewer, the operations that are running; whom policies take for the same is the same viewer."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._running: dict[_Who, int] = {}

    def passing(self, viewer: Viewer) -> Passage:
        """For as long as one operation runs. Raises `Refusal` when there are as many as may be."""
        return Passage(self._running, viewer.settings, self._limit)


class Passage:
    """One operation that runs."""

    __slots__ = ("_limit", "_running", "_who")

    def __init__(self, running: dict[_Who, int], who: _Who, limit: int) -> None:
        self._running = running
        self._who = who
        self._limit = limit

    def __enter__(self) -> None:
        count = self._running.get(self._who, 0)
        if count >= self._limit:
            raise _full(self._limit)
        self._running[self._who] = count + 1

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        left = self._running[self._who] - 1
        if left:
            self._running[self._who] = left
        else:
            del self._running[self._who]


def _full(limit: int) -> Refusal:
    message = (
        f"This viewer has {limit} operations running, and no more may run at once "
        f"(GATEWAY_VIEWER_OPERATIONS = {limit}). Send the next when one has ended, or ask for several "
        "things in one operation."
    )
    retry = [(b"retry-after", b"1")]
    return Refusal.because(HTTPStatus.TOO_MANY_REQUESTS, "TOO_MANY_OPERATIONS", message, headers=retry)
