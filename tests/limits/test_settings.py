"""Limits are settings, by one name in the code, in refusals and in the manual."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from gateway.limits import answer, conditions, counts, inputs, overlap, text
from gateway.limits.bound import Bound
from gateway.limits.limit_settings import LimitSettings
from gateway.settings import Settings

MANUAL = Path(__file__).parents[2] / "docs" / "running.md"
BOUNDS = {
    found
    for module in (answer, conditions, counts, inputs, overlap, text)
    for found in vars(module).values()
    if isinstance(found, Bound)
}


def test_every_bound_is_a_setting_and_every_setting_a_bound() -> None:
    assert {bound.name for bound in BOUNDS} == set(LimitSettings.model_fields)
    assert len({bound.name for bound in BOUNDS}) == len(BOUNDS)


def test_the_manual_tells_every_limit_with_its_default() -> None:
    told = dict(re.findall(r"^\| `GATEWAY_(\w+)` \| (\d+) \|", MANUAL.read_text(encoding="utf-8"), re.MULTILINE))
    defaults = {name.upper(): str(field.default) for name, field in LimitSettings.model_fields.items()}
    assert defaults.items() <= told.items()


def test_a_limit_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_OPERATION_DEPTH", "7")
    assert Settings().operation_depth == 7


@pytest.mark.parametrize("name", ["operation_depth", "input_depth"])
def test_nothing_may_be_deeper_than_recursion_follows(name: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({name: 201})
