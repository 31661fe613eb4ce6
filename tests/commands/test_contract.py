"""What all commands share: checks before the handler, events, payloads, several commands in one operation."""

from __future__ import annotations

from uuid import uuid4

import pytest

from db.pool import Connection
from tests.commands.player import Player

_STATUS = "SELECT status FROM team.tickets WHERE id = $1"
_COMMENTS = "SELECT count(*) FROM team.ticket_comments WHERE ticket_id = $1"


async def test_the_payload_tells_what_was_written(manager: Player, ticket: str) -> None:
    told = await manager.done(
        "transitionTicket",
        "ticket { id status version } events { eventType requestId details }",
        ticketId=ticket,
        to="IN_PROGRESS",
        reason="The parts are here.",
    )
    assert told["ticket"] == {"id": ticket, "status": "IN_PROGRESS", "version": 2}
    (event,) = told["events"]
    assert (event["eventType"], event["requestId"]) == ("status_changed", "a-request")
    assert event["details"]["reason"] == "The parts are here."


async def test_a_payload_follows_edges_over_what_was_written(manager: Player, ticket: str) -> None:
    selection = "comment { body author { fullName } ticket { comments { totalCount nodes { body } } } }"
    told = await manager.done("addComment", selection, ticketId=ticket, body="On my way.")
    assert told["comment"]["ticket"]["comments"] == {"totalCount": 1, "nodes": [{"body": "On my way."}]}
    assert told["comment"]["author"]["fullName"]


async def test_a_payload_tells_what_may_be_done_next(manager: Player, ticket: str) -> None:
    selection = """ticket { availableTransitions { to open missing { code } } gates { cost { passed } }
        timeline(last: 1) { nodes { ... on AuditEvent { eventType } } } }"""
    told = (await manager.done("transitionTicket", selection, ticketId=ticket, to="IN_PROGRESS"))["ticket"]
    assert [step["to"] for step in told["availableTransitions"] if step["open"]] == [
        "OPEN",
        "WAITING",
        "RESOLVED",
        "CANCELLED",
    ]
    assert told["gates"] is None
    assert told["timeline"]["nodes"] == [{"eventType": "status_changed"}]


async def test_what_was_left_out_stays_and_null_empties(manager: Player, ticket: str) -> None:
    selection = "ticket { title description priority dueAt }"
    first = {"description": "It drips.", "priority": "HIGH", "dueAt": "2026-11-02T09:00:00+01:00"}
    told = await manager.done("updateTicket", selection, ticketId=ticket, **first)
    assert told["ticket"] == {"title": "A tap drips", **first, "dueAt": "2026-11-02T08:00:00+00:00"}
    told = await manager.done("updateTicket", selection, ticketId=ticket, description=None)
    assert told["ticket"]["description"] is None
    assert told["ticket"]["priority"] == "HIGH"


async def test_a_refused_transition_tells_what_is_allowed_and_the_ticket_as_it_stands(
    manager: Player, ticket: str, owner: Connection
) -> None:
    selection = """ticket { status version } events { id } problems { __typename code message path
        ... on TransitionRefused { from to allowed missing { code message role } } }"""
    told = await manager.do("transitionTicket", selection, ticketId=ticket, to="CLOSED")
    assert told["ticket"] == {"status": "OPEN", "version": 1}
    assert told["events"] == []
    (problem,) = told["problems"]
    assert (problem["__typename"], problem["code"]) == ("TransitionRefused", "TRANSITION_REFUSED")
    assert (problem["from"], problem["to"]) == ("OPEN", "CLOSED")
    assert problem["allowed"] == ["IN_PROGRESS", "WAITING", "RESOLVED", "CANCELLED"]
    assert problem["missing"][0]["code"] == "NO_SUCH_STEP"
    assert await owner.fetchval(_STATUS, ticket) == "open"


async def test_a_stale_version_is_told_with_what_happened_since_and_by_whom(manager: Player, ticket: str) -> None:
    await manager.done("updateTicket", ticketId=ticket, priority="HIGH")
    await manager.done("transitionTicket", ticketId=ticket, to="IN_PROGRESS")
    selection = "... on VersionConflict { expected actual changes { eventType actorType actor occurredAt } }"
    problem = await manager.problem("updateTicket", selection, ticketId=ticket, title="Another", expectedVersion=1)
    assert (problem["__typename"], problem["code"]) == ("VersionConflict", "VERSION_CONFLICT")
    assert problem["path"] == ["input", "expectedVersion"]
    assert (problem["expected"], problem["actual"]) == (1, 3)
    assert [change["eventType"] for change in problem["changes"]] == ["ticket_updated", "status_changed"]
    assert {change["actorType"] for change in problem["changes"]} == {"MANAGER"}
    assert all(change["actor"] and change["occurredAt"].endswith("Z") for change in problem["changes"])


async def test_the_actual_version_lets_a_command_pass(manager: Player, ticket: str) -> None:
    told = await manager.done("updateTicket", "ticket { version }", ticketId=ticket, title="Tap", expectedVersion=1)
    assert told["ticket"]["version"] == 2
    problem = await manager.problem("updateTicket", ticketId=ticket, title="Another", expectedVersion=99)
    assert problem["code"] == "VERSION_CONFLICT"


