"""A session: where readers send their statements. A query's snapshot, or a command's transaction for its payload."""

from __future__ import annotations

from typing import Any, Protocol

from resolvers.planner.parameters import Statement


class Ended(Exception):  # noqa: N818 - a state
    """The session is over: whoever reads on has been too slow."""


class Session(Protocol):
    """Statements run one after the other; after the first failure none runs any more."""

    async def fetch(self, statement: Statement) -> list[Any]:
        """The statement's records. Raises the driver's error, for it or for the one that failed before it."""
        ...
