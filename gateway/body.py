"""The body of a POST, read as far as the limits allow."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from db.alarm import Alarm
from gateway import media
from gateway.attendance import Interrupted
from gateway.limit import Limit
from gateway.refusal import Refusal

if TYPE_CHECKING:
    from starlette.types import Receive

    from gateway.exchange import Exchange
    from gateway.settings import Settings


class Bodies:
    """Reads bodies."""

    def __init__(self, settings: Settings) -> None:
        self._limit = settings.body_limit_bytes
        self._time = Alarm(settings.body_timeout_s)
        self._over = partial(_too_slow, settings.body_timeout_s)

    async def read(self, exchange: Exchange, receive: Receive) -> bytes:
        """All of it. Raises `Refusal` when it is not JSON by its headers, too long, or too slow in coming."""
        _check_headers(exchange, self._limit)
        parts: list[bytes] = []
        length, more = 0, True
        with Limit(self._time, self._over):
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Interrupted
                parts.append(part := message.get("body", b""))
                length += len(part)
                if length > self._limit:  # what arrives is counted: a Content-Length may be absent, or lie
                    raise _too_long(self._limit)
                more = message.get("more_body", False)
        return b"".join(parts)


def _check_headers(exchange: Exchange, limit: int) -> None:
    content_type = exchange.header(b"content-type")
    if content_type is None or not media.is_readable(content_type):
        said = "has no Content-Type" if content_type is None else f"has the Content-Type '{content_type[:100]}'"
        raise _unsupported(f"The request {said}. Send JSON in UTF-8, with Content-Type: application/json.")
    encoding = exchange.header(b"content-encoding")
    if encoding is not None and encoding.strip().lower() != "identity":
        raise _unsupported(f"The request's body is encoded ('{encoding[:100]}'). Send it as it is, not compressed.")
    length = exchange.header(b"content-length")
    if length is not None and length.isdecimal() and int(length) > limit:
        raise _too_long(limit)


def _unsupported(message: str) -> Refusal:
    accepted = [(b"accept-post", b"application/json"), (b"accept-encoding", b"identity")]
    return Refusal.because(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message, headers=accepted)


def _too_slow(timeout_s: float) -> Refusal:
    message = f"The request's body did not arrive within {timeout_s:g} seconds."
    closing = [(b"connection", b"close")]
    return Refusal.because(HTTPStatus.REQUEST_TIMEOUT, "REQUEST_TIMEOUT", message, headers=closing)


def _too_long(limit: int) -> Refusal:
    message = f"The request's body is longer than {limit} bytes. Send less: long lists are better asked for in pages."
    return Refusal.because(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "BODY_TOO_LARGE", message)
