"""The console's scripts, styles and fonts, as its build left them: compressed, and named by their content."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response

from gateway.compression import reads_gzip

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

_MEDIA = {".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}
_HEADERS = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}


@dataclass(frozen=True)
class Asset:
    """A file of the build."""

    media: str
    compressed: bytes


def read_assets(folder: Path) -> dict[str, Asset]:
    """By name. Raises `KeyError` for a kind of file that has no media type here."""
    found = {path.name.removesuffix(".gz"): path for path in sorted(folder.glob("*.gz"))}
    return {name: Asset(_MEDIA[Path(name).suffix], path.read_bytes()) for name, path in found.items()}


def serve_assets(assets: Mapping[str, Asset]) -> Callable[[Request], Awaitable[Response]]:
    """As they lie, to whoever reads gzip, which is every browser."""

    async def asset(request: Request) -> Response:
        found = assets.get(request.path_params["name"])
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        if reads_gzip(request.headers.get("accept-encoding", "")):
            return Response(found.compressed, HTTPStatus.OK, {**_HEADERS, "content-encoding": "gzip"}, found.media)
        return Response(gzip.decompress(found.compressed), HTTPStatus.OK, _HEADERS, found.media)

    return asset
