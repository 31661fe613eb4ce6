"""The gateway as an ASGI application."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from gateway import pages, response
from gateway.access_log import log_request
from gateway.cors import allow_origins
from gateway.endpoint import Endpoint
from gateway.exchange import Exchange
from gateway.hosts import Hosts
from gateway.lifespan import live
from gateway.metrics import Metrics
from gateway.problem import json_response, problem
from gateway.traffic import OTHER

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route
    from starlette.types import ASGIApp, Receive, Scope, Send

    from gateway.access_log import AccessLog
    from gateway.engine import Engine
    from gateway.lifespan import Lifespan
    from gateway.settings import Settings
    from gateway.viewers.door import Door

_log = structlog.get_logger(__name__)
_GRAPHQL = "/graphql"


def build_app(
    engine: Engine,
    door: Door,
    settings: Settings,
    *,
    files: Sequence[Route] = (),
    lifespan: Lifespan = nullcontext,
    metrics: Metrics | None = None,
    access_log: AccessLog | None = log_request,
) -> App:
    """The application; `lifespan` is entered before the first request and left after the last, in the server's loop.

    Give `metrics` where they shall tell of more than requests.
    """
    return App(engine, door, settings, files, lifespan, metrics or Metrics(), access_log)


class App:
    """Every request's way in: `/graphql` straight to its endpoint, all else by Starlette's router."""

    def __init__(
        self,
        engine: Engine,
        door: Door,
        settings: Settings,
        files: Sequence[Route],
        lifespan: Lifespan,
        metrics: Metrics,
        access_log: AccessLog | None,
    ) -> None:
        self._draining = False
        self._lifespan = lifespan
        self._hosts = Hosts(settings)
        self._traffic = metrics.traffic
        self._access_log = access_log
        self._endpoint = Endpoint(engine, door, settings, metrics)
        self._pages = Starlette(
            routes=[*pages.routes(engine, door, settings, metrics, is_draining=lambda: self._draining), *files],
            exception_handlers={HTTPException: _not_served, Exception: _fault},
        )
        self._pages.router.redirect_slashes = False
        self._served: ASGIApp = allow_origins(self._dispatch, settings.cors_origins)

    def drain(self) -> None:
        """From now on `/readyz` sends new work elsewhere."""
        self._draining = True

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] == "http":
            return self._exchange(scope, receive, send)
        if scope["type"] == "lifespan":
            return live(self._lifespan, receive, send)
        return self._pages(scope, receive, send)

    async def _exchange(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = scope["exchange"] = Exchange(scope, send)
        try:
            await self._way(exchange)(scope, receive, exchange.send)
        except asyncio.CancelledError:
            # Only the server cancels, when its grace is over; the task ends here anyway, and the client hears why.
            if not exchange.answered:
                await _shutting_down()(scope, receive, exchange.send)
        except Exception:  # noqa: BLE001 - the outermost place: logged, and answered as a fault
            _log.exception("request_failed")
            if not exchange.answered:
                await _internal(exchange)(scope, receive, exchange.send)
        finally:
            del scope["exchange"]  # which holds the server's `send`, and so the scope: a circle for each request
            if self._access_log is not None:
                self._access_log(exchange.told())
            self._traffic.request(exchange.method, _template(scope), exchange.status, exchange.seconds)

    def _way(self, exchange: Exchange) -> ASGIApp:
        if exchange.has_large_headers:
            return _large_headers()
        host = exchange.header(b"host")
        if not self._hosts.allow(host):
            return self._hosts.refusal(host)
        return self._served

    def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        return (self._endpoint if scope["path"] == _GRAPHQL else self._pages)(scope, receive, send)


def _template(scope: Scope) -> str:
    """The path of the route that served a request: paths themselves are without number."""
    path: str = _GRAPHQL if scope["path"] == _GRAPHQL else getattr(scope.get("route"), "path", OTHER)
    return path


async def _not_served(_request: Request, error: Exception) -> Response:
    """404 and 405, and whatever else Starlette refuses."""
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    message = f"{status.phrase}. The graph is at {_GRAPHQL}; / says what else there is."
    return problem(status, status.name, message, error.headers)


async def _fault(request: Request, _error: Exception) -> Response:
    """Starlette raises the error again once this is sent, so that it is logged above."""
    return _internal(request.scope["exchange"])


def _internal(exchange: Exchange) -> Response:
    return json_response({"errors": [response.internal(exchange.request_id)]}, HTTPStatus.INTERNAL_SERVER_ERROR)


def _shutting_down() -> Response:
    message = "The server is shutting down and cancelled the request. Send it again."
    headers = {"retry-after": "1", "connection": "close"}
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, "SHUTTING_DOWN", message, headers)


def _large_headers() -> Response:
    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return problem(status, "HEADERS_TOO_LARGE", "The request has more headers, or longer ones, than are read here.")