async def test_an_id_out_of_sight_is_not_found_just_as_one_that_does_not_exist(
    players: dict[str, Player], ticket: str
) -> None:
    for name, given in (("neighbour", ticket), ("manager", str(uuid4())), ("stranger", ticket)):
        told = await players[name].do(
            "addComment", "comment { id } problems { __typename code path }", ticketId=given, body="Hm."
        )
        assert told["comment"] is None
        assert told["problems"] == [{"__typename": "NotFound", "code": "NOT_FOUND", "path": ["input", "ticketId"]}]


async def test_every_id_out_of_sight_is_told_with_its_place(manager: Player, owner: Connection) -> None:
    home = await owner.fetchval("SELECT id FROM property.properties WHERE operator_id = $1", manager.viewer.operator_id)
    unknown = [str(uuid4()) for _ in range(2)]
    window = {"startsAt": "2026-01-01T00:00:00Z", "propertyId": unknown[1], "note": "Visit"}
    problems = await manager.problems("say", text="Hi", cents=1, homeIds=[str(home), unknown[0]], windows=[window])
    assert [problem["path"] for problem in problems] == [
        ["input", "homeIds", "1"],
        ["input", "windows", "0", "propertyId"],
    ]


@pytest.mark.parametrize(
    ("name", "code"), [("reader", "READ_ONLY"), ("analyst", "READ_ONLY"), ("agent", "ROLE_NEEDED")]
)
async def test_a_role_that_may_not_is_told_which_may(
    players: dict[str, Player], ticket: str, owner: Connection, name: str, code: str
) -> None:
    problem = await players[name].problem("remark", "... on Forbidden { role }", ticketId=ticket, bodies=["Hm."])
    assert (problem["__typename"], problem["code"]) == ("Forbidden", code)
    assert problem["role"] == ("manager" if code == "ROLE_NEEDED" else None)
    assert await owner.fetchval(_COMMENTS, ticket) == 0


async def test_commands_run_one_after_the_other_and_a_refused_one_stops_none(
    manager: Player, ticket: str, owner: Connection
) -> None:
    document = """mutation ($id: ID!, $no: Boolean = false) {
        __typename
        first: transitionTicket(input: {ticketId: $id, to: IN_PROGRESS}) { ...Told }
        no: transitionTicket(input: {ticketId: $id, to: OPEN}) @include(if: $no) { ...Told }
        ...Rest
    }
    fragment Rest on Mutation {
        second: transitionTicket(input: {ticketId: $id, to: CLOSED}) { ...Told }
        ... on Mutation { third: transitionTicket(input: {ticketId: $id, to: WAITING}) @skip(if: $no) { ...Told } }
    }
    fragment Told on TransitionTicketPayload { ticket { status version } problems { code } }"""
    told = await manager.ask(document, id=ticket)
    assert list(told) == ["__typename", "first", "second", "third"]
    assert told["__typename"] == "Mutation"
    assert told["first"] == {"ticket": {"status": "IN_PROGRESS", "version": 2}, "problems": []}
    assert told["second"]["ticket"] == {"status": "IN_PROGRESS", "version": 2}
    assert told["second"]["problems"] == [{"code": "TRANSITION_REFUSED"}]
    assert told["third"] == {"ticket": {"status": "WAITING", "version": 3}, "problems": []}
    assert await owner.fetchval(_STATUS, ticket) == "waiting"


async def test_a_command_whose_payload_asks_for_nothing_is_done_all_the_same(
    manager: Player, ticket: str, owner: Connection
) -> None:
    document = 'mutation ($id: ID!) { addComment(input: {ticketId: $id, body: "Hm."}) { __typename } }'
    assert await manager.ask(document, id=ticket) == {"addComment": {"__typename": "AddCommentPayload"}}
    assert await owner.fetchval(_COMMENTS, ticket) == 1


async def test_a_part_may_be_refused_without_the_whole(manager: Player, ticket: str, owner: Connection) -> None:
    bodies = ["one", "refuse", "two", "break", "three"]
    told = await manager.done("remark", "comments { body } skipped", ticketId=ticket, bodies=bodies)
    assert [comment["body"] for comment in told["comments"]] == ["one", "two", "three"]
    assert told["skipped"] == ["NO_REMARK", "VALUE_INVALID"]
    assert await owner.fetchval(_COMMENTS, ticket) == 3


async def test_what_cannot_be_asked_of_the_payload_is_an_error_and_the_command_is_done(
    manager: Player, ticket: str, owner: Connection
) -> None:
    document = """mutation ($id: ID!) {
        addComment(input: {ticketId: $id, body: "Hm."}) { comment { ticket { comments(first: -1) { totalCount } } } }
    }"""
    error = await manager.error(document, {"id": ticket})
    assert error.extensions == {"code": "BAD_USER_INPUT"}
    assert await owner.fetchval(_COMMENTS, ticket) == 1
