"""`GET /files/{id}`: a file's bytes, for who sees its row."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote
from uuid import UUID

import structlog
from starlette.responses import Response, StreamingResponse

from db.refusals import refusal
from gateway.exchange import CONTENT_POLICY
from gateway.files.span import Span, UnsatisfiableError, asked
from gateway.files.store import FAILURES, NotStoredError
from gateway.problem import problem, refused
from gateway.refusal import Refusal
from gateway.response import unavailable
from gateway.viewers.lookup import look_up
from resolvers.operation import Unavailable
from resolvers.planner.parameters import Statement
from resolvers.snapshot import Snapshot

if TYPE_CHECKING:
    from starlette.requests import Request

    from db.pool import Pool
    from gateway.files.store import Store
    from gateway.viewers.door import Door
    from resolvers.pools import Pools
    from resolvers.viewer import Viewer

_log = structlog.get_logger(__name__)
_SEEN = "SELECT file_name, media_type, byte_size, sha256 FROM files.files WHERE id = $1"
_PLACE = "SELECT storage_key FROM files.files WHERE id = $1"
_AWAY = "The database cannot be reached at the moment. Try again in a few seconds."
# Rights may end, so that a browser asks each time, and is told that its copy is good.
_KEPT = {"cache-control": "private, no-cache", "vary": "authorization, x-demo-viewer"}


class File(NamedTuple):
    """What a viewer sees of a file's row."""

    file_name: str
    media_type: str
    byte_size: int
    sha256: str

    @property
    def etag(self) -> str:
        return f'"{self.sha256}"'

    def headers(self) -> dict[str, str]:
        """Pictures are shown where they stand; all else is saved, and whatever is opened can do nothing."""
        shown = "inline" if self.media_type.startswith("image/") else "attachment"
        return {
            **_KEPT,
            "etag": self.etag,
            "accept-ranges": "bytes",
            "content-type": f"{self.media_type}; charset=utf-8" if self.media_type[:5] == "text/" else self.media_type,
            "content-disposition": f"{shown}; filename*=UTF-8''{quote(self.file_name, safe='')}",
            "content-security-policy": f"{CONTENT_POLICY}; sandbox",
        }


class Sending:
    """Gives files out."""

    def __init__(self, store: Store, door: Door, pools: Pools, lookups: Pool) -> None:
        self._store = store
        self._door = door
        self._pools = pools
        self._lookups = lookups

    async def answer(self, request: Request) -> Response:
        """Who does not see the file is told the same as who asks for one that there is not."""
        try:
            viewer = await self._door.viewer(request.scope["exchange"])
            file_id = _uuid(request.path_params["id"])
            file = await self._seen(viewer, file_id) if file_id else None
            if file is None or file_id is None:
                return problem(HTTPStatus.NOT_FOUND, "NOT_FOUND", "There is no such file, or it is not yours to see.")
            return await self._sent(request, file_id, file)
        except Refusal as error:
            return refused(error)
        except Unavailable as error:
            return refused(unavailable(error))

    async def _seen(self, viewer: Viewer, file_id: UUID) -> File | None:
        """Row-level security decides."""
        try:
            async with Snapshot(self._pools.of(viewer), viewer) as snapshot:
                rows = await snapshot.fetch(Statement(_SEEN, (file_id,)))
        except Exception as error:
            found = refusal(error)
            if found is None or found.kind not in ("unavailable", "timeout"):
                raise
            raise Unavailable(_AWAY) from error
        return File(*rows[0]) if rows else None

    async def _sent(self, request: Request, file_id: UUID, file: File) -> Response:
        headers = file.headers()
        if _is_known(request.headers.get("if-none-match"), file.etag):
            return Response(None, HTTPStatus.NOT_MODIFIED, {**_KEPT, "etag": file.etag})
        try:
            span = asked(request.headers.get("range"), request.headers.get("if-range"), file.etag, file.byte_size)
        except UnsatisfiableError:
            message = f"The file has {file.byte_size} bytes; the range lies outside of them."
            whole = {"content-range": f"bytes */{file.byte_size}"}
            return problem(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "RANGE_NOT_SATISFIABLE", message, whole)
        if span is not None:
            headers["content-range"] = span.header(file.byte_size)
        status = HTTPStatus.OK if span is None else HTTPStatus.PARTIAL_CONTENT
        start, end = span or Span(0, file.byte_size)
        headers["content-length"] = str(end - start)
        try:
            parts = await self._store.read(await self._key(file_id), start, end)
        except NotStoredError:
            _log.warning("file_is_not_stored", file_id=str(file_id))
            message = "The file is on record, but its bytes are not in the store. Those of the demo's files never were."
            return problem(HTTPStatus.NOT_FOUND, "FILE_NOT_STORED", message)
        except FAILURES as error:
            _log.exception("file_not_read", file_id=str(file_id))
            raise _store_away() from error
        if request.method == "HEAD":
            return Response(None, status, headers)
        return StreamingResponse(parts, status, headers)

    async def _key(self, file_id: UUID) -> str:
        """Where its bytes lie is nothing that outsiders may read, hence with the house's own rights."""
        for row in await look_up(self._lookups, _PLACE, file_id):
            key: str = row["storage_key"]
            return key
        raise NotStoredError(str(file_id))


def _uuid(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None


def _is_known(none_match: str | None, etag: str) -> bool:
    known = [tag.strip().removeprefix("W/") for tag in (none_match or "").split(",")]
    return etag in known or "*" in known


def _store_away() -> Refusal:
    message = "Files cannot be read at the moment. Try again in a few seconds."
    headers = [(b"retry-after", b"5")]
    return Refusal.because(HTTPStatus.SERVICE_UNAVAILABLE, "STORE_UNAVAILABLE", message, headers=headers)
