"""A small house to serve: a hand-made schema, an engine over it, and a server on a free port."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING
from uuid import UUID

import orjson
from graphql import ExecutionResult, GraphQLError, GraphQLSchema, build_schema, execute

from gateway.access_log import log_request
from gateway.app import build_app
from gateway.server import Server
from gateway.settings import Settings
from resolvers.operation import Operation, Unavailable
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from gateway.access_log import AccessLog
    from gateway.app import App
    from gateway.exchange import Exchange
    from gateway.lifespan import Lifespan

SDL = """
scalar Json

type Query {
  "The ticket of this number."
  ticket(number: String!): String
  "As many tickets as are asked for."
  tickets(first: Int): [String!]
  "Never answers in time."
  slowly: String
  "Takes the milliseconds."
  after(milliseconds: Int!): String
  "Fails by a fault in the code."
  broken: String
  "Is refused with a reason."
  refused: String
  "Has no value where there must be one."
  hollow: String!
  "Needs the database, which is away."
  away: String
  "Is finished JSON."
  raw: Json
}

type Mutation {
  "Closes the ticket."
  closeTicket(number: String!): String
}

type Subscription {
  "Each change."
  changes: String
}
"""


class House:
    """An engine whose root fields are told what to do, and which notes what became of them."""

    def __init__(self) -> None:
        self.schema: GraphQLSchema = build_schema(SDL)
        self.made_up()

    def made_up(self) -> None:
        """As if nobody had been there."""
        self.operations: list[Operation] = []
        self.started = threading.Event()
        self.cancelled = threading.Event()
        self.reason: str | None = None
        self.finished: bytes | None = None
        self.result: ExecutionResult | None = None
        self.failure: Exception | None = None
        self.doubt: Exception | None = None
        self.course: Callable[[Operation], None] = lambda _operation: None

    async def schema_of(self, viewer: Viewer) -> GraphQLSchema:  # noqa: ARG002 - everybody sees the same here
        return self.schema

    async def execute(self, operation: Operation) -> ExecutionResult | bytes:
        """By graphql-core, unless the test set up something else."""
        self.operations.append(operation)
        self.course(operation)
        if self.failure is not None:
            raise self.failure
        if self.finished is not None:
            return self.finished
        if self.result is not None:
            return self.result
        result = execute(
            self.schema,
            operation.document,
            self,
            variable_values=operation.variables,
            operation_name=operation.name,
        )
        return result if isinstance(result, ExecutionResult) else await result

    async def ready(self) -> str | None:
        """As the test set it."""
        if self.doubt is not None:
            raise self.doubt
        return self.reason

    def ticket(self, _info: object, number: str) -> str:
        return f"Leaking tap {number}"

    def tickets(self, _info: object, first: int = 2) -> list[str]:
        return [f"MT-{n}" for n in range(first)]

    async def slowly(self, _info: object) -> str:
        return await self.after(_info, 60_000)

    async def after(self, _info: object, milliseconds: int) -> str:
        self.started.set()
        try:
            await asyncio.sleep(milliseconds / 1000)
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        return "done"

    def broken(self, _info: object) -> str:
        raise KeyError("password of the database: hunter2")

    def refused(self, _info: object) -> str:
        raise GraphQLError("Not on Sundays.", extensions={"code": "SUNDAY"})

    def hollow(self, _info: object) -> None:
        return None

    def away(self, _info: object) -> str:
        raise Unavailable("The database is restarting.", retry_after_s=7)

    def raw(self, _info: object) -> object:
        return orjson.Fragment(b'{"kept":  1.0}')

    def closeTicket(self, _info: object, number: str) -> str:  # noqa: N802 - the field's name
        return number


class OpenDoor:
    """Everybody is the same manager, or who has the role of the header `x-role`."""

    async def viewer(self, exchange: Exchange) -> Viewer:
        return Viewer(ViewerRole(exchange.header(b"x-role") or "manager"), UUID(int=1), None)


def house_app(
    house: House,
    settings: Settings,
    *,
    lifespan: Lifespan = contextlib.nullcontext,
    access_log: AccessLog | None = log_request,
) -> App:
    """The house, open to everybody."""
    return build_app(house, OpenDoor(), settings, lifespan=lifespan, access_log=access_log)


@contextlib.contextmanager
def served(house: House, **settings: object) -> Generator[str]:
    """The house on a free port of loopback, in a thread of its own; yields its address."""
    chosen = Settings.model_validate({"port": 0, "shutdown_grace_s": 1, **settings})
    with listening(house_app(house, chosen), chosen) as address:
        yield address


@contextlib.contextmanager
def listening(app: App, settings: Settings) -> Generator[str]:
    """Any application, in a thread of its own; yields its address."""
    heard = threading.Event()
    server = Server(app, settings, lambda _address: heard.set())
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert heard.wait(5)
        yield server.address
    finally:
        server.should_exit = True
        thread.join(5)
