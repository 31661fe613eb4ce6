"""Where files lie: a folder, or a bucket of S3, Google Cloud or Azure.

Behind `obstore`, whose stores all write whole objects or none; fsspec, the next best, needs a package more
for each kind of bucket.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

if TYPE_CHECKING:
    from obstore.store import ObjectStore

    from gateway.settings import Settings

_log = structlog.get_logger(__name__)
_INCOMING = "incoming"
_WRITTEN_AT_ONCE = 5 * 1024 * 1024  # the least that S3 takes for a part
_READ_AT_ONCE = 256 * 1024
FAILURES = (OSError, BaseError)
"""What a store raises when it cannot do what it is asked."""


class NotStoredError(Exception):
    """There are no bytes by this key."""


class Store:
    """Objects by keys. `folder` is where they lie when that is a folder of this machine."""

    def __init__(self, objects: ObjectStore, folder: Path | None) -> None:
        self._objects = objects
        self._folder = folder

    @classmethod
    def open(cls, settings: Settings) -> Store:
        """The store of the settings; buckets find their credentials in the environment, as their own tools do.

        Raises: OSError, where the folder cannot be made.
        """
        url = settings.files_url
        if url and not url.startswith("file:"):
            return cls(from_url(url), None)
        folder = Path(unquote(urlsplit(url).path)) if url else settings.data_home.absolute() / "files"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(LocalStore(folder), folder)

    async def take_in(self, parts: AsyncIterator[bytes]) -> str:
        """Writes an object where nobody looks, whole or not at all; gives its key. Raises what `parts` raises."""
        key = f"{_INCOMING}/{uuid4()}"
        await obstore.put_async(
            self._objects, key, parts, use_multipart=True, chunk_size=_WRITTEN_AT_ONCE, max_concurrency=2
        )
        return key

    async def move(self, key: str, target: str) -> None:
        """Renames an object into place."""
        await obstore.rename_async(self._objects, key, target)

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `start` until before `end`, which lie within the object. Raises `NotStoredError` at once."""
        try:
            found = await obstore.get_async(self._objects, key, options={"range": (start, end)})
        except FileNotFoundError as error:
            raise NotStoredError(key) from error
        return _parts(found.stream(min_chunk_size=_READ_AT_ONCE))

    async def remove(self, key: str) -> None:
        """An object that is not there is removed already."""
        try:
            await obstore.delete_async(self._objects, key)
        except FileNotFoundError:
            _log.debug("file_was_not_there", key=key)

    async def sweep(self, age_s: float) -> int:
        """Removes what arrivals that were cut off long ago have left; gives the number."""
        limit = datetime.now(UTC) - timedelta(seconds=age_s)
        stale = [
            found["path"]
            async for listed in obstore.list(self._objects, prefix=_INCOMING)
            for found in listed
            if found["last_modified"] < limit
        ]
        for key in stale:
            await self.remove(key)
        return len(stale) + self._sweep_parts(age_s)

    def _sweep_parts(self, age_s: float) -> int:
        """What obstore had begun to write when the process was killed: `NAME#NUMBER`, which its lists leave out."""
        if self._folder is None:
            return 0
        limit = time.time() - age_s
        stale = [path for path in (self._folder / _INCOMING).glob("*#*") if path.stat().st_mtime < limit]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)


async def _parts(stream: AsyncIterator[object]) -> AsyncIterator[bytes]:
    async for part in stream:
        yield bytes(part)  # type: ignore[call-overload]
