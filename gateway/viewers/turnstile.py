"""How many operations a viewer may have running at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from http import HTTPStatus

from gateway.refusal import Refusal
from resolvers.viewer import Viewer


class Turnstile:
    """Counts, for each viewer, the operations that are running; who has the same rights is the same viewer."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._running: Counter[Viewer] = Counter()

    @contextmanager
    def passing(self, viewer: Viewer) -> Generator[None]:
        """For as long as one operation runs. Raises `Refusal` when there are as many as may be."""
        if self._running[viewer] >= self._limit:
            raise self._full()
        self._running[viewer] += 1
        try:
            yield
        finally:
            self._running[viewer] -= 1
            if not self._running[viewer]:
                del self._running[viewer]

    def _full(self) -> Refusal:
        message = (
            f"This viewer has {self._limit} operations running, and no more may run at once "
            f"(GATEWAY_VIEWER_OPERATIONS = {self._limit}). Send the next when one has ended, or ask for several "
            "things in one operation."
        )
        retry = [(b"retry-after", b"1")]
        return Refusal.because(HTTPStatus.TOO_MANY_REQUESTS, "TOO_MANY_OPERATIONS", message, headers=retry)
