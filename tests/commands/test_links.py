"""What hangs on a ticket is put there once, taken off once, and each is told as an event."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.commands.office import Office
from tests.commands.player import Player

_DAY = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Kind:
    """A kind of link, as a test tries it. `key` is the value that names the other row, `also` are the others."""

    noun: str
    table: str
    key: str
    make: Callable[[Office], Awaitable[str]]
    also: dict[str, Any]
    event: str

    @property
    def column(self) -> str:
        return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in self.key)


async def _visit(office: Office, table: str, kind: str) -> str:
    values = {"property_id": await office.home(), "kind": kind, "status": "scheduled", "scheduled_at": _DAY}
    return await office.write(table, **values)


async def _shift(office: Office) -> str:
    return await office.write("team.team_shifts", member_id=await office.member(), starts_at=_DAY)


async def _stock(office: Office) -> str:
    values = {"item": "Bulb", "action": "use", "quantity": Decimal(4), "occurred_at": _DAY}
    return await office.write("property.inventory_actions", property_id=await office.home(), **values)


async def _money(office: Office) -> str:
    values = {"amount_cents": 700, "currency": "EUR", "type": "charge", "occurred_at": _DAY}
    return await office.write("finance.transactions", **values)


KINDS = [
    Kind(
        "Property",
        "team.ticket_properties",
        "propertyId",
        lambda o: o.home(1),
        {"role": "SHARED"},
        "property",
    ),
    Kind(
        "Homeowner",
        "team.ticket_homeowners",
        "homeownerId",
        lambda o: o.contact("homeowner"),
        {"role": "CO_OWNER"},
        "homeowner",
    ),
    Kind("Vendor", "team.ticket_vendors", "vendorId", lambda o: o.company(), {"role": "SUPPLIER"}, "vendor"),
    Kind("Shift", "team.ticket_shifts", "shiftId", _shift, {"role": "COVERED"}, "shift"),
    Kind(
        "Inspection",
        "team.ticket_inspections",
        "inspectionId",
        lambda o: _visit(o, "property.inspections", "safety"),
        {},
        "inspection",
    ),
    Kind("Clean", "team.ticket_cleans", "cleanId", lambda o: _visit(o, "property.cleans", "deep"), {}, "clean"),
    Kind(
        "InventoryAction",
        "team.ticket_inventory_events",
        "inventoryEventId",
        _stock,
        {"quantityUsed": "1.5", "unitCostCents": 450},
        "inventory",
    ),
    Kind(
        "Transaction",
        "team.ticket_transactions",
        "transactionId",
        _money,
        {"role": "CHARGE"},
        "transaction",
    ),
]
_EVERY = pytest.mark.parametrize("kind", KINDS, ids=[kind.noun for kind in KINDS])


@_EVERY
@pytest.mark.parametrize("status", ["open", "closed", "cancelled"])
async def test_a_link_is_put_on_and_taken_off_whatever_the_status(
    manager: Player, office: Office, ticket: str, kind: Kind, status: str
) -> None:
    if status != "open":
        await office.end(ticket, status)
    other = {"ticketId": ticket, kind.key: await kind.make(office)}
    told = await manager.done(
        f"link{kind.noun}", "ticket { id } link { id } events { eventType }", **other, **kind.also
    )
    assert told["ticket"] == {"id": ticket}
    assert told["events"] == [{"eventType": f"{kind.event}_linked"}]
    row = await office.row(kind.table, ticket_id=ticket)
    assert (str(row["id"]), str(row[kind.column])) == (told["link"]["id"], other[kind.key])
    told = await manager.done(f"unlink{kind.noun}", "ticket { id } events { eventType }", **other)
    assert told == {"ticket": {"id": ticket}, "events": [{"eventType": f"{kind.event}_removed"}]}
    assert await office.read(kind.table, ticket_id=ticket) == []


@_EVERY
async def test_what_is_linked_is_not_linked_twice(manager: Player, office: Office, ticket: str, kind: Kind) -> None:
    given = {"ticketId": ticket, kind.key: await kind.make(office), **kind.also}
    await manager.done(f"link{kind.noun}", **given)
    problem = await office.refused(manager, f"link{kind.noun}", **given)
    assert (problem["__typename"], problem["code"]) == ("Conflict", "ALREADY_LINKED")
    assert problem["path"] == ["input", kind.key]


@_EVERY
async def test_what_is_not_linked_is_not_unlinked(manager: Player, office: Office, ticket: str, kind: Kind) -> None:
    problem = await office.refused(
        manager, f"unlink{kind.noun}", ticketId=ticket, **{kind.key: await kind.make(office)}
    )
    assert (problem["__typename"], problem["code"]) == ("Conflict", "NOT_LINKED")
    assert problem["path"] == ["input", kind.key]


@_EVERY
async def test_wrong_ids_and_wrong_roles_link_nothing(
    players: dict[str, Player], manager: Player, tenant: Player, office: Office, ticket: str, kind: Kind
) -> None:
    for wrong in (str(uuid4()), ticket):
        for command, also in ((f"link{kind.noun}", kind.also), (f"unlink{kind.noun}", {})):
            problem = await office.refused(manager, command, ticketId=ticket, **{kind.key: wrong}, **also)
            assert (problem["code"], problem["path"]) == ("NOT_FOUND", ["input", kind.key])
    given = {"ticketId": ticket, kind.key: await kind.make(office)}
    for player in (tenant, players["analyst"], players["system"]):
        for command, also in ((f"link{kind.noun}", kind.also), (f"unlink{kind.noun}", {})):
            problem = await office.refused(player, command, **given, **also)
            assert problem["__typename"] == "Forbidden"


async def test_a_role_is_taken_off_without_the_other(manager: Player, office: Office, ticket: str) -> None:
    given = {"ticketId": ticket, "shiftId": await _shift(office)}
    await manager.done("linkShift", **given, role="WORKED")
    await manager.done("linkShift", **given, role="COVERED")
    await manager.done("unlinkShift", **given, role="WORKED")
    problem = await office.refused(manager, "unlinkShift", **given, role="WORKED")
    assert problem["code"] == "NOT_LINKED"
    assert (await office.row("team.ticket_shifts", ticket_id=ticket))["role"] == "covered"


async def test_stock_is_used_in_quantities_above_zero(manager: Player, office: Office, ticket: str) -> None:
    given = {"ticketId": ticket, "inventoryEventId": await _stock(office)}
    problem = await office.refused(manager, "linkInventoryAction", **given, quantityUsed="0")
    assert (problem["__typename"], problem["code"]) == ("Invalid", "QUANTITY_NOT_ABOVE_ZERO")
    assert problem["path"] == ["input", "quantityUsed"]
    problem = await office.refused(manager, "linkInventoryAction", **given, quantityUsed="1", unitCostCents=-1)
    assert (problem["code"], problem["path"]) == ("NUMBER_OUT_OF_RANGE", ["input", "unitCostCents"])


async def test_a_photo_is_taken_off_and_its_file_stays(manager: Player, office: Office, ticket: str) -> None:
    values = {"storage_key": f"aa/{uuid4()}", "file_name": "tap.jpg", "media_type": "image/jpeg", "byte_size": 3}
    file = await office.write("files.files", **values, sha256="0" * 64)
    given = {"ticketId": ticket, "fileId": file}
    assert (await office.refused(manager, "unlinkPhoto", **given))["code"] == "NOT_LINKED"
    await office.write("team.ticket_photos", ticket_id=ticket, file_id=file, photo_type="issue")
    told = await manager.done("unlinkPhoto", "events { eventType }", **given)
    assert told["events"] == [{"eventType": "photo_removed"}]
    assert await office.read("team.ticket_photos", ticket_id=ticket) == []
    assert await office.row("files.files", id=file)


class TestVendors:
    """A vendor's part gives it sight of the ticket, so it comes and goes with more care."""

    @pytest.mark.parametrize("role", ["ASSIGNED", "DECLINED"])
    async def test_other_roles_come_by_other_commands(
        self, manager: Player, office: Office, ticket: str, role: str
    ) -> None:
        given = {"ticketId": ticket, "vendorId": await office.company(), "role": role}
        for command in ("linkVendor", "unlinkVendor"):
            problem = await office.refused(manager, command, **given)
            assert (problem["__typename"], problem["code"]) == ("Invalid", "ROLE_NOT_BY_HAND")
            assert problem["path"] == ["input", "role"]

    async def test_who_takes_no_work_is_not_involved(self, manager: Player, office: Office, ticket: str) -> None:
        idle = await office.company()
        await office.write("directory.vendor_profiles", company_id=idle, specialties=[], active=False)
        for company in (idle, await office.company("association")):
            problem = await office.refused(manager, "linkVendor", ticketId=ticket, vendorId=company, role="QUOTING")
            assert (problem["__typename"], problem["code"]) == ("Conflict", "VENDOR_INACTIVE")

    async def test_a_quoting_vendor_is_declined_and_may_be_asked_again(self, manager: Player, office: Office) -> None:
        repair, vendor = await office.repair(), await office.company()
        given = {"ticketId": repair, "vendorId": vendor}
        await manager.done("linkVendor", **given, role="QUOTING")
        told = await manager.done("unlinkVendor", "events { eventType }", **given)
        assert [event["eventType"] for event in told["events"]] == ["vendor_removed", "vendor_linked"]
        assert (await office.row("team.ticket_vendors", ticket_id=repair))["role"] == "declined"
        assert (await office.refused(manager, "unlinkVendor", **given))["code"] == "NOT_LINKED"
        await manager.done("linkVendor", **given, role="QUOTING")
        assert (await office.row("team.ticket_vendors", ticket_id=repair))["role"] == "quoting"

    async def test_a_supplier_goes_without_a_trace_and_a_quoting_part_stays(
        self, manager: Player, office: Office, ticket: str
    ) -> None:
        given = {"ticketId": ticket, "vendorId": await office.company()}
        await manager.done("linkVendor", **given, role="QUOTING")
        await manager.done("linkVendor", **given, role="SUPPLIER")
        await manager.done("unlinkVendor", **given, role="SUPPLIER")
        assert (await office.row("team.ticket_vendors", ticket_id=ticket))["role"] == "quoting"

    async def test_the_assigned_vendor_quotes_anyway_and_is_not_unlinked(self, manager: Player, office: Office) -> None:
        vendor = await office.company()
        given = {"ticketId": await office.repair(vendor), "vendorId": vendor}
        assert (await office.refused(manager, "unlinkVendor", **given))["code"] == "VENDOR_ASSIGNED"
        assert (await office.refused(manager, "linkVendor", **given, role="QUOTING"))["code"] == "ALREADY_LINKED"
        await manager.done("linkVendor", **given, role="SUPPLIER")
        await manager.done("unlinkVendor", **given)
        assert (await office.row("team.ticket_vendors", ticket_id=given["ticketId"]))["role"] == "assigned"
