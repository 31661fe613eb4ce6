"""Tokens (JWTs): checked, and made for tests and the demo.

Source: RFC 7515, 7519; RFC 8725 (what attackers try).
"""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jwt

from gateway.viewers.claims import ClaimError, Claims, TokenNotMadeError
from gateway.viewers.key_set import KeySet
from gateway.viewers.token_settings import BY_KEYS, TokenSettings
from gateway.viewers.unauthorized import invalid_token, no_credentials
from resolvers.viewer import Viewer

_FORM = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_AGAIN = "Get a new one where this came from."
# The first that fits; what is not here was not made as a token is.
_REASONS: tuple[tuple[type[jwt.PyJWTError], str], ...] = (
    (jwt.ExpiredSignatureError, "The token has expired"),
    (jwt.ImmatureSignatureError, "The token is not yet valid"),
    (jwt.InvalidAudienceError, "The token is for another audience"),
    (jwt.InvalidIssuerError, "The token is from another issuer"),
    (jwt.InvalidAlgorithmError, "The token's algorithm is not accepted here"),
    (jwt.InvalidSignatureError, "The token's signature does not fit"),
)


class Tokens:
    """Finds a token's bearer.

    Which algorithms count, and the kind of key that each has, are settings: a token can choose among them, and names
    its key by an id that is compared and used for nothing else.
    """

    def __init__(self, settings: TokenSettings) -> None:
        self._algorithms = settings.accepted_algorithms
        self._secret = _secret(settings)
        self._issuer = settings.token_issuer
        self._audience = settings.token_audience
        self._leeway_s = settings.token_leeway_s
        self._claims = Claims(settings)
        self._keys = _key_set(settings)

    async def viewer(self, token: str) -> Viewer:
        """The bearer. Raises `Refusal`: 401, or 503 while the keys cannot be fetched."""
        if not self._algorithms:
            raise no_credentials("Tokens are not accepted here, as there is nothing to check them by. Send an API key.")
        if not _FORM.fullmatch(token):
            raise invalid_token("The token is malformed", "It must be a signed JWT, or an API key.")
        try:
            payload = await self._payload(token)
            return self._claims.viewer(payload)
        except jwt.MissingRequiredClaimError as error:
            raise invalid_token(f"The token lacks the claim {error.claim}", _AGAIN) from error
        except jwt.PyJWTError as error:
            reason = next((said for kind, said in _REASONS if isinstance(error, kind)), "The token is malformed")
            raise invalid_token(reason, _AGAIN) from error
        except ClaimError as error:
            raise invalid_token(f"The token {error}") from error

    async def _payload(self, token: str) -> Mapping[str, Any]:
        algorithm, key_id = _header(token.partition(".")[0])
        if not isinstance(algorithm, str) or algorithm not in self._algorithms:
            raise jwt.InvalidAlgorithmError
        payload: dict[str, Any] = jwt.decode(
            token,
            await self._key(algorithm, key_id),
            algorithms=[algorithm],
            audience=self._audience,
            issuer=self._issuer,
            leeway=self._leeway_s,
            options={"require": ["exp"]},
        )
        return payload

    async def _key(self, algorithm: str, key_id: str | None) -> jwt.PyJWK:
        if algorithm in BY_KEYS and self._keys is not None:
            return await self._keys.key(algorithm, key_id)
        if algorithm == "HS256" and self._secret is not None:
            return self._secret
        raise jwt.InvalidAlgorithmError


@lru_cache(maxsize=256)
def _header(part: str) -> tuple[object, str | None]:
    """The algorithm and the key's id that a token's first part names: one text for all tokens of a key.

    Raises `PyJWTError`, for an extension too: those that must be understood are not.
    """
    header = jwt.get_unverified_header(f"{part}.e30.AA")
    if "crit" in header or "b64" in header:
        raise jwt.DecodeError("no extension is understood here")
    return header.get("alg"), header.get("kid")


def make_token(settings: TokenSettings, viewer: Viewer, *, minutes: float) -> str:
    """A token by which the gateway with these settings knows the viewer. Raises `TokenNotMadeError`."""
    if settings.token_secret is None or "HS256" not in settings.accepted_algorithms:
        raise TokenNotMadeError("Tokens are made with GATEWAY_TOKEN_SECRET (HS256), which is not set or not accepted.")
    now = int(time.time())
    claims = {**Claims(settings).payload(viewer), "iat": now, "exp": now + round(minutes * 60)}
    if settings.token_issuer:
        claims["iss"] = settings.token_issuer
    if settings.token_audience:
        claims["aud"] = settings.token_audience
    return jwt.encode(claims, settings.token_secret.get_secret_value().encode(), "HS256")


def _secret(settings: TokenSettings) -> jwt.PyJWK | None:
    if settings.token_secret is None:
        return None
    octets = base64.urlsafe_b64encode(settings.token_secret.get_secret_value().encode()).decode()
    return jwt.PyJWK({"kty": "oct", "k": octets}, "HS256")


def _key_set(settings: TokenSettings) -> KeySet | None:
    if settings.token_jwks is None:
        return None
    algorithms = [algorithm for algorithm in settings.accepted_algorithms if algorithm in BY_KEYS]
    pause_s, ttl_s = settings.token_jwks_pause_s, settings.token_jwks_ttl_s
    return KeySet(settings.token_jwks, algorithms, ttl_s=ttl_s, pause_s=pause_s) if algorithms else None
