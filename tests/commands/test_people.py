"""Who takes part in a ticket, sees it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.commands.office import Office
from tests.commands.player import Player

_TABLE = "team.ticket_participants"


async def test_a_participant_sees_the_ticket_until_they_are_removed(
    players: dict[str, Player], manager: Player, ticket: str
) -> None:
    stranger = players["stranger"]
    look = "query ($id: ID!) { ticket(id: $id) { title } }"
    assert await stranger.ask(look, id=ticket) == {"ticket": None}
    told = await manager.done(
        "addParticipant",
        "participant { id role notify } events { eventType }",
        ticketId=ticket,
        contactId=str(stranger.viewer.contact_id),
        role="CC",
        notify=False,
    )
    assert told["events"] == [{"eventType": "participant_added"}]
    part = told["participant"]
    assert (part["role"], part["notify"]) == ("CC", False)
    assert await stranger.ask(look, id=ticket) == {"ticket": {"title": "A tap drips"}}

    selection = "ticket { participants { totalCount } } events { eventType }"
    told = await manager.done("removeParticipant", selection, ticketId=ticket, participantId=part["id"])
    assert told == {"ticket": {"participants": {"totalCount": 0}}, "events": [{"eventType": "participant_removed"}]}
    assert await stranger.ask(look, id=ticket) == {"ticket": None}


async def test_somebody_takes_part_once_in_a_role(manager: Player, office: Office, ticket: str) -> None:
    given = {"ticketId": ticket, "contactId": await office.contact("guest")}
    await manager.done("addParticipant", **given, role="GUEST")
    problem = await office.refused(manager, "addParticipant", **given, role="GUEST")
    assert (problem["__typename"], problem["code"]) == ("Conflict", "ALREADY_PARTICIPANT")
    await manager.done("addParticipant", **given, role="CC")
    assert len(await office.read(_TABLE, ticket_id=ticket)) == 2


async def test_a_part_in_another_ticket_is_not_removed_here(manager: Player, office: Office, ticket: str) -> None:
    part = await office.write(
        _TABLE, ticket_id=await office.repair(), contact_id=await office.contact("guest"), role="cc"
    )
    problem = await office.refused(manager, "removeParticipant", ticketId=ticket, participantId=part)
    assert (problem["__typename"], problem["code"]) == ("Conflict", "NOT_LINKED")
    assert problem["path"] == ["input", "participantId"]


@pytest.mark.parametrize("status", ["closed", "cancelled"])
async def test_a_ticket_that_has_ended_takes_participants_still(
    manager: Player, office: Office, ticket: str, status: str
) -> None:
    await office.end(ticket, status)
    contact = await office.contact("homeowner")
    told = await manager.done("addParticipant", "participant { id }", ticketId=ticket, contactId=contact, role="OWNER")
    await manager.done("removeParticipant", ticketId=ticket, participantId=told["participant"]["id"])


async def test_outsiders_do_not_say_who_takes_part(tenant: Player, office: Office, ticket: str) -> None:
    own = str(tenant.viewer.contact_id)
    problem = await office.refused(tenant, "addParticipant", ticketId=ticket, contactId=own, role="CC")
    assert (problem["__typename"], problem["code"]) == ("Forbidden", "ROLE_NEEDED")
    part = await office.write(_TABLE, ticket_id=ticket, contact_id=own, role="requestor")
    problem = await office.refused(tenant, "removeParticipant", ticketId=ticket, participantId=part)
    assert problem["code"] == "ROLE_NEEDED"


async def test_people_out_of_sight_are_not_found(
    players: dict[str, Player], manager: Player, office: Office, ticket: str
) -> None:
    for contact in (str(uuid4()), ticket):
        problem = await office.refused(manager, "addParticipant", ticketId=ticket, contactId=contact, role="CC")
        assert (problem["code"], problem["path"]) == ("NOT_FOUND", ["input", "contactId"])
    contact = await office.contact("guest")
    told = await players["neighbour"].problems("addParticipant", ticketId=ticket, contactId=contact, role="CC")
    assert [problem["path"] for problem in told] == [["input", "ticketId"], ["input", "contactId"]]
