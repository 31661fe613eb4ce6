"""The access log: a line for every request, when it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, BinaryIO

import orjson
import structlog

AccessLog = Callable[[dict[str, Any]], None]
_EVENT = "http_request"
_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE
_log = structlog.get_logger("gateway.access")


def log_request(request: dict[str, Any]) -> None:
    """As structlog is configured."""
    _log.info(_EVENT, **request)


class JsonLines:
    """The lines that structlog would write as JSON, without its chain, which costs more than all else of a line.

    Those of requests that end in one round of the loop are written together when it is over: whoever reads the log is
    woken once, which costs more than to make a line.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._lines: list[bytes] = []

    def __call__(self, request: dict[str, Any]) -> None:
        if not self._lines:
            asyncio.get_running_loop().call_soon(self._write)
        line = {**request, "event": _EVENT, "level": "info", "timestamp": datetime.now(UTC)}
        self._lines.append(orjson.dumps(line, repr, _OPTIONS))

    def _write(self) -> None:
        self._out.write(b"".join(self._lines))
        self._out.flush()
        self._lines.clear()
