"""What is served beside `/graphql`: the front page, the schema's text, metrics, and whether the gateway is well."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import html
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from graphql import print_schema
from starlette.responses import Response
from starlette.routing import Route

from gateway.console.page import console_routes
from gateway.exchange import CONTENT_POLICY
from gateway.metrics import CONTENT_TYPE
from gateway.problem import json_response, refused
from gateway.refusal import Refusal
from gateway.response import unavailable
from resolvers.operation import Unavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graphql import GraphQLSchema
    from starlette.requests import Request

    from gateway.engine import Engine
    from gateway.metrics import Metrics
    from gateway.settings import Settings
    from gateway.viewers.door import Door

_log = structlog.get_logger(__name__)
_FRONT = (Path(__file__).parent / "front.html").read_text(encoding="utf-8")
_READY_TIMEOUT_S = 5


def routes(
    engine: Engine, door: Door, settings: Settings, metrics: Metrics, *, is_draining: Callable[[], bool]
) -> list[Route]:
    """Those of one engine; without the schema's text where introspection is off, and without metrics where they are."""
    found = [
        Route("/", _front(told=settings.introspection)),
        Route("/healthz", _health),
        Route("/readyz", _readiness(engine, is_draining)),
        *console_routes(settings),
    ]
    if settings.introspection:
        found.append(Route("/schema.graphql", _schema(engine, door)))
    if settings.tells_metrics:
        found.append(Route("/metrics", _metrics(metrics)))
    return found


async def _health(_request: Request) -> Response:
    return json_response({"status": "ok"})


def _readiness(engine: Engine, is_draining: Callable[[], bool]) -> Callable[[Request], Awaitable[Response]]:
    async def readiness(_request: Request) -> Response:
        reason = "The server is shutting down." if is_draining() else await _unready(engine)
        if reason is None:
            return json_response({"status": "ok"})
        return json_response({"status": "unavailable", "reason": reason}, HTTPStatus.SERVICE_UNAVAILABLE)

    return readiness


async def _unready(engine: Engine) -> str | None:
    try:
        async with asyncio.timeout(_READY_TIMEOUT_S):
            return await engine.ready()
    except TimeoutError:
        return f"The database did not answer within {_READY_TIMEOUT_S} seconds."
    except Exception:  # noqa: BLE001 - an engine that cannot tell is not ready; logged
        _log.exception("readiness_failed")
        return "Whether the database is ready could not be found out; the log says why."


def _metrics(metrics: Metrics) -> Callable[[Request], Awaitable[Response]]:
    async def told(_request: Request) -> Response:
        return Response(metrics.text(), HTTPStatus.OK, {"cache-control": "no-store"}, CONTENT_TYPE)

    return told


def _schema(engine: Engine, door: Door) -> Callable[[Request], Awaitable[Response]]:
    """As text/plain: no type is registered for GraphQL's schema language, and this one browsers show."""
    printed: dict[GraphQLSchema, tuple[bytes, str]] = {}

    async def schema(request: Request) -> Response:
        try:
            found = await engine.schema_of(await door.viewer(request.scope["exchange"]))
        except Refusal as refusal:
            return refused(refusal)
        except Unavailable as error:
            return refused(unavailable(error))
        if found not in printed:
            printed[found] = _printed(found)
        text, etag = printed[found]
        headers = {"etag": etag, "cache-control": "no-cache", "vary": "authorization, x-demo-viewer"}
        known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
        if etag in known or "*" in known:
            return Response(None, HTTPStatus.NOT_MODIFIED, headers)
        return Response(text, HTTPStatus.OK, headers, "text/plain")

    return schema


def _printed(schema: GraphQLSchema) -> tuple[bytes, str]:
    """The schema's text and its entity tag."""
    text = f"{print_schema(schema)}\n".encode()
    return text, f'"{hashlib.sha256(text).hexdigest()[:32]}"'


def _policy() -> str:
    """The page's own style, by its hash, and nothing else."""
    style = _FRONT.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"{CONTENT_POLICY}; style-src 'sha256-{digest}'"


def _front(*, told: bool) -> Callable[[Request], Awaitable[Response]]:
    """With the row about the schema's text only where that is told."""
    before, _, rest = _FRONT.partition("<!-- schema -->\n")
    row, _, after = rest.partition("<!-- end -->\n")
    text = f"{before}{row if told else ''}{after}"
    headers = {"content-security-policy": _policy()}

    async def front(request: Request) -> Response:
        host, port = request.scope.get("server") or ("127.0.0.1", 8000)
        address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        return Response(text.replace("{address}", html.escape(address)), HTTPStatus.OK, headers, "text/html")

    return front
