"""Tokens by public keys: every algorithm, rotation, outages, and keys that are used for what they are not."""

from __future__ import annotations

import base64
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.viewers.gate import OPERATOR, SECRET, Gate, gate
from tests.viewers.issuer import AUDIENCE, ISSUER, Issuer, Key, by_hand, claims, issuing, signed

KEYS = {algorithm: Key(f"our-{algorithm}", algorithm) for algorithm in ("RS256", "ES256", "EdDSA")}
RS256 = KEYS["RS256"]


@pytest.fixture
def issuer() -> Generator[Issuer]:
    with issuing() as issuer:
        issuer.publish(*(key.published() for key in KEYS.values()))
        yield issuer


@pytest.fixture(scope="module")
def keyed() -> Generator[Gate]:
    """One whose keys do not change, and are fetched once for all that is asked of it."""
    with issuing() as issuer:
        issuer.publish(*(key.published() for key in KEYS.values()))
        with by_keys(issuer.address) as gate_:
            gate_.viewer(RS256.sign())
            yield gate_
            assert issuer.fetched == 1


def by_keys(location: str, **settings: Any) -> Any:
    return gate(token_jwks=location, token_issuer=ISSUER, token_audience=AUDIENCE, **settings)


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_token_by_a_published_key_lets_its_bearer_in(keyed: Gate, key: Key) -> None:
    assert keyed.viewer(key.sign()) == Viewer(ViewerRole.MANAGER, OPERATOR, None)
    assert "expired" in keyed.reason(key.sign(exp=1))
    assert "audience" in keyed.reason(key.sign(aud="another-service"))
    assert "issuer" in keyed.reason(key.sign(iss="https://evil.example"))


def test_keys_may_lie_in_a_file(issuer: Issuer, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_bytes(issuer.body)
    with by_keys(str(file)) as gate_:
        gate_.viewer(RS256.sign())


def test_another_key_under_a_known_id_is_refused(keyed: Gate) -> None:
    assert "signature" in keyed.reason(Key("our-ES256", "ES256").sign())
    head, body, _ = RS256.sign().split(".")
    _, _, signature = KEYS["EdDSA"].sign().split(".")
    assert "signature" in keyed.reason(f"{head}.{body}.{signature}")


def test_a_key_checks_no_other_algorithm_than_its_own(keyed: Gate) -> None:
    assert "unknown key" in keyed.reason(KEYS["ES256"].sign({"kid": "our-RS256"}))
    assert "algorithm" in keyed.reason(jwt.encode(claims(), RS256.private, "RS512", {"kid": "our-RS256"}))
    assert "algorithm" in keyed.reason(jwt.encode(claims(), RS256.private, "PS256", {"kid": "our-RS256"}))


def test_a_public_key_is_no_secret(keyed: Gate, issuer: Issuer) -> None:
    """The swap of RS256 and HS256: the public key, which everybody has, taken for a shared secret."""
    public = RS256.private.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    attempts = [pem, pem.strip(), der, issuer.body]
    tokens = [by_hand({"alg": "HS256", "kid": "our-RS256"}, claims(), secret) for secret in attempts]
    assert all("algorithm" in keyed.reason(token) for token in tokens)
    with by_keys(issuer.address, token_secret=SECRET) as both:
        both.viewer(signed())
        both.viewer(RS256.sign())
        assert all("signature" in both.reason(token) for token in tokens)
        assert "signature" in both.reason(by_hand({"alg": "RS256", "kid": "our-RS256"}, claims()))


def test_algorithms_are_those_of_the_settings(issuer: Issuer) -> None:
    with by_keys(issuer.address, token_secret=SECRET, token_algorithms=("ES256",)) as gate_:
        gate_.viewer(KEYS["ES256"].sign())
        assert "algorithm" in gate_.reason(RS256.sign())
        assert "algorithm" in gate_.reason(signed())


def test_keys_that_are_not_for_checking_are_passed_over(issuer: Issuer) -> None:
    weak = RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 1024).public_key(), as_dict=True)  # noqa: S505 - the weak one
    secret = base64.urlsafe_b64encode(SECRET.encode()).decode()
    private = RSAAlgorithm.to_jwk(RS256.private, as_dict=True)
    unfit = {
        "symmetric": {"kty": "oct", "k": secret, "alg": "HS256"},
        "symmetric-as-rsa": {"kty": "oct", "k": secret, "alg": "RS256"},
        "private": {**private, "key_ops": ["verify"]},
        "encrypting": RS256.published(use="enc"),
        "signing": {**RS256.published(), "key_ops": ["sign"]},
        "other-algorithm": RS256.published(alg="RS512"),
        "weak": weak,
        "curve": KEYS["ES256"].published(crv="P-384"),
        "broken": {"kty": "EC", "crv": "P-256", "x": "!", "y": []},
        "wild": {"kty": ["RSA"], "crv": {}},
    }
    issuer.publish(KEYS["EdDSA"].published(), *({**jwk, "kid": name} for name, jwk in unfit.items()))
    with by_keys(issuer.address) as gate_:
        gate_.viewer(KEYS["EdDSA"].sign())
        for name in unfit:
            assert "unknown key" in gate_.reason(RS256.sign({"kid": name}))


