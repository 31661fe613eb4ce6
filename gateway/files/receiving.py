"""`PUT /files/uploads/{token}`: the bytes of one file, by whoever has the token.

The bytes go where nobody looks, then to their place, and then the file's row is written; what was written down before
them tells the sweep what to remove when the process ends in between.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import structlog

from db.refusals import refusal
from gateway.attendance import Interrupted
from gateway.files.arrival import Arrival, refuse_length
from gateway.files.store import FAILURES
from gateway.files.uploads import Upload, UsedError, find_upload, note_place, use_upload
from gateway.problem import json_response, refused
from gateway.refusal import Refusal
from gateway.response import unavailable
from gateway.viewers.turnstile import Turnstile
from resolvers.operation import Unavailable
from resolvers.uploads import token_hash

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from db.pool import Pool
    from gateway.exchange import Exchange
    from gateway.files.store import Store
    from gateway.settings import Settings
    from resolvers.pools import Pools

_log = structlog.get_logger(__name__)
_AWAY = "The database cannot be reached at the moment. Try again in a few seconds."


class Receiving:
    """Takes files in. An ASGI callable, since who hangs up gets no answer."""

    def __init__(self, store: Store, pools: Pools, lookups: Pool, settings: Settings) -> None:
        self._store = store
        self._pools = pools
        self._lookups = lookups
        self._limit = settings.upload_limit_bytes
        self._timeout_s = settings.upload_timeout_s
        self._turnstile = Turnstile(settings.viewer_operations)
        self._arriving: set[bytes] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange: Exchange = scope["exchange"]
        try:
            answer = await self._answer(exchange, receive, scope["path_params"]["token"])
        except Refusal as error:
            answer = refused(error)
        except Unavailable as error:
            answer = refused(unavailable(error))
        except UsedError:
            answer = refused(_in_progress())
        except FAILURES:
            _log.exception("file_not_stored")
            answer = refused(_store_away())
        except Interrupted:
            return exchange.hung_up()
        return await answer(scope, receive, send)

    async def _answer(self, exchange: Exchange, receive: Receive, token: str) -> Response:
        upload = await self._announced(token)
        _refuse_headers(exchange, upload, self._limit)
        with self._turnstile.passing(upload.viewer), self._alone(upload):
            arrival = Arrival(receive, upload, timeout_s=self._timeout_s)
            place = await self._store.take_in(arrival.parts())
            made = await self._kept(upload, arrival.sha256, place, exchange.request_id)
        told = {
            "id": str(made),
            "fileName": upload.file_name,
            "mediaType": upload.media_type,
            "byteSize": upload.byte_size,
            "sha256": arrival.sha256,
        }
        return json_response(told, HTTPStatus.CREATED, {"location": f"/files/{made}"})

    async def _announced(self, token: str) -> Upload:
        hashed = token_hash(token)
        upload = await find_upload(self._lookups, hashed) if hashed else None
        if upload is None:
            raise Refusal.because(HTTPStatus.NOT_FOUND, "NOT_FOUND", "There is no such upload. createUpload makes one.")
        if upload.used or upload.expired:
            code, said = ("UPLOAD_USED", "was used") if upload.used else ("UPLOAD_EXPIRED", "has expired")
            raise Refusal.because(HTTPStatus.GONE, code, f"This upload {said}. createUpload makes another.")
        return upload

    @contextmanager
    def _alone(self, upload: Upload) -> Generator[None]:
        """Other processes meet in the database, when all has come."""
        if upload.token_hash in self._arriving:
            raise _in_progress()
        self._arriving.add(upload.token_hash)
        try:
            yield
        finally:
            self._arriving.discard(upload.token_hash)

    async def _kept(self, upload: Upload, sha256: str, place: str, request_id: str) -> UUID:
        key = f"{sha256[:2]}/{uuid4()}"
        try:
            former = await note_place(self._lookups, upload, key)
            await self._store.move(place, key)
        except BaseException:
            await self._store.remove(place)
            raise
        if former is not None:
            await self._store.remove(former)
        try:
            async with self._pools.staff.connection() as connection:
                return await use_upload(connection, upload, key, sha256, request_id)
        except Exception as error:
            found = refusal(error)
            if found is not None and found.kind in ("unavailable", "timeout"):
                # Whether it was committed is not known here: the sweep removes what no row came of.
                raise Unavailable(_AWAY) from error
            await self._store.remove(key)
            raise


def _refuse_headers(exchange: Exchange, upload: Upload, limit: int) -> None:
    """What the headers tell already, or the announcement, is refused before the bytes are sent."""
    if upload.byte_size > limit:
        message = f"The file is larger than {limit} bytes, which is the most that is taken here."
        raise Refusal.because(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "FILE_TOO_LARGE", message)
    content_type = exchange.header(b"content-type")
    if content_type is not None and content_type.partition(";")[0].strip().lower() != upload.media_type:
        message = (
            f"The request has the Content-Type '{content_type[:100]}', but {upload.media_type} was announced. Send the "
            "file's bytes alone, with its type or none."
        )
        raise Refusal.because(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "MEDIA_TYPE_DIFFERS", message)
    encoding = exchange.header(b"content-encoding")
    if encoding is not None and encoding.strip().lower() != "identity":
        message = f"The file is encoded ('{encoding[:100]}'). Send it as it is, not compressed."
        headers = [(b"accept-encoding", b"identity")]
        raise Refusal.because(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_ENCODING", message, headers=headers)
    length = exchange.header(b"content-length")
    if length is not None and length.isdecimal():
        refuse_length(int(length[:20]), upload, exact=True)


def _in_progress() -> Refusal:
    message = "Another request is sending this file, or has just done so. An upload is used once."
    return Refusal.because(HTTPStatus.CONFLICT, "UPLOAD_IN_PROGRESS", message)


def _store_away() -> Refusal:
    message = "Files cannot be stored at the moment. Try again in a few seconds."
    headers = [(b"retry-after", b"5")]
    return Refusal.because(HTTPStatus.SERVICE_UNAVAILABLE, "STORE_UNAVAILABLE", message, headers=headers)
