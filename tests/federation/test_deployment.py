"""What lies in deploy/ names things that there are: settings, packages, files."""

from __future__ import annotations

import re
from pathlib import Path

from gateway.settings import Settings

_CHECKOUT = Path(__file__).resolve().parents[2]
_DEPLOY = _CHECKOUT / "deploy"
_READ = {"DATABASE_URL", *(f"GATEWAY_{name.upper()}" for name in Settings.model_fields)}
_PACKAGES = {"db", "gateway", "resolvers", "schema"}
"""What a gateway imports."""


def _text(name: str) -> str:
    return (_DEPLOY / name).read_text(encoding="utf-8")


def test_every_setting_that_is_set_is_read() -> None:
    named = set(re.findall(r"^ +(DATABASE_URL|GATEWAY_\w+):", _text("compose.yaml"), re.MULTILINE))
    named |= set(re.findall(r"(GATEWAY_\w+)=", _text("Dockerfile")))
    assert {"DATABASE_URL", "GATEWAY_LOGIN_URL", "GATEWAY_HOST"} <= named <= _READ


def test_strangers_stay_outside() -> None:
    """Of demo mode, which lets in who brings no credentials, and of a port that other machines reach."""
    text = _text("compose.yaml")
    assert 'GATEWAY_DEMO: "false"' in text
    assert re.findall(r"ports:\n((?: +- .*\n)+)", text) == ["      - 127.0.0.1:8080:80\n"]


def test_no_secret_stands_in_the_file() -> None:
    passwords = re.findall(r"(?:PASSWORD|SECRET): (.*)|://\w+:([^@]*)@", _text("compose.yaml"))
    assert len(passwords) == 5
    assert all(re.fullmatch(r"\$\{\w+:\?.*\}", plain or within) for plain, within in passwords)


def test_the_image_has_all_that_a_gateway_is_made_of_and_nothing_else() -> None:
    copied = set(re.findall(r"^COPY (\S+) ", _text("Dockerfile"), re.MULTILINE))
    assert _PACKAGES | {"graphql", "pyproject.toml", "requirements.txt"} == copied
    assert all((_CHECKOUT / name).exists() for name in copied)
    kept = set(re.findall(r"^!(\S+)$", _text("Dockerfile.dockerignore"), re.MULTILINE))
    assert kept == copied


def test_the_balancer_knows_every_gateway_by_a_name_that_it_answers_to() -> None:
    compose, balancer = _text("compose.yaml"), _text("Caddyfile")
    gateways = re.findall(r"^  (gateway-\d):$", compose, re.MULTILINE)
    assert len(gateways) > 1
    assert re.findall(r"(gateway-\d):8000", balancer) == gateways
    (names,) = re.findall(r"GATEWAY_ALLOWED_HOSTS: (\S+)", compose)
    assert {*gateways, "localhost", "127.0.0.1"} == set(names.split(","))
    assert "health_uri /readyz" in balancer
