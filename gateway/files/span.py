"""Which part of a file a request asks for.

Source: RFC 9110, section 14. One range is served; several, and what is no range of bytes, get the whole file, as the
section allows.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)


class Span(NamedTuple):
    """The bytes from `start` until before `end`."""

    start: int
    end: int

    def header(self, size: int) -> str:
        """As Content-Range has it."""
        return f"bytes {self.start}-{self.end - 1}/{size}"


class UnsatisfiableError(ValueError):
    """The range lies outside of the file."""


def asked(value: str | None, if_range: str | None, etag: str, size: int) -> Span | None:
    """The part; None for the whole, also where the file is another than `if_range` says. Raises UnsatisfiableError."""
    found = _RANGE.fullmatch(value.replace(" ", "")) if value and if_range in (None, etag) else None
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= size:
        raise UnsatisfiableError
    return Span(start, end)
