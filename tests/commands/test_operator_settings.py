"""What the operator decides about how it works is a manager's to change."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from db.pool import Connection
from tests.commands.player import Player

_SETTINGS = """
operatorSetting { id timeZone currency autoApprovalLimitCents tenantResponseTimeout reopeningWindow version }
events { eventType }
"""


@pytest.fixture
async def settings(players: dict[str, Player], owner: Connection) -> AsyncIterator[str]:
    """The id of the second operator's settings, which are put back."""
    operator = players["neighbour"].viewer.operator_id
    row = await owner.fetchrow("SELECT * FROM directory.operator_settings WHERE operator_id = $1", operator)
    before = dict(row or {})
    yield str(before["id"])
    names = [name for name in before if name not in ("id", "operator_id", "created_at", "updated_at", "version")]
    columns = ", ".join(f"{name} = ${n}" for n, name in enumerate(names, start=2))
    await owner.execute(
        f"UPDATE directory.operator_settings SET {columns} WHERE id = $1",  # noqa: S608 - the catalogue's names
        before["id"],
        *(before[name] for name in names),
    )


async def test_a_manager_changes_what_it_names(players: dict[str, Player], settings: str) -> None:
    manager = players["neighbour"]
    before = (await manager.done("updateOperatorSettings", _SETTINGS, operatorSettingId=settings))["operatorSetting"]
    payload = await manager.done(
        "updateOperatorSettings",
        _SETTINGS,
        operatorSettingId=settings,
        timeZone="Europe/Madrid",
        currency="GBP",
        autoApprovalLimitCents="45000",
        expectedVersion=before["version"],
    )
    changed = {"timeZone": "Europe/Madrid", "currency": "GBP", "autoApprovalLimitCents": "45000"}
    assert payload["operatorSetting"] == {**before, **changed, "version": before["version"] + 1}
    assert payload["events"] == [{"eventType": "settings_updated"}]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("timeZone", "Mars/Olympus", "TIME_ZONE_INVALID"),
        ("timeZone", "localtime", "TIME_ZONE_INVALID"),
        ("currency", "EURO", "TEXT_TOO_LONG"),
        ("currency", "ZZZ", "CURRENCY_INVALID"),
        ("currency", "usd", "CURRENCY_INVALID"),
        ("currency", "XAU", "CURRENCY_INVALID"),
        ("autoApprovalLimitCents", "-1", "NUMBER_OUT_OF_RANGE"),
        ("tenantResponseTimeout", 0, "NUMBER_OUT_OF_RANGE"),
        ("reopeningWindow", -1, "NUMBER_OUT_OF_RANGE"),
    ],
)
async def test_what_the_operator_could_not_work_with_is_refused(
    players: dict[str, Player], settings: str, field: str, value: Any, code: str
) -> None:
    problem = await players["neighbour"].problem("updateOperatorSettings", operatorSettingId=settings, **{field: value})
    assert (problem["__typename"], problem["code"], problem["path"]) == ("Invalid", code, ["input", field])


@pytest.mark.parametrize("role", ["agent", "tenant", "system", "analyst"])
async def test_nobody_but_a_manager_changes_them(players: dict[str, Player], settings: str, role: str) -> None:
    problem = await players[role].problem("updateOperatorSettings", operatorSettingId=settings, reopeningWindow=60)
    assert problem["__typename"] == "Forbidden"


async def test_another_operators_settings_are_not_there(players: dict[str, Player], settings: str) -> None:
    problem = await players["manager"].problem("updateOperatorSettings", operatorSettingId=settings, reopeningWindow=60)
    assert (problem["__typename"], problem["path"]) == ("NotFound", ["input", "operatorSettingId"])