def test_a_token_that_names_no_key_has_the_only_one_of_its_algorithm(keyed: Gate, issuer: Issuer) -> None:
    nameless = Key(None, "RS256")
    keyed.viewer(nameless.sign())
    issuer.publish(RS256.published(), RS256.published(kid="twin"))
    with by_keys(issuer.address) as gate_:
        assert "unknown key" in gate_.reason(nameless.sign())


def test_a_new_key_is_found_as_soon_as_a_token_names_it(issuer: Issuer) -> None:
    new = Key("new", "ES256")
    with by_keys(issuer.address, token_jwks_pause_s=0.2) as gate_:
        gate_.viewer(RS256.sign())
        assert "unknown key" in gate_.reason(new.sign())
        issuer.publish(new.published())
        time.sleep(0.25)
        gate_.viewer(new.sign())
        assert "unknown key" in gate_.reason(RS256.sign())


def test_made_up_keys_do_not_make_us_ask_without_end(issuer: Issuer) -> None:
    with by_keys(issuer.address) as gate_:
        for name in ("../../etc/passwd", "http://evil.example/keys", "x" * 2_000, *map(str, range(20))):
            assert "unknown key" in gate_.reason(RS256.sign({"kid": name}))
    assert issuer.fetched == 1


@pytest.mark.parametrize("kid", [7, None, ["our-RS256"], {"our-RS256": 1}])
def test_a_key_id_that_is_no_text_is_refused(keyed: Gate, kid: object) -> None:
    head = {"alg": "RS256", "kid": kid}
    assert keyed.ask(by_hand(head, claims())).status_code == 401


def test_a_key_that_is_no_longer_published_is_out_when_its_set_is_old(issuer: Issuer) -> None:
    with by_keys(issuer.address, token_jwks_ttl_s=0.2, token_jwks_pause_s=0.1) as gate_:
        gate_.viewer(RS256.sign())
        issuer.publish(KEYS["ES256"].published())
        gate_.viewer(RS256.sign())
        time.sleep(0.25)
        assert "unknown key" in gate_.reason(RS256.sign())


def test_an_outage_keeps_the_last_good_keys_and_without_any_it_is_told(issuer: Issuer) -> None:
    good = issuer.body
    lasting = {"token_jwks_ttl_s": 0.01, "token_jwks_pause_s": 0}
    with (
        issuing() as other,
        by_keys(issuer.address, **lasting) as with_keys,
        by_keys(issuer.address, **lasting) as bare,
    ):
        other.publish(RS256.published())
        with_keys.viewer(RS256.sign())
        for status, location, body in (
            (500, None, good),
            (302, other.address, good),
            (200, None, good + b" " * 300_000),
            (200, None, b"<html>"),
            (200, None, b"[]"),
            (200, None, b'{"keys": []}'),
            (200, None, b'{"keys": [' + b"{}," * 100 + b"{}]}"),
        ):
            issuer.status, issuer.location, issuer.body = status, location, body
            time.sleep(0.02)
            with_keys.viewer(RS256.sign())
            assert "signature" in with_keys.reason(Key("our-ES256", "ES256").sign())
            _told_to_come_again(bare.ask(RS256.sign()))
        assert other.fetched == 0
        issuer.status, issuer.location, issuer.body = 200, None, good
        bare.viewer(RS256.sign())


def test_a_source_that_is_not_there_is_told() -> None:
    with by_keys("http://127.0.0.1:1/keys") as gate_:
        answer = gate_.ask(RS256.sign())
    _told_to_come_again(answer)
    assert answer.headers["retry-after"] == "10"


def test_a_source_that_does_not_answer_is_not_waited_for(issuer: Issuer) -> None:
    issuer.delay_s = 2.2
    with by_keys(issuer.address) as gate_:
        started = time.monotonic()
        assert [gate_.ask(RS256.sign()).status_code for _ in range(3)] == [503] * 3
        assert time.monotonic() - started < 3
    assert issuer.fetched == 1


def _told_to_come_again(answer: httpx.Response) -> None:
    assert answer.status_code == 503
    assert answer.json()["errors"][0]["extensions"] == {"code": "TOKEN_KEYS_UNAVAILABLE"}
    assert int(answer.headers["retry-after"]) > 0
