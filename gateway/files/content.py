"""What a file is by its content: what its sender calls it counts for nothing.

A table of our own: of the pure libraries, puremagic does not know HEIC by its brand "mif1", and filetype has no types
and no release since 2022.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable

HEAD = 64
"""So many bytes at the beginning tell what a file is."""

# Of the brands that a container of ISO media names, those of still pictures in HEVC; AVIF has the same container.
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
# Text has these and no other control characters.
_LAYOUT = frozenset(b"\t\n\r\f")
_CONTROLS = bytes(code for code in range(32) if code not in _LAYOUT) + b"\x7f"


def _is_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_heic(head: bytes) -> bool:
    """Its first box says what it is: length, "ftyp", a brand, a version, more brands."""
    if head[4:8] != b"ftyp":
        return False
    box = head[8 : int.from_bytes(head[:4], "big")]
    return any(box[n : n + 4] in _HEIC for n in (0, *range(8, len(box), 4)))


SIGNATURES: dict[str, Callable[[bytes], bool]] = {
    "image/jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "image/png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "image/webp": _is_webp,
    "image/heic": _is_heic,
    "application/pdf": lambda head: head.startswith(b"%PDF-"),
}
TEXTS = ("text/plain", "text/csv")


class Content:
    """Looks at a file's bytes as they pass, and tells whether they are what was announced."""

    def __init__(self, media_type: str) -> None:
        self._media_type = media_type
        self._head = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")() if media_type in TEXTS else None

    def fits(self, part: bytes, *, last: bool = False) -> bool:
        """Whether the file can still be of its type, with this part of it; sure once `last` is true."""
        if self._decoder is not None:
            return self._is_text(self._decoder, part, last=last)
        known = len(self._head) >= HEAD
        if not known:
            self._head += part[: HEAD - len(self._head)]
        if known or (len(self._head) < HEAD and not last):
            return True
        return SIGNATURES[self._media_type](self._head)

    def _is_text(self, decoder: codecs.IncrementalDecoder, part: bytes, *, last: bool) -> bool:
        """In UTF-8, of printable characters and what lays them out."""
        try:
            decoder.decode(part, last)
        except UnicodeDecodeError:
            return False
        return len(part.translate(None, _CONTROLS)) == len(part)
