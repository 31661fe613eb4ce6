"""A command's unit of work, as its handler sees it."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, TypeAlias

from resolvers.commands.contract.problems import Problem, Refused
from resolvers.commands.contract.transaction import Transaction
from resolvers.commands.contract.translation import problem_of
from resolvers.viewer import Viewer

Given: TypeAlias = Mapping[str, object]
"""What a handler gives: each result of its command, by name. A row by its id, a value as it is, None for none."""

_BECAUSE = "SELECT set_config('command.reason', $1, true)"


class Work:
    """Statements with the role that writes, in the command's one READ COMMITTED transaction.

    They see every row of the viewer's operator, also an outsider's: what the input names, the contract has looked for
    with the viewer's own eyes; whatever else a handler reads for an outsider, it must bind to the viewer itself.
    """

    def __init__(self, transaction: Transaction, viewer: Viewer) -> None:
        self._transaction = transaction
        self.viewer = viewer

    async def rows(self, sql: str, *parameters: Any) -> list[Any]:
        """The records."""
        return await self._transaction.rows(sql, *parameters)

    async def row(self, sql: str, *parameters: Any) -> Any | None:
        """The first record, None where there is none."""
        records = await self._transaction.rows(sql, *parameters)
        return records[0] if records else None

    async def value(self, sql: str, *parameters: Any) -> Any:
        """The first column of the first record, None where there is none."""
        record = await self.row(sql, *parameters)
        return None if record is None else record[0]

    async def run(self, sql: str, *parameters: Any) -> None:
        """A statement that gives nothing back."""
        await self._transaction.rows(sql, *parameters)

    async def because(self, reason: str | None) -> None:
        """The reason that events of all that follows will tell."""
        if reason is not None:
            await self.run(_BECAUSE, reason)

    def attempt(self) -> Attempt:
        """A part that may be refused without the whole: `async with work.attempt() as attempt: …`."""
        return Attempt(self._transaction)


class Attempt:
    """A part of a command. What refuses it undoes it, and is told in `problems`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self.problems: tuple[Problem, ...] = ()

    async def __aenter__(self) -> Self:
        await self._transaction.mark()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None:
            await self._transaction.keep()
            return False
        found = error.problems if isinstance(error, Refused) else problem_of(error)
        if not found:
            return False
        await self._transaction.undo()
        self.problems = tuple(found)
        return True
