"""The clockwork: what is due because time has passed, done for every operator by the commands that anybody may call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import structlog

from db.pool import Pool
from db.refusals import refusal
from resolvers.commands.contract.handlers import Handlers
from resolvers.commands.contract.payload import Payload
from resolvers.commands.contract.performance import Performance, Stage
from resolvers.operation import Unavailable
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph
from schema.vocabulary.role import ViewerRole

_log = structlog.get_logger(__name__)

_OPERATORS = "SELECT id, name FROM directory.companies WHERE kind = 'operator' ORDER BY name, id"
# In this order: who is to be asked for feedback is asked before its ticket is closed.
COMMANDS = {
    "cancelUnanswered": "tickets",
    "dueReminders": "reminders",
    "closeResolved": "tickets",
    "generateDueTickets": "tickets",
}
"""The commands by name, each with the result that lists what it did."""


@dataclass(frozen=True)
class Done:
    """What one command did for one operator. `told` are its results."""

    operator: str
    command: str
    number: int
    told: dict[str, Any]
    failed: bool


class Clockwork:
    """Gives the commands as the system, by the same contract as over HTTP. `stop` ends it between two of them."""

    def __init__(self, graph: Graph, handlers: Handlers, pool: Pool, commands: tuple[str, ...]) -> None:
        self.stop = asyncio.Event()
        self._graph = graph
        self._handlers = handlers
        self._pool = pool
        self._commands = commands

    async def round(self, operators: list[tuple[UUID, str]]) -> AsyncIterator[Done]:
        """All that is due. What fails is logged, and hinders nothing else."""
        for operator, name in operators:
            for command in self._commands:
                more = True
                while more and not self.stop.is_set():
                    done, more = await self._call(operator, name, command)
                    yield done

    async def _call(self, operator: UUID, name: str, command: str) -> tuple[Done, bool]:
        """What was done, and whether to call again."""
        try:
            payload = await self._perform(operator, command)
        except Exception as error:  # noqa: BLE001 - one operator's fault must not stop the others' clockwork; logged
            _log_failure(error, operator=str(operator), command=command)
            return Done(name, command, 0, {}, failed=True), False
        if payload.problems:
            problems = [f"{problem.code}: {problem.message}" for problem in payload.problems]
            _log.error("clockwork_refused", operator=str(operator), command=command, problems=problems)
            return Done(name, command, 0, {}, failed=True), False
        told = dict(payload.told)
        number = len(told[COMMANDS[command]])
        return Done(name, command, number, told, failed=False), bool(number and told["remaining"])

    async def _perform(self, operator: UUID, command: str) -> Payload:
        viewer = Viewer(ViewerRole.SYSTEM, operator, None)
        stage = Stage(self._graph, self._pool, self._handlers, viewer, f"clockwork-{uuid4().hex}")
        performance = Performance(self._graph.commands[command], stage)
        payload = await performance.perform({})
        await performance.end()
        return payload


async def find_operators(dsn: str) -> list[tuple[UUID, str]]:
    """Every operator's id and name. Raises Unavailable where the database is not migrated."""
    connection = await asyncpg.connect(dsn)
    try:
        return [(row["id"], row["name"]) for row in await connection.fetch(_OPERATORS)]
    except asyncpg.UndefinedTableError as error:
        raise Unavailable("The database is not migrated. Run `python -m gateway migrate`.") from error
    finally:
        await connection.close()


def _log_failure(error: Exception, **where: str) -> None:
    found = refusal(error)
    if found is not None and found.kind in ("unavailable", "timeout"):
        _log.error("clockwork_failed", reason=found.message, **where)
    else:
        _log.error("clockwork_failed", exc_info=error, **where)
