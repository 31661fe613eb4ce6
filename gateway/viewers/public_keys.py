"""A set of public keys (a JWKS), read: which key checks which tokens.

Source: RFC 7517, sections 4 and 5; RFC 8725, section 3.1.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK, PyJWTError

from gateway.json_text import JsonRefused, read_json
from gateway.viewers.key_source import KeySourceError

_MOST = 100
_SHORTEST_RSA, _LONGEST_RSA = 2048, 8192
# By type and curve. A key's type fixes the algorithm, so that no token can have one used for another; there are no
# symmetric keys here, which would be a secret that everybody can read.
_ALGORITHMS = {("RSA", ""): "RS256", ("EC", "P-256"): "ES256", ("OKP", "Ed25519"): "EdDSA"}


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checks tokens of one algorithm."""

    id: str | None
    algorithm: str
    jwk: PyJWK


def read_keys(text: bytes, algorithms: Collection[str]) -> tuple[PublicKey, ...]:
    """Those of a set that check tokens of these algorithms; others are passed over. Raises `KeySourceError`."""
    try:
        document = read_json(text)
    except JsonRefused as error:
        raise KeySourceError(f"it is not JSON: {error}") from error
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise KeySourceError('it is not a set of keys: an object with a list named "keys"')
    if len(listed) > _MOST:
        raise KeySourceError(f"it has more than {_MOST} keys")
    keys = tuple(key for item in listed if isinstance(item, dict) and (key := _read(item, algorithms)) is not None)
    if not keys:
        raise KeySourceError(f"it has no key for {', '.join(algorithms)}")
    return keys


def _read(item: Mapping[str, Any], algorithms: Collection[str]) -> PublicKey | None:
    algorithm = _ALGORITHMS.get((str(item.get("kty")), str(item.get("crv", ""))))
    if algorithm is None or algorithm not in algorithms or not _is_for_checking(item, algorithm):
        return None
    try:
        jwk = PyJWK(dict(item), algorithm)
    except (PyJWTError, TypeError, ValueError):
        return None
    if isinstance(jwk.key, RSAPublicKey) and not _SHORTEST_RSA <= jwk.key.key_size <= _LONGEST_RSA:
        return None
    return PublicKey(item.get("kid"), algorithm, jwk)


def _is_for_checking(item: Mapping[str, Any], algorithm: str) -> bool:
    operations = item.get("key_ops", ["verify"])
    return (
        "d" not in item  # a private key, published by mistake: anybody may sign with it
        and item.get("use", "sig") == "sig"
        and isinstance(operations, list)
        and "verify" in operations
        and item.get("alg", algorithm) == algorithm
        and isinstance(item.get("kid"), str | None)
    )
