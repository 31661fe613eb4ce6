"""A file as it arrives: counted, hashed and looked at part by part, and never held as a whole."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import TYPE_CHECKING

from gateway.attendance import Interrupted
from gateway.files.content import Content
from gateway.refusal import Refusal

if TYPE_CHECKING:
    from starlette.types import Message, Receive

    from gateway.files.uploads import Upload


class Arrival:
    """The body of one PUT. `parts` ends well only when everything that was announced has come, and nothing else."""

    def __init__(self, receive: Receive, upload: Upload, *, timeout_s: float) -> None:
        self._receive = receive
        self._upload = upload
        self._timeout_s = timeout_s
        self._content = Content(upload.media_type)
        self._hash = hashlib.sha256()
        self._length = 0

    @property
    def sha256(self) -> str:
        """Of what has come so far, in hexadecimal."""
        return self._hash.hexdigest()

    async def parts(self) -> AsyncIterator[bytes]:
        """Raises `Refusal` for what was not announced so, `Interrupted` when the sender hangs up."""
        deadline = asyncio.get_running_loop().time() + self._timeout_s
        more = True
        while more:
            message = await self._message(deadline)
            part = message.get("body", b"")
            more = message.get("more_body", False)
            self._look(part, last=not more)
            if part:
                yield part

    async def _message(self, deadline: float) -> Message:
        try:
            async with asyncio.timeout_at(deadline):
                message = await self._receive()
        except TimeoutError as error:
            raise _too_slow(self._timeout_s) from error
        if message["type"] == "http.disconnect":
            raise Interrupted
        return message

    def _look(self, part: bytes, *, last: bool) -> None:
        self._length += len(part)
        refuse_length(self._length, self._upload, exact=last)
        if not self._content.fits(part, last=last):
            raise _other_kind(self._upload.media_type)
        self._hash.update(part)


def refuse_length(length: int, upload: Upload, *, exact: bool) -> None:
    """Raises `Refusal` for more bytes than were announced; where `exact`, for fewer too."""
    if length > upload.byte_size or (exact and length < upload.byte_size):
        said = "more" if length > upload.byte_size else f"{length}"
        message = (
            f"{upload.byte_size} bytes were announced, but {said} came. Send exactly the file that was announced, or "
            "announce it anew."
        )
        raise Refusal.because(HTTPStatus.UNPROCESSABLE_ENTITY, "SIZE_DIFFERS", message)


def _other_kind(media_type: str) -> Refusal:
    message = f"The file's content is not {media_type}, as which it was announced. Announce what it is."
    return Refusal.because(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "MEDIA_TYPE_DIFFERS", message)


def _too_slow(timeout_s: float) -> Refusal:
    message = f"The file did not arrive within {timeout_s:g} seconds. Its address can be used again until it expires."
    closing = [(b"connection", b"close")]
    return Refusal.because(HTTPStatus.REQUEST_TIMEOUT, "REQUEST_TIMEOUT", message, headers=closing)
