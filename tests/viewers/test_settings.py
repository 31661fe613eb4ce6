"""The settings by which viewers are known."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from gateway.settings import Settings
from schema.vocabulary.role import ViewerRole
from tests.viewers.gate import SECRET
from tests.viewers.issuer import AUDIENCE, ISSUER

BESIDE = {"token_issuer": ISSUER, "token_audience": AUDIENCE}


def read(**settings: object) -> Settings:
    return Settings.model_validate(settings)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"token_secret": "x" * 31}, "32 bytes"),
        ({"token_jwks": "https://login.example/keys"}, "GATEWAY_TOKEN_ISSUER and GATEWAY_TOKEN_AUDIENCE"),
        ({"token_jwks": "http://login.example/keys", **BESIDE}, "https"),
        ({"token_jwks": "http://localhost.example/keys", **BESIDE}, "https"),
        ({"token_jwks": "ftp://login.example/keys", **BESIDE}, "https"),
        ({"token_jwks": "file:///etc/keys", **BESIDE}, "https"),
        ({"token_jwks": "https://me:hunter2@login.example/keys", **BESIDE}, "no user or password"),
        ({"token_algorithms": "none"}, "Input should be"),
        ({"token_algorithms": "HS256"}, "needs GATEWAY_TOKEN_SECRET"),
        ({"token_algorithms": "HS256,RS256", "token_secret": SECRET}, "needs GATEWAY_TOKEN_JWKS"),
        ({"token_roles": {}}, "maps nothing"),
        ({"token_roles": {"Boss": "owner of everything"}}, "Input should be"),
        ({"token_leeway_s": 3600}, "less than or equal to 300"),
        ({"viewer_operations": 0}, "greater than or equal to 1"),
    ],
)
def test_what_would_be_unsafe_or_senseless_is_refused_without_telling_secrets(
    settings: dict[str, object], reason: str
) -> None:
    with pytest.raises(ValidationError, match=reason) as refused:
        read(**settings)
    assert "hunter2" not in str(refused.value)
    assert "xxxx" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["https://login.example/keys", "http://127.0.0.1:9/k", "http://[::1]/k", "/keys.json"]
)
def test_keys_come_from_where_nobody_else_can_answer(address: str) -> None:
    assert read(token_jwks=address, **BESIDE).accepted_algorithms == ("RS256", "ES256", "EdDSA")


def test_algorithms_follow_from_what_there_is_to_check_by() -> None:
    assert read().accepted_algorithms == ()
    assert read(token_secret=SECRET).accepted_algorithms == ("HS256",)
    both = {"token_secret": SECRET, "token_jwks": "keys.json", **BESIDE}
    assert read(**both).accepted_algorithms == ("HS256", "RS256", "ES256", "EdDSA")
    assert read(**both, token_algorithms="ES256, HS256").accepted_algorithms == ("ES256", "HS256")  # noqa: S106 - no secret


def test_they_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_TOKEN_SECRET", SECRET)
    monkeypatch.setenv("GATEWAY_TOKEN_ALGORITHMS", "HS256")
    monkeypatch.setenv("GATEWAY_TOKEN_ROLES", '{"Field": "agent", "Boss": "manager"}')
    monkeypatch.setenv("GATEWAY_VIEWER_OPERATIONS", "4")
    settings = Settings()
    assert settings.token_algorithms == ("HS256",)
    assert list(settings.token_roles.items()) == [("Field", ViewerRole.AGENT), ("Boss", ViewerRole.MANAGER)]
    assert settings.viewer_operations == 4


def test_a_secret_is_not_shown_with_the_settings() -> None:
    settings = read(token_secret=SECRET)
    assert SECRET not in repr(settings) + str(settings) + settings.model_dump_json()
