"""The manual keeps what it promises."""

import re
from pathlib import Path

import pytest
from pydantic import AliasChoices

from gateway.settings import Settings
from schema.assembly.graph import assemble
from schema.assembly.overview import overview
from schema.domains import DOMAINS

_CHECKOUT = Path(__file__).resolve().parents[2]
_PAGES = sorted([*_CHECKOUT.glob("*.md"), *(_CHECKOUT / "docs").rglob("*.md"), *(_CHECKOUT / "bench").glob("*.md")])
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def _variables() -> list[str]:
    """Every setting's environment variable."""
    names = []
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        first = alias.choices[0] if isinstance(alias, AliasChoices) else alias
        names.append(str(first) if first else f"GATEWAY_{name.upper()}")
    return names


@pytest.mark.parametrize("variable", _variables())
def test_every_setting_is_in_the_manual(variable: str) -> None:
    manual = "".join((_CHECKOUT / "docs" / page).read_text() for page in ("running.md", "access.md"))
    assert f"`{variable}`" in manual


def test_no_variable_of_the_manual_is_unknown() -> None:
    manual = (_CHECKOUT / "docs" / "running.md").read_text()
    assert set(re.findall(r"^\| `([A-Z_]+)`", manual, re.MULTILINE)) <= set(_variables())


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(_CHECKOUT)))
def test_every_link_of_the_manual_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text()):
        assert (page.parent / target).exists(), target


def test_the_manual_says_what_each_role_sees_as_it_is_declared() -> None:
    assert overview(assemble(DOMAINS)) in (_CHECKOUT / "docs" / "access.md").read_text()
