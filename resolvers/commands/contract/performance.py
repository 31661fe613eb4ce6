"""A performance: one command from its input to its payload, by the contract that all commands share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.pool import Pool
from db.refusals import refusal
from resolvers.commands.contract.checks import Checks, refuse_role
from resolvers.commands.contract.codes import Code
from resolvers.commands.contract.handlers import Handlers
from resolvers.commands.contract.keys import Key, KeyVanished
from resolvers.commands.contract.payload import Payload, finished, told_before
from resolvers.commands.contract.problems import Conflict, Problem, Refused
from resolvers.commands.contract.reading import Reading, read_input
from resolvers.commands.contract.transaction import Transaction
from resolvers.commands.contract.translation import may_retry, problem_of
from resolvers.commands.contract.work import Work
from resolvers.planner.parameters import Statement
from resolvers.snapshot import Snapshot
from resolvers.timing import Timing
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph
from schema.vocabulary.command import Command

_MOST_TRIES = 3
# What is checked at the end of a transaction is checked before the payload is read, and so for `validateOnly` too.
_SETTLE = "SET CONSTRAINTS ALL IMMEDIATE"
_EVENTS = """
SELECT id FROM audit.events WHERE operator_id = $1 AND occurred_at = now() AND request_id = $2 ORDER BY sequence
"""


@dataclass(frozen=True)
class Stage:
    """What performances of one operation have in common."""

    graph: Graph
    """The viewer's prospect."""
    pool: Pool
    handlers: Handlers
    viewer: Viewer
    request_id: str
    timing: Timing = field(default_factory=Timing)


class Performance:
    """Does a command, and is the session that its payload is read by: its own transaction, which sees what was
    written; after a refusal, a snapshot of what there was before."""

    def __init__(self, command: Command, stage: Stage) -> None:
        self._command = command
        self._stage = stage
        self._transaction: Transaction | None = None
        self._before: Snapshot | None = None
        self._validate_only = False

    async def perform(self, raw: Mapping[str, Any]) -> Payload:
        """What came of it. The transaction stays open until `end`, unless the command was refused."""
        try:
            reading = read_input(self._command, raw)
            refuse_role(self._command, self._stage.viewer)
        except Refused as refused:
            return self._refused(raw, refused.problems)
        self._validate_only = reading.validate_only
        for tries_left in reversed(range(_MOST_TRIES)):
            try:
                return await self._tried(reading)
            except Refused as refused:
                return self._refused(raw, refused.problems)
            except Exception as error:
                if not (may_retry(refusal(error)) or isinstance(error, KeyVanished)):
                    raise
                if not tries_left:
                    return self._refused(raw, (_try_again(),))
        raise AssertionError("the last try gives or raises")

    async def fetch(self, statement: Statement) -> list[Any]:
        """Of the payload, as the viewer."""
        if self._transaction is not None:
            return await self._transaction.fetch(statement)
        if self._before is None:
            raise TypeError("a payload is read behind its command")
        return await self._before.fetch(statement)

    @property
    def has_done(self) -> bool:
        """Whether it was done, or would have been: not refused."""
        return self._transaction is not None

    @property
    def failure(self) -> Exception | None:
        """Why the payload could not be read."""
        session = self._transaction or self._before
        return session.failure if session else None

    async def end(self) -> None:
        """Commits what was done, unless a statement of the payload failed. Raises the driver's error."""
        transaction, before = self._transaction, self._before
        if before is not None:
            await before.__aexit__(None, None, None)
        if transaction is None:
            return
        if transaction.failure is not None:
            await transaction.abandon(transaction.failure)
        elif self._validate_only:
            await transaction.roll_back()
        else:
            await transaction.commit()

    async def abandon(self, error: BaseException) -> None:
        """Nothing is done: the operation was cancelled, or is our fault."""
        if self._transaction is not None:
            await self._transaction.abandon(error)
        if self._before is not None:
            await self._before.__aexit__(type(error), error, error.__traceback__)

    async def _tried(self, reading: Reading) -> Payload:
        """Raises Refused, rolled back; or any other error, whose connection is the pool's to bring to rest."""
        self._transaction = transaction = Transaction(self._stage.pool, self._stage.viewer, self._stage.timing)
        try:
            return await self._done(reading, transaction)
        except Refused:
            await transaction.roll_back()
            raise
        except BaseException as error:
            if problems := problem_of(error):
                await transaction.roll_back()
                raise Refused(*problems) from error
            await transaction.abandon(error)
            raise

    async def _done(self, reading: Reading, transaction: Transaction) -> Payload:
        stage, command = self._stage, self._command
        await transaction.begin(stage.request_id)
        key = Key(command, reading, stage.viewer) if reading.key is not None and not reading.validate_only else None
        if key is not None and (known := await key.claim(transaction)) is not None:
            return known
        await Checks(command, reading, stage.viewer, stage.graph).hold(transaction)
        given = await stage.handlers[command.cls](Work(transaction, stage.viewer), reading.given)
        await transaction.rows(_SETTLE)
        events = await transaction.rows(_EVENTS, stage.viewer.operator_id, stage.request_id)
        payload = Payload(finished(command, given), [event["id"] for event in events])
        if key is not None:
            await key.keep(transaction, payload)
        return payload

    def _refused(self, raw: Mapping[str, Any], problems: tuple[Problem, ...]) -> Payload:
        """With the subject as it stands, where the payload tells it."""
        self._transaction = None
        self._before = Snapshot(self._stage.pool, self._stage.viewer)
        return Payload(told_before(self._command, raw), problems=problems)


def _try_again() -> Conflict:
    message = "Others were changing the same rows, and this command had to give way three times. Send it again."
    return Conflict(Code.TRY_AGAIN, message)
