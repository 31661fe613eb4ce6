"""`/graphiql`, the console, `/workflows` and `/schema-map`, its pictures: pages that ask the graph, with all they need.

They are built of `web/` by `make console`; the build is kept here, so that serving them takes no Node.
"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response
from starlette.routing import Route

from gateway.analyses import Analysis, read_analyses
from gateway.console.assets import read_assets, serve_assets
from gateway.exchange import CONTENT_POLICY
from schema.vocabulary.role import ViewerRole

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from gateway.settings import Settings

BUILD = Path(__file__).parent / "build"
# The editor writes its styles into the page while it runs: those cannot be named by hashes.
POLICY = (
    f"{CONTENT_POLICY}; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; img-src 'self' data:; connect-src 'self'"
)
PICTURES_POLICY = f"{CONTENT_POLICY}; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
# Voyager lays a picture out by WebAssembly in a worker that it carries within it, and takes a picture that it has drawn
# before from a data address.
MAP_POLICY = (
    f"{CONTENT_POLICY}; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self' data:"
)
_NOBODY = '<meta name="demo-viewers" content="">'


def console_routes(settings: Settings) -> list[Route]:
    """The pages, their assets, and the saved analyses. Raises `UnfitAnalyses` for what cannot be offered as one."""
    analyses = orjson.dumps([_offered(each) for each in sorted(read_analyses(), key=lambda each: each.title)])
    return [
        _page("/graphiql", "index.html", POLICY, settings),
        _page("/workflows", "workflows.html", PICTURES_POLICY, settings),
        _page("/schema-map", "schema-map.html", MAP_POLICY, settings),
        Route("/graphiql/analyses.json", _said(analyses, "application/json", {"cache-control": "no-cache"})),
        Route("/graphiql/assets/{name}", serve_assets(read_assets(BUILD / "assets"))),
    ]


def _offered(analysis: Analysis) -> dict[str, str]:
    return {"name": analysis.name, "title": analysis.title, "about": analysis.about, "query": analysis.query}


def _page(path: str, name: str, policy: str, settings: Settings) -> Route:
    """Told whom the demo plays, where there is one; elsewhere it asks for a token."""
    text = (BUILD / name).read_text(encoding="utf-8")
    if settings.demo:
        text = text.replace(_NOBODY, _NOBODY.replace('""', f'"{" ".join(role.value for role in ViewerRole)}"'))
    headers = {"content-security-policy": policy, "cache-control": "no-cache"}
    return Route(path, _said(text.encode(), "text/html", headers))


def _said(text: bytes, media: str, headers: dict[str, str]) -> Callable[[Request], Awaitable[Response]]:
    async def said(_request: Request) -> Response:
        return Response(text, HTTPStatus.OK, headers, media)

    return said
