"""What was done at homes is written down once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.commands.office import Office
from tests.commands.player import Player

_DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)
_VISITS = {
    "completeInspection": ("inspection", "property.inspections", "routine"),
    "completeClean": ("clean", "property.cleans", "turnover"),
}
_EVERY = pytest.mark.parametrize("command", list(_VISITS))


async def _visit(office: Office, command: str, **values: Any) -> dict[str, str]:
    """The input that names a new one."""
    noun, table, kind = _VISITS[command]
    row = {"property_id": await office.home(), "kind": kind, "status": "scheduled", "scheduled_at": _DAY, **values}
    return {f"{noun}Id": await office.write(table, **row)}


@_EVERY
@pytest.mark.parametrize("status", ["scheduled", "in_progress"])
async def test_a_visit_is_completed_and_keeps_notes_that_were_not_written_anew(
    manager: Player, office: Office, command: str, status: str
) -> None:
    noun, *_ = _VISITS[command]
    given = await _visit(office, command, status=status, notes="Ring twice.")
    told = await manager.done(command, f"{noun} {{ status notes completedAt }} events {{ eventType }}", **given)
    assert told["events"] == [{"eventType": f"{noun}_completed"}]
    completed_at = datetime.fromisoformat(told[noun].pop("completedAt"))
    assert abs(datetime.now(UTC) - completed_at) < timedelta(minutes=1)
    assert told[noun] == {"status": "COMPLETED", "notes": "Ring twice."}


@_EVERY
async def test_a_visit_is_completed_once_and_not_after_it_was_cancelled(
    manager: Player, office: Office, command: str
) -> None:
    given = await _visit(office, command)
    await manager.done(command, **given, completedAt=_DAY.isoformat(), notes="All well.")
    (key,) = given
    for ended in (given, await _visit(office, command, status="cancelled")):
        problem = await office.refused(manager, command, **ended, notes="Once more.")
        assert (problem["__typename"], problem["code"], problem["path"]) == ("Conflict", "VISIT_ENDED", ["input", key])


@_EVERY
async def test_a_visit_is_not_completed_by_outsiders_nor_in_the_future_nor_over_another_version(
    manager: Player, tenant: Player, office: Office, command: str
) -> None:
    given = await _visit(office, command)
    assert (await office.refused(tenant, command, **given))["code"] == "ROLE_NEEDED"
    later = (datetime.now(UTC) + timedelta(minutes=6)).isoformat()
    problem = await office.refused(manager, command, **given, completedAt=later)
    assert (problem["code"], problem["path"]) == ("MOMENT_IN_FUTURE", ["input", "completedAt"])
    assert (await office.refused(manager, command, **given, expectedVersion=2))["code"] == "VERSION_CONFLICT"
    (key,) = given
    assert (await office.refused(manager, command, **{key: str(uuid4())}))["code"] == "NOT_FOUND"


async def test_an_inspection_has_a_score(manager: Player, office: Office) -> None:
    given = await _visit(office, "completeInspection")
    for score in (-1, 101):
        problem = await office.refused(manager, "completeInspection", **given, score=score)
        assert (problem["code"], problem["path"]) == ("NUMBER_OUT_OF_RANGE", ["input", "score"])
    told = await manager.done("completeInspection", "inspection { score }", **given, score=100)
    assert told["inspection"] == {"score": 100}


async def _bulbs(office: Office) -> dict[str, Any]:
    return {"propertyId": await office.home(), "item": "Bulb E27", "action": "USE", "quantity": "2.50"}


async def test_stock_is_moved_by_who_says_so(manager: Player, office: Office) -> None:
    selection = (
        "inventoryAction { id quantity unitCostCents member { contact { id } } } ticket { id } events { eventType }"
    )
    told = await manager.done("recordInventoryAction", selection, **await _bulbs(office), unitCostCents=450)
    action = told["inventoryAction"]
    assert action["member"] == {"contact": {"id": str(manager.viewer.contact_id)}}
    assert (action["quantity"], action["unitCostCents"]) == ("2.50", 450)
    assert (told["ticket"], told["events"]) == (None, [{"eventType": "inventory_action_recorded"}])
    row = await office.row("property.inventory_actions", id=action["id"])
    assert (row["item"], row["action"], row["quantity"]) == ("Bulb E27", "use", Decimal("2.50"))


@pytest.mark.parametrize("status", ["open", "closed"])
async def test_stock_is_used_for_a_ticket_at_once(manager: Player, office: Office, ticket: str, status: str) -> None:
    if status == "closed":
        await office.end(ticket, status)
    told = await manager.done(
        "recordInventoryAction",
        "ticket { inventoryEvents { nodes { quantityUsed unitCostCents } } } events { eventType }",
        **await _bulbs(office),
        unitCostCents=450,
        ticketId=ticket,
    )
    assert told["ticket"] == {"inventoryEvents": {"nodes": [{"quantityUsed": "2.50", "unitCostCents": 450}]}}
    assert [event["eventType"] for event in told["events"]] == ["inventory_action_recorded", "inventory_linked"]


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"quantity": "0"}, "QUANTITY_NOT_ABOVE_ZERO", "quantity"),
        ({"quantity": "-1"}, "NUMBER_OUT_OF_RANGE", "quantity"),
        ({"quantity": "1000001"}, "NUMBER_OUT_OF_RANGE", "quantity"),
        ({"unitCostCents": -1}, "NUMBER_OUT_OF_RANGE", "unitCostCents"),
        ({"item": " "}, "TEXT_EMPTY", "item"),
        ({"item": "Bulb\nE27"}, "TEXT_UNPRINTABLE", "item"),
        ({"occurredAt": "2090-01-01T00:00:00Z"}, "MOMENT_IN_FUTURE", "occurredAt"),
        ({"ticketId": "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}, "NOT_FOUND", "ticketId"),
        ({"propertyId": "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}, "NOT_FOUND", "propertyId"),
    ],
)
async def test_stock_that_cannot_be_is_refused(
    manager: Player, office: Office, given: dict[str, Any], code: str, field: str
) -> None:
    problem = await office.refused(manager, "recordInventoryAction", **{**await _bulbs(office), **given})
    assert (problem["code"], problem["path"]) == (code, ["input", field])


async def test_outsiders_move_no_stock(tenant: Player, office: Office) -> None:
    assert (await office.refused(tenant, "recordInventoryAction", **await _bulbs(office)))["code"] == "ROLE_NEEDED"
