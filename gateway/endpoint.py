"""`/graphql`: GraphQL over HTTP, by GET and POST.

An ASGI callable of its own, since routing and request objects cost more than a small query does.
Source: https://graphql.github.io/graphql-over-http/draft/
"""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from graphql import OperationType

from gateway import media, request, response
from gateway.attendance import Attendance, Interrupted
from gateway.body import Bodies
from gateway.documents import Documents
from gateway.explain import HEADER, asked_to_explain
from gateway.media import MediaType
from gateway.refusal import Refusal
from gateway.viewers.turnstile import Turnstile
from resolvers.operation import Operation, Unavailable
from resolvers.timing import Timing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import GraphQLSchema
    from starlette.types import Receive, Scope, Send

    from gateway.engine import Engine
    from gateway.exchange import Exchange
    from gateway.metrics import Metrics
    from gateway.response import Answer
    from gateway.settings import Settings
    from gateway.viewers.door import Door
    from resolvers.viewer import Viewer

_log = structlog.get_logger(__name__)
_METHODS = b"GET, HEAD, POST, OPTIONS"
_HEADERS = [(b"cache-control", b"no-store"), (b"vary", b"accept")]
_TYPED_HEADERS = {kind: [*_HEADERS, (b"content-type", f"{kind}; charset=utf-8".encode())] for kind in MediaType}


class Endpoint:
    """Answers GraphQL requests with what the engine makes of them."""

    def __init__(self, engine: Engine, door: Door, settings: Settings, metrics: Metrics) -> None:
        self._engine = engine
        self._door = door
        self._settings = settings
        self._metrics = metrics
        self._documents: dict[GraphQLSchema, Documents] = {}
        self._bodies = Bodies(settings)
        self._attendance = Attendance(settings.request_timeout_s)
        self._turnstile = Turnstile(settings.viewer_operations)
        self._slow_s = settings.slow_statement_ms / 1000
        metrics.occupancy.watch_cache("documents", self._documents.values)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange: Exchange = scope["exchange"]
        if exchange.method == "OPTIONS":
            return await _send(send, response.Answer(HTTPStatus.NO_CONTENT, b"", [(b"allow", _METHODS)]), _HEADERS)
        kind = media.negotiated(exchange.header(b"accept"))
        try:
            if kind is None:
                raise _not_acceptable()
            answer = await self._answer(scope, receive, exchange, kind)
        except Refusal as refusal:
            answer = response.refused(refusal, kind or MediaType.JSON)
        except Interrupted:
            exchange.hung_up()
            return None
        headers = [*_TYPED_HEADERS[kind or MediaType.JSON], (b"server-timing", _server_timing(exchange))]
        return await _send(send, answer, headers)

    async def _answer(self, scope: Scope, receive: Receive, exchange: Exchange, kind: MediaType) -> Answer:
        viewer = await self._viewer(exchange)
        with self._turnstile.passing(viewer):
            return await self._executed(scope, receive, exchange, kind, viewer)

    async def _executed(
        self, scope: Scope, receive: Receive, exchange: Exchange, kind: MediaType, viewer: Viewer
    ) -> Answer:
        explain = asked_to_explain(exchange.header(HEADER), viewer, self._settings)
        asked = await self._request(scope, receive, exchange)
        operation = self._operation(asked, exchange, viewer, explain, await self._engine.schema_of(viewer))
        exchange.operation = operation.name
        # To others, the parts would tell what the total hides: whether there was something that they may not see.
        exchange.timing = operation.timing if viewer.role.staff else None
        _refuse_kind(operation.kind, exchange.method)
        try:
            result = await self._attendance.wait(self._engine.execute(operation), receive)
            return response.executed(result, kind, exchange.request_id)
        except Unavailable as error:
            raise response.unavailable(error) from error
        except (Refusal, Interrupted):
            raise
        except Exception as error:
            _log.exception("operation_failed", operation=operation.name)
            raise Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, [response.internal(exchange.request_id)]) from error
        finally:
            self._metrics.operation(operation)

    async def _viewer(self, exchange: Exchange) -> Viewer:
        try:
            return await self._door.viewer(exchange)
        except Unavailable as error:
            raise response.unavailable(error) from error

    async def _request(self, scope: Scope, receive: Receive, exchange: Exchange) -> request.Request:
        if exchange.method == "POST":
            return request.from_body(await self._bodies.read(exchange, receive))
        if exchange.method in ("GET", "HEAD"):
            return request.from_query_string(scope["query_string"])
        message = f"{exchange.method} is not served here. Send queries by GET or POST, mutations by POST."
        raise Refusal.because(
            HTTPStatus.METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message, headers=[(b"allow", _METHODS)]
        )

    def _operation(
        self,
        asked: request.Request,
        exchange: Exchange,
        viewer: Viewer,
        explain: frozenset[str],
        schema: GraphQLSchema,
    ) -> Operation:
        began = time.perf_counter()
        if schema not in self._documents:
            self._documents[schema] = Documents(schema, self._settings)
        document = self._documents[schema].get(asked.query)
        chosen = document.operation(asked.operation_name, asked.variables)
        name = chosen.name.value if chosen.name else None
        timing = Timing(name, self._slow_s)
        timing.add("parse", time.perf_counter() - began)
        return Operation(
            document.node,
            document.text,
            name,
            chosen.operation,
            asked.variables,
            exchange.request_id,
            viewer,
            explain,
            timing,
        )


def _refuse_kind(kind: OperationType, method: str) -> None:
    if kind is OperationType.MUTATION and method != "POST":
        message = "Mutations are not executed by GET, which links and caches may repeat. Send this one by POST."
        raise Refusal.because(
            HTTPStatus.METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message, headers=[(b"allow", b"POST")]
        )
    if kind is OperationType.SUBSCRIPTION:
        raise Refusal.because(None, "SUBSCRIPTION_NOT_SUPPORTED", "Subscriptions are not served over plain HTTP.")


def _not_acceptable() -> Refusal:
    message = f"The Accept header allows neither {MediaType.RESPONSE} nor {MediaType.JSON}, which are what is served."
    return Refusal.because(HTTPStatus.NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message)


def _server_timing(exchange: Exchange) -> bytes:
    """In milliseconds. Source: Server Timing, section "The Server-Timing Header Field"."""
    spans = exchange.timing.spans.items() if exchange.timing else ()
    parts = [f"{name};dur={seconds * 1000:.2f}" for name, seconds in spans]
    return ", ".join([*parts, f"total;dur={exchange.seconds * 1000:.2f}"]).encode()


async def _send(send: Send, answer: Answer, headers: Sequence[tuple[bytes, bytes]]) -> None:
    length = (b"content-length", b"%d" % len(answer.body))
    headers = [length, *headers, *answer.headers]
    await send({"type": "http.response.start", "status": int(answer.status), "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
