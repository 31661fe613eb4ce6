"""An issuer of tokens, outside of the house: keys of every kind, and a server on loopback that publishes them."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Generator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from tests.viewers.gate import OPERATOR, SECRET

ISSUER, AUDIENCE = "https://login.example", "central-memory"
MANAGER = {"role": "manager", "operator_id": str(OPERATOR)}


def claims(**changes: Any) -> dict[str, Any]:
    """A manager's; what is changed to None is left out."""
    now = int(time.time())
    whole = {**MANAGER, "iat": now, "exp": now + 600, "iss": ISSUER, "aud": AUDIENCE, **changes}
    return {name: value for name, value in whole.items() if value is not None}


def signed(secret: str = SECRET, **changes: Any) -> str:
    """A token by a secret."""
    return jwt.encode(claims(**changes), secret, "HS256")


def encoded(part: object) -> str:
    """A part of a token."""
    text = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def by_hand(header: object, payload: object, secret: bytes = SECRET.encode()) -> str:
    """A token that no library would make, truly signed by HS256 whatever it says."""
    told = f"{encoded(header)}.{encoded(payload)}"
    return f"{told}.{encoded(hmac.new(secret, told.encode(), hashlib.sha256).digest())}"


class Key:
    """A key pair."""

    def __init__(self, key_id: str | None, algorithm: str) -> None:
        self.id = key_id
        self.algorithm = algorithm
        self.private: Any = _private(algorithm)

    def published(self, **changes: Any) -> dict[str, Any]:
        """As a set of keys has it."""
        kind: Any = {"RS256": RSAAlgorithm, "ES256": ECAlgorithm, "EdDSA": OKPAlgorithm}[self.algorithm]
        jwk = {**kind.to_jwk(self.private.public_key(), as_dict=True), "kid": self.id, "use": "sig", **changes}
        return {name: value for name, value in jwk.items() if value is not None and name != "key_ops"}

    def sign(self, headers: dict[str, Any] | None = None, **changes: Any) -> str:
        """A token by this key."""
        named = {"kid": self.id} if self.id else {}
        return jwt.encode(claims(**changes), self.private, self.algorithm, {**named, **(headers or {})})


class Issuer:
    """What is published at the address, and how."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.fetched = 0
        self.status = 200
        self.delay_s = 0.0
        self.location: str | None = None
        self.body = b""

    def publish(self, *keys: dict[str, Any]) -> None:
        """Replaces what was."""
        self.body = json.dumps({"keys": keys}).encode()


@contextlib.contextmanager
def issuing() -> Generator[Issuer]:
    """An issuer that answers until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    issuer = Issuer(f"http://127.0.0.1:{server.server_port}/keys")
    server.RequestHandlerClass = _answering(issuer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answering(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.fetched += 1
            time.sleep(issuer.delay_s)
            self.send_response(issuer.status)
            if issuer.location:
                self.send_header("location", issuer.location)
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(issuer.body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    return Answering


def _private(algorithm: str) -> Any:
    if algorithm == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    return ed25519.Ed25519PrivateKey.generate() if algorithm == "EdDSA" else rsa_key()


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    """One for all, as making one takes its time."""
    return rsa.generate_private_key(65537, 2048)
