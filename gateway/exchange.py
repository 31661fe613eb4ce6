"""One HTTP exchange: its request id, the headers that every answer has, and what the access log tells of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from gateway.request_id import request_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Message, Scope, Send

    from resolvers.timing import Timing

_HUNG_UP = 499
_MOST_HEADERS = 100
_LONGEST_HEADERS = 32 * 1024
CONTENT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_UPLOADS = "/uploads/"
_SECURITY = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
_POLICY = (b"content-security-policy", CONTENT_POLICY.encode())
_SECURITY_AND_POLICY = [*_SECURITY, _POLICY]


class Exchange:
    """What is known of a request and its answer; lives as long as they do."""

    operation: str | None = None
    timing: Timing | None = None
    """What may be told of the way in which its operation was answered."""
    answered = False
    status = 0
    _bytes = 0

    def __init__(self, scope: Scope, send: Send) -> None:
        self._started = time.perf_counter()
        self.method: str = scope["method"]
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        self._headers = _by_name(headers[:_MOST_HEADERS])
        self.has_large_headers = (
            len(headers) > _MOST_HEADERS or sum(map(len, self._headers.values())) > _LONGEST_HEADERS
        )
        self._scope = scope
        self._send = send
        self.request_id = request_id(self.header(b"x-request-id"))

    def header(self, name: bytes) -> str | None:
        """The request's header by its name in small letters; when it came more than once, all of them with commas."""
        value = self._headers.get(name)
        return None if value is None else value.decode("latin-1")

    def hung_up(self) -> None:
        """The client did not wait for the answer."""
        self.status = _HUNG_UP

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.perf_counter() - self._started

    async def send(self, message: Message) -> None:
        """The `send` for whoever answers: adds what every answer has, and keeps count."""
        if message["type"] == "http.response.start":
            self.answered = True
            self.status = message["status"]
            headers = message.get("headers", ())
            message["headers"] = [*headers, *self._common(headers)]
        else:
            self._bytes += len(message.get("body", b""))
        await self._send(message)

    def told(self) -> dict[str, Any]:
        """What the access log tells of it, once it is over."""
        request: dict[str, Any] = {
            "method": self.method,
            "path": _loggable(self._scope)[:200],
            "status": self.status,
            "duration_ms": int(self.seconds * 100_000) / 100,
            "bytes": self._bytes,
            "request_id": self.request_id,
        }
        if self.operation:
            request["operation"] = self.operation[:100]
        return request

    def _common(self, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        has_policy = _POLICY[0] in dict(headers)
        return [*(_SECURITY if has_policy else _SECURITY_AND_POLICY), (b"x-request-id", self.request_id.encode())]


def _loggable(scope: Scope) -> str:
    """As it was sent, still percent-encoded: no line of the log is the client's to break; without an upload's token."""
    raw: bytes = scope.get("raw_path") or b"?"
    return raw.decode("latin-1") if _UPLOADS not in scope.get("path", "") else f"{_UPLOADS}…"


def _by_name(headers: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    found = dict(headers)
    if len(found) == len(headers):
        return found
    found = {}
    for name, value in headers:
        found[name] = b"%b, %b" % (found[name], value) if name in found else value
    return found
