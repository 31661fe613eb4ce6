"""Who lives where is written down without contradiction."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from db.pool import Connection
from tests.commands.player import Player

_TENANCY = "tenancy { id startsOn endsOn unit contact { id } property { id } version } events { eventType }"
_COUNT = "SELECT count(*) FROM property.tenancies"


@pytest.fixture
async def home(manager: Player) -> dict[str, str]:
    """A home and somebody who may live there."""
    named = {"fullName": f"Lena {uuid4().hex}", "kind": "TENANT"}
    contact = (await manager.done("createContact", "contact { id }", **named))["contact"]["id"]
    found = await manager.ask("{ properties(first: 1) { nodes { id } } }")
    return {"propertyId": found["properties"]["nodes"][0]["id"], "contactId": contact}


async def _recorded(manager: Player, home: dict[str, str], **given: Any) -> Any:
    return (await manager.done("recordTenancy", _TENANCY, **home, **given))["tenancy"]


async def test_a_tenancy_is_written_down_and_ended(manager: Player, home: dict[str, str]) -> None:
    payload = await manager.done("recordTenancy", _TENANCY, **home, startsOn="2026-01-01", unit="B")
    tenancy = payload["tenancy"]
    assert (tenancy["startsOn"], tenancy["endsOn"], tenancy["unit"]) == ("2026-01-01", None, "B")
    assert payload["events"] == [{"eventType": "tenancy_recorded"}]
    ended = await manager.done("endTenancy", _TENANCY, tenancyId=tenancy["id"], endsOn="2026-06-30", expectedVersion=1)
    assert (ended["tenancy"]["endsOn"], ended["events"]) == ("2026-06-30", [{"eventType": "tenancy_updated"}])


async def test_one_person_does_not_live_there_twice(manager: Player, owner: Connection, home: dict[str, str]) -> None:
    await _recorded(manager, home, startsOn="2026-01-01", endsOn="2026-06-30")
    before = await owner.fetchval(_COUNT)
    for days in ({"startsOn": "2026-06-30"}, {"startsOn": "2025-01-01", "endsOn": "2026-01-01"}):
        problem = await manager.problem("recordTenancy", **home, **days)
        assert (problem["__typename"], problem["code"]) == ("Conflict", "TENANCY_OVERLAPS")
    assert await owner.fetchval(_COUNT) == before
    await _recorded(manager, home, startsOn="2026-07-01")


async def test_an_end_that_reaches_into_the_next_tenancy_is_refused(manager: Player, home: dict[str, str]) -> None:
    first = await _recorded(manager, home, startsOn="2026-01-01", endsOn="2026-06-30")
    await _recorded(manager, home, startsOn="2026-07-01")
    problem = await manager.problem("endTenancy", tenancyId=first["id"], endsOn="2026-07-01")
    assert problem["code"] == "TENANCY_OVERLAPS"


async def test_a_tenancy_ends_after_it_starts(manager: Player, home: dict[str, str]) -> None:
    problem = await manager.problem("recordTenancy", **home, startsOn="2026-02-01", endsOn="2026-01-31")
    assert (problem["__typename"], problem["path"]) == ("Invalid", ["input", "endsOn"])


@pytest.mark.parametrize("role", ["tenant", "analyst", "system"])
async def test_only_staff_writes_tenancies_down(
    players: dict[str, Player], owner: Connection, home: dict[str, str], role: str
) -> None:
    before = await owner.fetchval(_COUNT)
    problem = await players[role].problem("recordTenancy", **home, startsOn="2026-01-01")
    assert problem["__typename"] == "Forbidden"
    assert await owner.fetchval(_COUNT) == before
