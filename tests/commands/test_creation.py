"""Opening tickets: by staff for anybody, by others for their own home or stay; and making them of another type."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.commands.conftest import Cast
from tests.commands.office import Office
from tests.commands.player import Player

_TICKET = "ticket { id number status workflow source priority property { id } requestor { id } }"


@pytest.fixture
async def rented(office: Office, cast: Cast) -> str:
    """A home in which the tenant lives."""
    home = await _home(office)
    tenant = cast["tenant"].contact_id
    await office.write(
        "property.tenancies", property_id=home, contact_id=tenant, starts_on=date.fromisoformat("2020-01-01")
    )
    return home


async def _home(office: Office, **values: Any) -> str:
    return await office.write("property.properties", code=f"NEW-{uuid4()}", name="A home", kind="RES", **values)


async def test_staff_opens_a_ticket_for_somebody(office: Office, manager: Player) -> None:
    guest = await office.contact("guest")
    done = await manager.done(
        "createTicket",
        _TICKET,
        ticketType="GUEST_REQUEST",
        title="A cot",
        propertyId=await office.home(),
        requestorContactId=guest,
        source="PHONE",
        priority="HIGH",
    )
    ticket = done["ticket"]
    assert ticket["number"].startswith("TK-")
    assert (ticket["status"], ticket["workflow"]) == ("OPEN", "general")
    assert (ticket["source"], ticket["priority"], ticket["requestor"]["id"]) == ("PHONE", "HIGH", guest)
    assert [row["role"] for row in await office.read("team.ticket_participants", ticket_id=ticket["id"])] == [
        "requestor"
    ]


async def test_a_tenant_reports_what_is_broken_at_home(office: Office, tenant: Player, cast: Cast, rented: str) -> None:
    done = await tenant.done(
        "createMaintenanceTicket",
        _TICKET,
        title="The tap drips",
        issueType="plumbing",
        urgency="URGENT",
        propertyId=rented,
    )
    ticket = done["ticket"]
    assert ticket["number"].startswith("MT-")
    assert (ticket["status"], ticket["source"], ticket["priority"]) == ("REPORTED", "PORTAL", "HIGH")
    job = await office.row("maintenance.jobs", ticket_id=ticket["id"])
    assert job["tenant_contact_id"] == cast["tenant"].contact_id
    roles = [row["role"] for row in await office.read("team.ticket_participants", ticket_id=ticket["id"])]
    assert sorted(roles) == ["requestor", "tenant"]


async def test_nobody_reports_from_a_home_that_is_not_theirs(office: Office, tenant: Player, rented: str) -> None:
    given = {"title": "The tap drips", "issueType": "plumbing"}
    hidden = await office.refused(tenant, "createMaintenanceTicket", **given, propertyId=await _home(office))
    assert (hidden["__typename"], hidden["path"]) == ("NotFound", ["input", "propertyId"])
    nowhere = await office.refused(tenant, "createTicket", ticketType="GENERAL", title="Hello")
    assert nowhere["code"] == "HOME_NEEDED"
    assert rented


async def test_a_home_that_is_only_a_tickets_is_not_enough(
    office: Office, tenant: Player, cast: Cast, manager: Player
) -> None:
    home = await _home(office)
    await manager.done(
        "createTicket",
        ticketType="GENERAL",
        title="A key",
        propertyId=home,
        requestorContactId=str(cast["tenant"].contact_id),
    )
    refused = await office.refused(tenant, "createTicket", ticketType="GENERAL", title="A key", propertyId=home)
    assert refused["code"] == "NOT_YOUR_HOME"


async def test_a_former_tenant_reports_nothing(office: Office, tenant: Player, cast: Cast) -> None:
    home, tenancy = (
        await _home(office),
        {"contact_id": cast["tenant"].contact_id, "starts_on": date.fromisoformat("2020-01-01")},
    )
    await office.write("property.tenancies", property_id=home, **tenancy, ends_on=date.fromisoformat("2021-01-01"))
    refused = await office.refused(tenant, "createTicket", ticketType="GENERAL", title="A key", propertyId=home)
    assert refused["__typename"] == "NotFound"


@pytest.mark.parametrize(
    ("field", "value"),
    [("source", "PHONE"), ("priority", "URGENT"), ("dueAt", "2027-01-01T00:00:00Z")],
)
async def test_what_staff_says_nobody_else_says(
    office: Office, tenant: Player, rented: str, field: str, value: str
) -> None:
    given = {"ticketType": "GENERAL", "title": "A key", "propertyId": rented, field: value}
    refused = await office.refused(tenant, "createTicket", **given)
    assert (refused["__typename"], refused["path"]) == ("Forbidden", ["input", field])


async def test_a_guest_asks_for_its_stay(office: Office, manager: Player) -> None:
    home, guest = await _home(office), await office.contact("guest")
    stay = await office.write(
        "reservations.reservations",
        property_id=home,
        guest_contact_id=guest,
        confirmation_code=f"C-{home}",
        starts_on=date.fromisoformat("2026-01-01"),
        ends_on=date.fromisoformat("2026-01-08"),
        status="confirmed",
    )
    done = await manager.done("createTicket", _TICKET, ticketType="GUEST_REQUEST", title="Towels", reservationId=stay)
    assert done["ticket"]["property"]["id"] == home
    elsewhere = await office.refused(
        manager,
        "createTicket",
        ticketType="GUEST_REQUEST",
        title="Towels",
        reservationId=stay,
        propertyId=await _home(office),
    )
    assert elsewhere["code"] == "STAY_ELSEWHERE"


async def test_who_lives_there_is_the_tenant_unless_it_is_not_clear(
    office: Office, manager: Player, rented: str
) -> None:
    given = {"title": "Damp", "issueType": "damp", "propertyId": rented}
    one = await manager.done("createMaintenanceTicket", "ticket { job { tenant { id } } }", **given)
    assert one["ticket"]["job"]["tenant"] is not None
    vacant = await manager.done(
        "createMaintenanceTicket", "ticket { job { tenant { id } } }", **given, tenantContactId=None
    )
    assert vacant["ticket"]["job"]["tenant"] is None
    other = await office.contact("tenant")
    await office.write(
        "property.tenancies", property_id=rented, contact_id=other, starts_on=date.fromisoformat("2020-01-01")
    )
    two = await manager.done("createMaintenanceTicket", "ticket { job { tenant { id } } }", **given)
    assert two["ticket"]["job"]["tenant"] is None


async def test_a_repair_is_opened_by_its_own_command(office: Office, manager: Player) -> None:
    refused = await office.refused(manager, "createTicket", ticketType="MAINTENANCE", title="A tap")
    assert refused["code"] == "MAINTENANCE_ELSEWHERE"


async def test_a_ticket_is_not_given_to_who_no_longer_works_here(office: Office, manager: Player) -> None:
    gone = await office.member(active=False)
    refused = await office.refused(manager, "createTicket", ticketType="GENERAL", title="A key", agentId=gone)
    assert (refused["code"], refused["path"]) == ("MEMBER_INACTIVE", ["input", "agentId"])


async def test_a_ticket_becomes_a_repair_and_back(office: Office, manager: Player, ticket: str) -> None:
    unsaid = await office.refused(manager, "convertTicket", ticketId=ticket, ticketType="MAINTENANCE")
    assert unsaid["code"] == "ISSUE_TYPE_NEEDED"
    fields = "ticket { number status workflow job { issueType } } events { eventType }"
    repair = await manager.done(
        "convertTicket", fields, ticketId=ticket, ticketType="MAINTENANCE", issueType="heating", urgency="EMERGENCY"
    )
    assert (repair["ticket"]["status"], repair["ticket"]["workflow"]) == ("REPORTED", "maintenance")
    assert repair["ticket"]["number"].startswith("TK-")
    assert repair["ticket"]["job"] == {"issueType": "heating"}
    assert "ticket_converted" in [event["eventType"] for event in repair["events"]]
    again = await manager.done("convertTicket", fields, ticketId=ticket, ticketType="CLEANING")
    assert (again["ticket"]["status"], again["ticket"]["job"]) == ("OPEN", None)


async def test_a_ticket_that_is_worked_on_keeps_its_type(office: Office, manager: Player, ticket: str) -> None:
    await manager.done("transitionTicket", ticketId=ticket, to="IN_PROGRESS")
    refused = await office.refused(manager, "convertTicket", ticketId=ticket, ticketType="CLEANING")
    assert (refused["__typename"], refused["code"]) == ("Conflict", "WORK_HAS_STARTED")
