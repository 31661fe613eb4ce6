"""Cross-origin requests: web pages of other origins may ask only when they are on a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware.cors import CORSMiddleware

if TYPE_CHECKING:
    from starlette.datastructures import MutableHeaders
    from starlette.types import ASGIApp

_HEADERS = ("authorization", "content-type", "x-demo-viewer", "x-graphql-explain", "x-request-id")
_TOLD = ("x-request-id", "retry-after", "server-timing")
_KEPT_S = 600


def allow_origins(app: ASGIApp, origins: tuple[str, ...]) -> ASGIApp:
    """The app, for pages of these origins too. Without any, no answer says a word of CORS and browsers refuse.

    Credentials are never allowed: tokens travel in a header that the page sets, not in cookies.
    """
    if not origins:
        return app
    return _Origins(
        app,
        allow_origins=origins,
        allow_methods=("GET", "POST", "PUT"),
        allow_headers=_HEADERS,
        expose_headers=_TOLD,
        max_age=_KEPT_S,
    )


class _Origins(CORSMiddleware):
    """Lets a listed origin's developer tools see Server-Timing too. Source: Resource Timing, "Timing-Allow-Origin"."""

    @staticmethod
    def allow_explicit_origin(headers: MutableHeaders, origin: str) -> None:
        CORSMiddleware.allow_explicit_origin(headers, origin)
        headers["timing-allow-origin"] = origin
