"""The id of a request: its answer bears it, and every line of the log that is written on the way there."""

from __future__ import annotations

import random
import re
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ids = random.Random()  # noqa: S311 - ids tell requests apart and open nothing; `secrets` asks the system for each
_current: ContextVar[str] = ContextVar("request_id")


def request_id(sent: str | None) -> str:
    """The client's own where it sent one that is sane, else a new one; from here on, the log's for this task."""
    known = sent if sent and _SANE.fullmatch(sent) else _ids.randbytes(16).hex()
    _current.set(known)
    return known


def add_request_id(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A processor of structlog."""
    known = _current.get(None)
    if known is not None:
        event.setdefault("request_id", known)
    return event
