"""`/graphql`: GraphQL over HTTP, by GET and POST.

An ASGI callable of its own, since routing and request objects cost more than a small query does.
Source: https://graphql.github.io/graphql-over-http/draft/
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from graphql import OperationType

from gateway import media, request, response
from gateway.attendance import Interrupted, attended
from gateway.body import read_body
from gateway.documents import Documents
from gateway.media import MediaType
from gateway.refusal import Refusal
from gateway.viewers.turnstile import Turnstile
from resolvers.operation import Operation, Unavailable

if TYPE_CHECKING:
    from graphql import GraphQLSchema
    from starlette.types import Receive, Scope, Send

    from gateway.engine import Engine
    from gateway.exchange import Exchange
    from gateway.response import Answer
    from gateway.settings import Settings
    from gateway.viewers.door import Door
    from resolvers.viewer import Viewer

_log = structlog.get_logger(__name__)
_METHODS = b"GET, HEAD, POST, OPTIONS"
_CONTENT_TYPES = {kind: f"{kind}; charset=utf-8".encode() for kind in MediaType}


class Endpoint:
    """Answers GraphQL requests with what the engine makes of them."""

    def __init__(self, engine: Engine, door: Door, settings: Settings) -> None:
        self._engine = engine
        self._door = door
        self._settings = settings
        self._documents: dict[GraphQLSchema, Documents] = {}
        self._turnstile = Turnstile(settings.viewer_operations)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange: Exchange = scope["exchange"]
        if exchange.method == "OPTIONS":
            return await _send(send, response.Answer(HTTPStatus.NO_CONTENT, b"", [(b"allow", _METHODS)]), None)
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
        return await _send(send, answer, kind or MediaType.JSON)

    async def _answer(self, scope: Scope, receive: Receive, exchange: Exchange, kind: MediaType) -> Answer:
        viewer = await self._viewer(exchange)
        with self._turnstile.passing(viewer):
            return await self._executed(scope, receive, exchange, kind, viewer)

    async def _executed(
        self, scope: Scope, receive: Receive, exchange: Exchange, kind: MediaType, viewer: Viewer
    ) -> Answer:
        asked = await self._request(scope, receive, exchange)
        operation = self._operation(asked, exchange, viewer, await self._engine.schema_of(viewer))
        exchange.operation = operation.name
        _refuse_kind(operation.kind, exchange.method)
        try:
            result = await attended(self._engine.execute(operation), receive, self._settings.request_timeout_s)
            return response.executed(result, kind, exchange.request_id)
        except Unavailable as error:
            raise response.unavailable(error) from error
        except (Refusal, Interrupted):
            raise
        except Exception as error:
            _log.exception("operation_failed", operation=operation.name)
            raise Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, [response.internal(exchange.request_id)]) from error

    async def _viewer(self, exchange: Exchange) -> Viewer:
        try:
            return await self._door.viewer(exchange)
        except Unavailable as error:
            raise response.unavailable(error) from error

    async def _request(self, scope: Scope, receive: Receive, exchange: Exchange) -> request.Request:
        if exchange.method == "POST":
            return request.from_body(await read_body(exchange, receive, self._settings))
        if exchange.method in ("GET", "HEAD"):
            return request.from_query_string(scope["query_string"])
        message = f"{exchange.method} is not served here. Send queries by GET or POST, mutations by POST."
        raise Refusal.because(
            HTTPStatus.METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message, headers=[(b"allow", _METHODS)]
        )

    def _operation(
        self, asked: request.Request, exchange: Exchange, viewer: Viewer, schema: GraphQLSchema
    ) -> Operation:
        if schema not in self._documents:
            self._documents[schema] = Documents(schema, self._settings)
        document = self._documents[schema].get(asked.query)
        chosen = document.operation(asked.operation_name, asked.variables)
        name = chosen.name.value if chosen.name else None
        return Operation(
            document.node, document.text, name, chosen.operation, asked.variables, exchange.request_id, viewer
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


async def _send(send: Send, answer: Answer, kind: MediaType | None) -> None:
    headers = [
        (b"content-length", str(len(answer.body)).encode()),
        (b"cache-control", b"no-store"),
        (b"vary", b"accept"),
        *answer.headers,
    ]
    if kind is not None:
        headers.append((b"content-type", _CONTENT_TYPES[kind]))
    await send({"type": "http.response.start", "status": int(answer.status), "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
