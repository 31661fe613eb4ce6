"""Where public keys come from: an address or a file, whose text is fetched within bounds.

By the standard library in a thread: one small document every few minutes asks for no client library, and the
system's certificates are the ones that whoever runs the gateway looks after.
"""

from __future__ import annotations

import asyncio
import http.client
import ipaddress
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

_LONGEST = 256 * 1024
_SILENCE_S = 2.0
_DEADLINE_S = 4.0
_CHUNK = 16 * 1024


class KeySourceError(Exception):
    """The keys cannot be had at the moment; the message says why, and is for the log."""


def refuse_unsafe(location: str) -> None:
    """Raises `ValueError` for an address that others could answer at, or that holds a password."""
    if "://" not in location:
        return
    parts = urlsplit(location)
    if parts.username or parts.password:
        raise ValueError("it must have no user or password in it")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(parts.hostname or "")):
        raise ValueError("it must be an https address (http on loopback only), or a file")


async def fetch(location: str) -> bytes:
    """The text at an address that is not unsafe. Raises `KeySourceError`."""
    try:
        async with asyncio.timeout(_DEADLINE_S):
            return await asyncio.to_thread(_download if "://" in location else _read, location)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise KeySourceError(str(error) or type(error).__name__) from error


def _read(location: str) -> bytes:
    with Path(location).open("rb") as file:
        return _bounded(file.read(_LONGEST + 1))


def _download(location: str) -> bytes:
    deadline = time.monotonic() + _DEADLINE_S
    asking = urllib.request.Request(location, headers={"accept": "application/json"})  # noqa: S310 - refuse_unsafe
    found = b""
    with _opener(location).open(asking, timeout=_SILENCE_S) as response:
        while chunk := response.read1(_CHUNK):
            found = _bounded(found + chunk)
            if time.monotonic() > deadline:
                raise TimeoutError("it takes too long")
    return found


def _bounded(text: bytes) -> bytes:
    if len(text) > _LONGEST:
        raise ValueError(f"it is longer than {_LONGEST} bytes")
    return text


def _opener(location: str) -> urllib.request.OpenerDirector:
    """Without redirects, as an answer from elsewhere is another's; by the system's proxy, but not to loopback."""
    opener = urllib.request.OpenerDirector()
    opener.add_handler(urllib.request.ProxyHandler(None if location.startswith("https") else {}))
    opener.add_handler(urllib.request.HTTPHandler())
    opener.add_handler(urllib.request.HTTPSHandler())
    opener.add_handler(urllib.request.HTTPErrorProcessor())
    opener.add_handler(urllib.request.HTTPDefaultErrorHandler())
    return opener


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
