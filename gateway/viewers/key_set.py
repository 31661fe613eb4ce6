"""The public keys in use: the last good set that their source gave."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from http import HTTPStatus

import structlog
from jwt import PyJWK

from gateway.refusal import Refusal
from gateway.viewers.key_source import KeySourceError, fetch
from gateway.viewers.public_keys import PublicKey, read_keys
from gateway.viewers.unauthorized import invalid_token

_log = structlog.get_logger(__name__)


class KeySet:
    """Fetched when it is first needed, when it is older than `ttl_s`, and when a token names a key that is not in it.

    Never more often than every `pause_s`, so that made-up keys cannot make us ask without end; who comes meanwhile
    is answered by the set that there is.
    """

    def __init__(self, location: str, algorithms: Collection[str], *, ttl_s: float, pause_s: float) -> None:
        self._location = location
        self._algorithms = algorithms
        self._ttl_s = ttl_s
        self._pause_s = pause_s
        self._keys: tuple[PublicKey, ...] = ()
        self._fetched_at = self._tried_at = float("-inf")
        self._turn = asyncio.Lock()

    async def key(self, algorithm: str, key_id: str | None) -> PyJWK:
        """The one that checks a token with this header.

        Raises `Refusal`: 401 when there is none, 503 while no set could be fetched.
        """
        if time.monotonic() - self._fetched_at > self._ttl_s:
            await self._refresh()
        found = self._find(algorithm, key_id)
        if found is None and key_id is not None:
            await self._refresh()
            found = self._find(algorithm, key_id)
        if not self._keys:
            raise self._unreachable()
        if found is None:
            raise invalid_token("The token is signed by an unknown key")
        return found

    def _find(self, algorithm: str, key_id: str | None) -> PyJWK | None:
        """A token that names no key has the only one of its algorithm, if there is but one."""
        fitting = [key for key in self._keys if key.algorithm == algorithm and key_id in (None, key.id)]
        return fitting[0].jwk if len(fitting) == 1 else None

    async def _refresh(self) -> None:
        """Unless somebody has just tried, or does so now."""
        async with self._turn:
            if time.monotonic() - self._tried_at < self._pause_s:
                return
            try:
                self._keys = read_keys(await fetch(self._location), self._algorithms)
                self._fetched_at = time.monotonic()
            except KeySourceError as error:
                _log.warning("token_keys_not_fetched", reason=str(error), keys_kept=len(self._keys))
            finally:
                self._tried_at = time.monotonic()

    def _unreachable(self) -> Refusal:
        message = "The keys that tokens are checked by cannot be fetched at the moment. Try again later."
        headers = [(b"retry-after", str(max(1, round(self._pause_s))).encode())]
        return Refusal.because(HTTPStatus.SERVICE_UNAVAILABLE, "TOKEN_KEYS_UNAVAILABLE", message, headers=headers)
