"""`/graphql`: GraphQL over HTTP, by GET and POST.

An ASGI callable of its own, since routing and request objects cost more than a small query does.
Source: https://graphql.github.io/graphql-over-http/draft/
"""

from __future__ import annotations

import math
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from graphql import OperationType

from gateway import media, request, response
from gateway.attendance import Attendance, Interrupted
from gateway.body import Bodies
from gateway.compression import compressed, reads_gzip
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
_NO_CONTENT = 204
_METHODS = b"GET, HEAD, POST, OPTIONS"
_HEADERS = [(b"cache-control", b"no-store"), (b"vary", b"accept, accept-encoding")]
_TYPED_HEADERS = {kind: [*_HEADERS, (b"content-type", f"{kind}; charset=utf-8".encode())] for kind in MediaType}


class Endpoint:
    """Answers GraphQL requests with what the engine makes of them."""

    def __init__(self, engine: Engine, door: Door, settings: Settings, metrics: Metrics) -> None:
        self._engine = engine
        self._door = door
        self._settings = settings
        self._traffic = metrics.traffic
        self._documents: dict[GraphQLSchema, Documents] = {}
        self._bodies = Bodies(settings)
        self._attendance = Attendance(settings.request_timeout_s)
        self._turnstile = Turnstile(settings.viewer_operations)
        self._slow_s = settings.slow_statement_ms / 1000
        self._compressed_from = settings.compress_from_bytes or math.inf
        metrics.occupancy.watch_cache("documents", self._documents.values)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange: Exchange = scope["exchange"]
        if exchange.method == "OPTIONS":
            return await _send(send, response.Answer(_NO_CONTENT, b"", [(b"allow", _METHODS)]), _HEADERS)
        kind = media.negotiated(exchange.header(b"accept"))
        try:
            if kind is None:
                raise _not_acceptable()
            answer = await self._answer(scope, receive, exchange, kind)
        except Refusal as refusal:
            answer = response.refused(refusal, kind or MediaType.JSON)
        except Unavailable as error:
            answer = response.refused(response.unavailable(error), kind or MediaType.JSON)
        except Interrupted:
            return exchange.hung_up()
        if len(answer.body) >= self._compressed_from and reads_gzip(exchange.header(b"accept-encoding") or ""):
            coded = [*answer.headers, (b"content-encoding", b"gzip")]
            answer = answer._replace(body=await compressed(answer.body), headers=coded)
        headers = [*_TYPED_HEADERS[kind or MediaType.JSON], (b"server-timing", _server_timing(exchange))]
        return await _send(send, answer, headers)

    async def _answer(self, scope: Scope, receive: Receive, exchange: Exchange, kind: MediaType) -> Answer:
        """Raises `Refusal`, `Unavailable` and `Interrupted`."""
        viewer = await self._door.viewer(exchange)
        with self._turnstile.passing(viewer):
            explain = asked_to_explain(exchange.header(HEADER), viewer, self._settings)
            if exchange.method == "POST":
                asked = request.from_body(await self._bodies.read(exchange, receive))
            else:
                asked = _from_url(scope, exchange.method)
            schema = await self._engine.schema_of(viewer)
            operation = self._operation(asked, exchange, viewer, explain, schema)
            return await self._executed(operation, receive, exchange, kind)

    async def _executed(self, operation: Operation, receive: Receive, exchange: Exchange, kind: MediaType) -> Answer:
        exchange.operation = operation.name
        # To others, the parts would tell what the total hides: whether there was something that they may not see.
        exchange.timing = operation.timing if operation.viewer.role.staff else None
        _refuse_kind(operation.kind, exchange.method)
        try:
            with self._attendance.watch(receive):
                result = await self._engine.execute(operation)
            return response.executed(result, kind, exchange.request_id)
        except (Refusal, Unavailable, Interrupted):
            raise
        except Exception as error:
            _log.exception("operation_failed", operation=operation.name)
            raise Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, [response.internal(exchange.request_id)]) from error
        finally:
            self._traffic.operation(operation)

    def _operation(
        self,
        asked: request.Request,
        exchange: Exchange,
        viewer: Viewer,
        explain: frozenset[str],
        schema: GraphQLSchema,
    ) -> Operation:
        began = time.perf_counter()
        documents = self._documents.get(schema)
        if documents is None:
            documents = self._documents[schema] = Documents(schema, self._settings)
        document = documents.get(asked.query)
        chosen = document.operation(asked.operation_name, asked.variables)
        name = chosen.name.value if chosen.name else None
        timing = Timing(name, self._slow_s)
        timing.parse_s = time.perf_counter() - began
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


def _from_url(scope: Scope, method: str) -> request.Request:
    if method in ("GET", "HEAD"):
        return request.from_query_string(scope["query_string"])
    message = f"{method} is not served here. Send queries by GET or POST, mutations by POST."
    raise Refusal.because(HTTPStatus.METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message, headers=[(b"allow", _METHODS)])


def _refuse_kind(kind: OperationType, method: str) -> None:
    if kind is OperationType.QUERY:
        return
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
    total, told = exchange.seconds * 1000, exchange.timing
    if told is None:
        return b"total;dur=%.2f" % total
    return b"parse;dur=%.2f, plan;dur=%.2f, database;dur=%.2f, bytes;dur=%.2f, total;dur=%.2f" % (
        told.parse_s * 1000,
        told.plan_s * 1000,
        told.database_s * 1000,
        told.bytes_s * 1000,
        total,
    )


async def _send(send: Send, answer: Answer, headers: Sequence[tuple[bytes, bytes]]) -> None:
    headers = [(b"content-length", b"%d" % len(answer.body)), *headers, *answer.headers]
    await send({"type": "http.response.start", "status": int(answer.status), "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
