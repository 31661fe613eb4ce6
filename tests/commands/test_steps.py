"""Tickets assigned, held, resumed, cancelled, closed; merged; and repairs given to vendors."""

from __future__ import annotations

import pytest

from tests.commands.office import Office
from tests.commands.player import Player

_STATUS = "ticket { status heldFrom holdReason heldUntil }"


async def test_a_ticket_waits_and_goes_on(manager: Player, office: Office, ticket: str) -> None:
    held = await manager.done(
        "holdTicket", _STATUS, ticketId=ticket, reason="The part is ordered.", until="2027-01-01T00:00:00Z"
    )
    assert held["ticket"] == {
        "status": "WAITING",
        "heldFrom": "OPEN",
        "holdReason": "The part is ordered.",
        "heldUntil": "2027-01-01T00:00:00+00:00",
    }
    assert (await office.refused(manager, "holdTicket", ticketId=ticket, reason="Again"))["code"] == "ALREADY_ON_HOLD"
    resumed = await manager.done("resumeTicket", _STATUS, ticketId=ticket)
    assert resumed["ticket"] == {"status": "IN_PROGRESS", "heldFrom": None, "holdReason": None, "heldUntil": None}
    assert (await office.refused(manager, "resumeTicket", ticketId=ticket))["code"] == "NOT_ON_HOLD"


async def test_a_repair_on_hold_returns_to_where_it_was(manager: Player, office: Office) -> None:
    repair = await office.repair(await office.company())
    await manager.done("transitionTicket", ticketId=repair, to="VENDOR_CONTACTED")
    held = await manager.done("holdTicket", _STATUS, ticketId=repair, reason="The owner is away.")
    assert (held["ticket"]["status"], held["ticket"]["heldFrom"]) == ("ON_HOLD", "VENDOR_CONTACTED")
    assert (await manager.done("resumeTicket", _STATUS, ticketId=repair))["ticket"]["status"] == "VENDOR_CONTACTED"


async def test_a_cancellation_says_why(manager: Player, tenant: Player, office: Office, ticket: str) -> None:
    assert (await office.refused(manager, "cancelTicket", ticketId=ticket, reason="OTHER"))["code"] == "NOTE_NEEDED"
    clockwork = await office.refused(manager, "cancelTicket", ticketId=ticket, reason="TENANT_NO_RESPONSE_TIMEOUT")
    assert clockwork["code"] == "REASON_OF_CLOCKWORK"
    done = await tenant.done(
        "cancelTicket", "ticket { status cancelReason cancelledBy }", ticketId=ticket, reason="NOT_NEEDED"
    )
    assert done["ticket"] == {"status": "CANCELLED", "cancelReason": "NOT_NEEDED", "cancelledBy": "TENANT"}
    again = await office.refused(manager, "cancelTicket", ticketId=ticket, reason="NOT_NEEDED")
    assert again["code"] == "ALREADY_CANCELLED"


async def test_only_a_manager_closes_although_something_is_missing(
    manager: Player, players: dict[str, Player], office: Office, ticket: str
) -> None:
    await manager.done("transitionTicket", ticketId=ticket, to="RESOLVED")
    refused = await office.refused(players["agent"], "closeTicket", ticketId=ticket, override="I say so.")
    assert (refused["__typename"], refused["code"]) == ("Forbidden", "MANAGER_NEEDED")
    done = await manager.done(
        "closeTicket", "ticket { status closureOverride totalDaysOpen }", ticketId=ticket, override="Agreed by phone."
    )
    assert done["ticket"] == {"status": "CLOSED", "closureOverride": "Agreed by phone.", "totalDaysOpen": 0}


async def test_assigning_changes_no_status(manager: Player, office: Office, ticket: str) -> None:
    member = await office.member()
    fields = "ticket { status currentAgent { id } currentTeam { id } } events { eventType }"
    done = await manager.done("assignTicket", fields, ticketId=ticket, agentId=member)
    assert done["ticket"] == {"status": "OPEN", "currentAgent": {"id": member}, "currentTeam": None}
    assert done["events"] == [{"eventType": "ticket_assigned"}]
    freed = await manager.done("assignTicket", fields, ticketId=ticket, agentId=None)
    assert freed["ticket"]["currentAgent"] is None
    assert (await office.refused(manager, "assignTicket", ticketId=ticket))["code"] == "NOTHING_SAID"
    gone = await office.member(active=False)
    refused = await office.refused(manager, "assignTicket", ticketId=ticket, agentId=gone)
    assert refused["code"] == "MEMBER_INACTIVE"


