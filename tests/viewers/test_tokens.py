"""Tokens by a secret: whom they let in, and what is refused."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

import jwt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.viewers.gate import COMPANY, CONTACT, OPERATOR, SECRET, Gate, gate
from tests.viewers.issuer import AUDIENCE, ISSUER, MANAGER, by_hand, claims, encoded, signed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(
    ["alg", "kid", "crit", "b64", "typ", "exp", "nbf", "iat", "aud", "iss", "sub", "jti", *MANAGER, "contact_id"]
)
OBJECTS = st.dictionaries(NAMES, JSON)
LENIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def strict() -> Generator[Gate]:
    """Checks everything that can be checked."""
    with gate(token_secret=SECRET, token_issuer=ISSUER, token_audience=AUDIENCE, token_leeway_s=5) as gate_:
        yield gate_


def test_a_token_lets_its_bearer_in(strict: Gate) -> None:
    assert strict.viewer(signed()) == Viewer(ViewerRole.MANAGER, OPERATOR, None)
    told = {"contact_id": str(CONTACT), "company_id": str(COMPANY)}
    assert strict.viewer(signed(role="agent", **told)) == Viewer(ViewerRole.AGENT, OPERATOR, CONTACT)
    assert strict.viewer(signed(role="vendor", **told)) == Viewer(ViewerRole.VENDOR, OPERATOR, CONTACT, COMPANY)


def test_an_analyst_only_reads(strict: Gate) -> None:
    assert strict.viewer(signed(role="analyst")).may_write is False
    assert strict.viewer(signed(role="agent")).may_write is True


@pytest.mark.parametrize("word", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_written_in_any_case(strict: Gate, word: str) -> None:
    assert strict.ask(authorization=f"{word} {signed()}").status_code == 200


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"exp": 1}, "The token has expired"),
        ({"exp": None}, "The token lacks the claim exp"),
        ({"exp": "soon"}, "The token is malformed"),
        ({"nbf": 2**33}, "The token is not yet valid"),
        ({"iat": 2**33}, "The token is not yet valid"),
        ({"aud": "another-service"}, "The token is for another audience"),
        ({"aud": None}, "The token lacks the claim aud"),
        ({"iss": "https://evil.example"}, "The token is from another issuer"),
        ({"iss": None}, "The token lacks the claim iss"),
        ({"role": None}, "The token lacks the claim role"),
        ({"role": "owner of everything"}, "The token names no role that counts here"),
        ({"role": []}, "The token names no role that counts here"),
        ({"role": {"manager": True}}, "The token lacks the claim role"),
        ({"role": "Manager"}, "The token names no role that counts here"),
        ({"operator_id": None}, "The token lacks the claim operator_id"),
        ({"operator_id": "1"}, "The token has a claim operator_id that is no UUID"),
        ({"operator_id": OPERATOR.hex}, "The token has a claim operator_id that is no UUID"),
        ({"operator_id": 10}, "The token has a claim operator_id that is no UUID"),
        ({"contact_id": "me' OR true --"}, "The token has a claim contact_id that is no UUID"),
        ({"role": "vendor", "contact_id": str(CONTACT)}, "The token does not say enough: the role vendor needs a com"),
        ({"role": "tenant"}, "The token does not say enough: the role tenant needs a contact"),
    ],
)
def test_a_token_that_says_too_little_or_what_is_wrong_is_refused(
    strict: Gate, changes: dict[str, Any], reason: str
) -> None:
    assert strict.reason(signed(**changes)).startswith(reason)


def test_clocks_may_be_a_little_apart(strict: Gate) -> None:
    now = time.time()
    strict.viewer(signed(exp=now - 2))
    strict.viewer(signed(nbf=now + 2, iat=now + 2))
    assert "expired" in strict.reason(signed(exp=now - 30))


def test_a_token_for_several_audiences_is_for_this_one_too(strict: Gate) -> None:
    strict.viewer(signed(aud=["another-service", AUDIENCE]))


def test_a_token_without_a_signature_is_refused(strict: Gate) -> None:
    unsigned = jwt.encode(claims(), "", "none")
    assert "malformed" in strict.reason(unsigned)
    for alg in ("none", "None", "NONE", "nOnE", "", None):
        assert "algorithm" in strict.reason(by_hand({"alg": alg, "typ": "JWT"}, claims()))


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_an_algorithm_that_is_not_configured_is_refused(strict: Gate, algorithm: str) -> None:
    assert "algorithm" in strict.reason(jwt.encode(claims(), SECRET * 2, algorithm))


def test_another_secret_is_refused(strict: Gate) -> None:
    assert "signature" in strict.reason(signed("another secret that is long enough, too"))
    head, body, _ = signed().split(".")
    _, _, signature = signed(role="agent").split(".")
    assert "signature" in strict.reason(f"{head}.{body}.{signature}")


@pytest.mark.parametrize("header", [{"crit": ["exp"]}, {"crit": ["b64"], "b64": True}, {"crit": []}, {"b64": False}])
def test_extensions_that_must_be_understood_are_not(strict: Gate, header: dict[str, Any]) -> None:
    assert "malformed" in strict.reason(by_hand({"alg": "HS256", **header}, claims()))


def test_a_secret_is_found_by_no_id(strict: Gate) -> None:
    for kid in ("../../../../dev/null", "' UNION SELECT 'x", "/etc/passwd"):
        strict.viewer(by_hand({"alg": "HS256", "kid": kid}, claims()))
        assert "signature" in strict.reason(by_hand({"alg": "HS256", "kid": kid}, claims(), b""))


def test_who_brings_nothing_is_told_what_to_bring(strict: Gate) -> None:
    assert strict.reason() == "Who asks must be known here. Send Authorization: Bearer, and a token or an API key."
    assert "error=" not in strict.ask().headers["www-authenticate"]
    assert "another scheme" in strict.reason(authorization="Basic bWU6c2VjcmV0")


def test_credentials_are_read_from_the_header_alone(strict: Gate) -> None:
    token = signed()
    for query in (f"access_token={token}", f"token={token}", f"authorization=Bearer%20{token}"):
        assert strict.client.get(f"/graphql?query={{tickets}}&{query}").status_code == 401
    assert strict.client.get("/graphql?query={tickets}", headers={"cookie": f"token={token}"}).status_code == 401
    body = {"query": "{ tickets }", "extensions": {"authorization": f"Bearer {token}"}}
    assert strict.client.post("/graphql", json=body).status_code == 401
    assert "malformed" in strict.reason(authorization=f"Bearer {token}, Bearer {token}")


def test_the_sender_is_asked_for_before_the_body_is_read(strict: Gate) -> None:
    answer = strict.client.post("/graphql", content=b"not JSON", headers={"content-type": "application/json"})
    assert answer.status_code == 401
    assert strict.client.put("/graphql").status_code == 401


def test_pages_that_say_nothing_of_the_data_are_open_to_everybody_and_the_schema_is_not(strict: Gate) -> None:
    assert [strict.client.get(path).status_code for path in ("/", "/healthz", "/readyz")] == [200, 200, 200]
    assert strict.client.get("/schema.graphql").status_code == 401
    assert strict.client.get("/schema.graphql", headers={"authorization": f"Bearer {signed()}"}).status_code == 200


def test_claims_and_roles_are_found_where_the_settings_say() -> None:
    chosen: dict[str, Any] = {
        "token_role_claim": "/realm_access/roles",
        "token_operator_claim": "https://example.com/operator",
        "token_contact_claim": "/person~1key/id",
        "token_roles": {"Head of Operations": "manager", "Field": "agent", "Everybody": "analyst"},
    }
    with gate(token_secret=SECRET, **chosen) as gate_:
        told = {"https://example.com/operator": str(OPERATOR), "person/key": {"id": str(CONTACT)}}

        def token(access: object) -> str:
            return by_hand({"alg": "HS256"}, {"exp": time.time() + 60, "realm_access": access, **told})

        roles = ["offline_access", "Everybody", "Field"]
        assert gate_.viewer(token({"roles": roles})) == Viewer(ViewerRole.AGENT, OPERATOR, CONTACT)
        assert "lacks the claim /realm_access/roles" in gate_.reason(token(roles))
        assert "names no role" in gate_.reason(token({"roles": ["manager", 7, None]}))


def test_a_token_for_somebody_is_refused_where_no_audience_is_set() -> None:
    with gate(token_secret=SECRET) as gate_:
        gate_.viewer(signed(aud=None, iss=None))
        assert "audience" in gate_.reason(signed(aud="another-service"))


def test_without_a_way_to_check_them_tokens_are_refused() -> None:
    with gate() as gate_:
        assert "Tokens are not accepted here" in gate_.reason(signed())


@LENIENT
@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f"), min_size=1))
def test_no_garbage_in_the_header_is_a_fault(strict: Gate, text: str) -> None:
    for value in (text, f"Bearer {text}", f"Bearer cmk_{text}"):
        answer = strict.client.post("/graphql", json={}, headers={b"authorization": value.encode("latin-1")})
        assert answer.status_code == 401


@LENIENT
@given(OBJECTS | JSON, JSON | st.binary())
def test_no_header_or_payload_is_a_fault(strict: Gate, header: object, payload: object) -> None:
    said = {"alg": "HS256", **header} if isinstance(header, dict) else header
    assert strict.ask(by_hand(said, payload)).status_code == 401


@LENIENT
@given(OBJECTS)
def test_no_claim_is_a_fault(strict: Gate, changes: dict[str, object]) -> None:
    assert strict.ask(by_hand({"alg": "HS256"}, {**claims(), **changes})).status_code in (200, 401)


def test_a_payload_of_brackets_is_no_fault(strict: Gate) -> None:
    deep = b"[" * 5_000
    assert strict.ask(by_hand({"alg": "HS256"}, deep)).status_code == 401
    assert strict.ask(f"{encoded(deep)}.e30.AA").status_code == 401
    assert strict.ask(by_hand({"alg": "HS256"}, b'{"exp": ' + b"9" * 5_000 + b"}")).status_code == 401
    assert strict.ask("a" * 9_000).status_code == 401
