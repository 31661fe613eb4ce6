"""What may be uploaded, and the tokens by which one file may be."""

from __future__ import annotations

import hashlib
import re
import secrets

# Source: uploads_media_type_is_served, of access.uploads.
MEDIA_TYPES = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/heic",
    "application/pdf",
    "text/plain",
    "text/csv",
)
LONGEST_NAME = 255
UPLOADS = "/files/uploads/"
"""The address of an upload is this and its token."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
# Source: uploads_file_name_is_only_a_name, of access.uploads.
_NAME = re.compile(r"[^/\\\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


def new_token() -> str:
    """256 random bits; only their hash is kept."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes | None:
    """By which an upload is found; None for what cannot be a token."""
    return hashlib.sha256(token.encode("ascii")).digest() if _TOKEN.fullmatch(token) else None


def is_file_name(text: str) -> bool:
    """Whether it is only a name, as one folder could hold it: no path, nothing that cannot be seen."""
    return len(text) <= LONGEST_NAME and _NAME.fullmatch(text) is not None and text not in (".", "..")
