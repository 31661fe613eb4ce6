"""Cross-origin requests: web pages of other origins may ask only when they are on a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware.cors import CORSMiddleware

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_HEADERS = ("authorization", "content-type", "x-demo-viewer", "x-request-id")
_KEPT_S = 600


def allow_origins(app: ASGIApp, origins: tuple[str, ...]) -> ASGIApp:
    """The app, for pages of these origins too. Without any, no answer says a word of CORS and browsers refuse.

    Credentials are never allowed: tokens travel in a header that the page sets, not in cookies.
    """
    if not origins:
        return app
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=("GET", "POST", "PUT"),
        allow_headers=_HEADERS,
        expose_headers=("x-request-id", "retry-after"),
        max_age=_KEPT_S,
    )