async def test_a_duplicate_gives_its_links_to_the_ticket_that_stays(
    manager: Player, office: Office, ticket: str
) -> None:
    other = await office.write("team.tickets", ticket_type="general", title="A tap drips too", source="phone")
    both, one = await office.contact("guest"), await office.contact("guest")
    for owner, contact in ((ticket, both), (other, both), (ticket, one)):
        await office.write("team.ticket_participants", ticket_id=owner, contact_id=contact, role="cc")
    done = await manager.done(
        "mergeTickets",
        "ticket { status cancelReason cancelNote } into { id number status }",
        ticketId=ticket,
        intoTicketId=other,
    )
    assert done["ticket"]["status"] == "CANCELLED"
    assert done["ticket"]["cancelReason"] == "DUPLICATE"
    assert done["ticket"]["cancelNote"] == f"Merged into {done['into']['number']}."
    assert (done["into"]["id"], done["into"]["status"]) == (other, "OPEN")
    moved = {str(row["contact_id"]) for row in await office.read("team.ticket_participants", ticket_id=other)}
    assert moved >= {both, one}
    left = [str(row["contact_id"]) for row in await office.read("team.ticket_participants", ticket_id=ticket)]
    assert left == [both]


async def test_a_ticket_is_merged_neither_into_itself_nor_into_one_that_has_ended(
    manager: Player, office: Office, ticket: str
) -> None:
    itself = await office.refused(manager, "mergeTickets", ticketId=ticket, intoTicketId=ticket)
    assert itself["code"] == "SAME_TICKET"
    ended = await office.write("team.tickets", ticket_type="general", title="Done", source="phone")
    await office.end(ended, "closed")
    refused = await office.refused(manager, "mergeTickets", ticketId=ticket, intoTicketId=ended)
    assert refused["code"] == "TARGET_ENDED"


async def test_a_vendor_is_asked_by_its_telephone_number_the_active_record_first(
    manager: Player, office: Office
) -> None:
    number = "+34911234567"
    await office.write("directory.companies", name="Old Plumbers", kind="vendor", phone=number, active=False)
    active = await office.write("directory.companies", name="Plumbers", kind="vendor", phone=number)
    repair = await office.repair()
    fields = "ticket { status job { assignedVendor { id } } vendors { nodes { role } } }"
    done = await manager.done("contactVendor", fields, ticketId=repair, phone="+34 911 23 45 67")
    assert done["ticket"]["status"] == "VENDOR_CONTACTED"
    assert done["ticket"]["job"]["assignedVendor"]["id"] == active
    assert done["ticket"]["vendors"]["nodes"] == [{"role": "ASSIGNED"}]
    unknown = await office.refused(manager, "contactVendor", ticketId=repair, email="nobody@example.com")
    assert (unknown["__typename"], unknown["path"]) == ("NotFound", ["input", "email"])


@pytest.mark.parametrize("given", [{}, {"phone": "+34911234567", "email": "plumbers@example.com"}])
async def test_a_vendor_is_named_in_one_way(manager: Player, office: Office, given: dict[str, str]) -> None:
    refused = await office.refused(manager, "contactVendor", ticketId=await office.repair(), **given)
    assert refused["code"] == "ONE_VENDOR"


async def test_a_vendor_that_takes_no_work_is_neither_asked_nor_assigned(manager: Player, office: Office) -> None:
    repair, idle = await office.repair(), await office.company("association")
    for command in ("contactVendor", "assignVendor"):
        refused = await office.refused(manager, command, ticketId=repair, vendorId=idle)
        assert refused["code"] == "VENDOR_INACTIVE"


async def test_an_approval_names_what_it_approves(manager: Player, office: Office) -> None:
    vendor = await office.company()
    repair = await office.repair(vendor)
    await manager.done("submitQuote", ticketId=repair, vendorId=vendor, amountCents="900000", scope="All of it")
    blind = await office.refused(manager, "decideApproval", ticketId=repair, decision="APPROVED")
    assert blind["code"] == "WHAT_IS_APPROVED"
    unreasoned = await office.refused(manager, "decideApproval", ticketId=repair, decision="REJECTED")
    assert unreasoned["code"] == "REASON_NEEDED"
