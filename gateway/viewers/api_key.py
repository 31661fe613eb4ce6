"""An API key: what a program sends, once it was given one."""

from __future__ import annotations

import hashlib
import re
import secrets

PREFIX = "cmk_"
_FORM = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


def new_key() -> str:
    """256 random bits, with a prefix by which people and scanners for leaked secrets know what they have found."""
    return PREFIX + secrets.token_urlsafe(32)


def is_key(text: str) -> bool:
    """Whether it has a key's form."""
    return _FORM.fullmatch(text) is not None


def key_hash(key: str) -> bytes:
    """All that is kept of it."""
    return hashlib.sha256(key.encode("ascii")).digest()
