"""Many tickets at once: each as the command for one does it, or all of them or none."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.commands.office import Office
from tests.commands.player import Player

_RESULTS = """results {
        ticketId ticket { id status version currentAgent { id } }
        problems { __typename code message path
            ... on TransitionRefused { from to allowed missing { code message role } } }
    }
    events { eventType entityId }"""


@pytest.fixture
async def tickets(office: Office) -> list[str]:
    """Three tickets; the second one is closed. Not in the order of their ids."""
    values = {"ticket_type": "general", "title": "A lamp", "source": "phone"}
    found = [await office.write("team.tickets", **values) for _ in range(3)]
    found.reverse()
    await office.end(found[1], "closed")
    return found


async def _statuses(office: Office, tickets: list[str]) -> list[str]:
    return [(await office.row("team.tickets", id=ticket))["status"] for ticket in tickets]


async def test_each_ticket_has_its_own_result_in_the_order_of_the_ids(
    manager: Player, office: Office, tickets: list[str]
) -> None:
    given = {"to": "WAITING", "reason": "The shop is shut."}
    told = await manager.done("transitionTickets", _RESULTS, ticketIds=tickets, **given)
    assert [each["ticketId"] for each in told["results"]] == tickets
    assert [each["ticket"]["id"] for each in told["results"]] == tickets
    assert [each["ticket"]["status"] for each in told["results"]] == ["WAITING", "CLOSED", "WAITING"]
    first, second, third = [each["problems"] for each in told["results"]]
    assert first == third == []
    single = "__typename code message ... on TransitionRefused { from to allowed missing { code message role } }"
    alone = await manager.problem("transitionTicket", single, ticketId=tickets[1], **given)
    assert second == [{**alone, "path": ["input", "ticketIds", "1"]}]
    assert alone["__typename"] == "TransitionRefused"
    assert [(event["eventType"], event["entityId"]) for event in told["events"]] == [
        ("status_changed", tickets[0]),
        ("status_changed", tickets[2]),
    ]
    assert await _statuses(office, tickets) == ["waiting", "closed", "waiting"]
    rows = [await office.row("team.tickets", id=ticket) for ticket in tickets]
    assert [row["hold_reason"] for row in rows] == ["The shop is shut.", None, "The shop is shut."]


async def test_one_refusal_refuses_the_whole_where_that_is_wanted(
    manager: Player, office: Office, tickets: list[str]
) -> None:
    await office.end(tickets[2], "cancelled")
    before = await _statuses(office, tickets)
    told = await manager.do(
        "transitionTickets",
        f"{_RESULTS} problems {{ __typename code path }}",
        ticketIds=tickets,
        to="WAITING",
        reason="Wait.",
        allOrNothing=True,
    )
    assert told["results"] == told["events"] == []
    assert told["problems"] == [
        {"__typename": "TransitionRefused", "code": "TRANSITION_REFUSED", "path": ["input", "ticketIds", n]}
        for n in ("1", "2")
    ]
    assert await _statuses(office, tickets) == before == ["open", "closed", "cancelled"]


async def test_all_are_moved_where_none_is_refused(manager: Player, office: Office, tickets: list[str]) -> None:
    given: dict[str, Any] = {"ticketIds": [tickets[0], tickets[2]], "to": "IN_PROGRESS", "allOrNothing": True}
    await manager.done("transitionTickets", **given)
    assert await _statuses(office, tickets) == ["in_progress", "closed", "in_progress"]


async def test_an_id_out_of_sight_refuses_all(
    players: dict[str, Player], manager: Player, office: Office, tickets: list[str]
) -> None:
    given = {"to": "IN_PROGRESS"}
    problem = await office.refused(manager, "transitionTickets", ticketIds=[tickets[0], str(uuid4())], **given)
    assert (problem["code"], problem["path"]) == ("NOT_FOUND", ["input", "ticketIds", "1"])
    told = await players["neighbour"].problems("transitionTickets", ticketIds=tickets[:2], **given)
    assert [problem["code"] for problem in told] == ["NOT_FOUND"] * 2
    problem = await office.refused(manager, "transitionTickets", ticketIds=[tickets[0]] * 2, **given)
    assert problem["code"] == "LIST_REPEATS"


async def test_no_more_than_five_hundred_go_at_once(manager: Player, office: Office) -> None:
    many = [str(uuid4()) for _ in range(501)]
    problem = await office.refused(manager, "transitionTickets", ticketIds=many, to="OPEN")
    assert (problem["code"], problem["path"]) == ("LIST_TOO_LONG", ["input", "ticketIds"])


async def test_outsiders_do_nothing_in_bulk(tenant: Player, office: Office, ticket: str) -> None:
    problem = await office.refused(tenant, "transitionTickets", ticketIds=[ticket], to="CANCELLED")
    assert problem["code"] == "ROLE_NEEDED"
    problem = await office.refused(tenant, "assignTickets", ticketIds=[ticket], agentId=None)
    assert problem["code"] == "ROLE_NEEDED"


async def test_the_same_key_tells_the_same_results_and_problems(
    manager: Player, office: Office, tickets: list[str]
) -> None:
    given = {"ticketIds": tickets, "to": "WAITING", "reason": "Wait.", "idempotencyKey": str(uuid4())}
    first = await manager.done("transitionTickets", _RESULTS, **given)
    assert first["results"][1]["problems"][0]["allowed"] == ["IN_PROGRESS"]
    assert await manager.done("transitionTickets", _RESULTS, **given) == first
    assert len(await office.events(tickets[0])) == 2


async def test_tickets_are_assigned_each_as_one_is(manager: Player, office: Office, tickets: list[str]) -> None:
    agent = await office.member()
    told = await manager.done("assignTickets", _RESULTS, ticketIds=tickets, agentId=agent)
    assert [each["ticket"]["currentAgent"] for each in told["results"]] == [{"id": agent}] * 3
    assert {event["eventType"] for event in told["events"]} == {"ticket_assigned"}
    team = await office.write("team.teams", name=f"Team {uuid4()}")
    await manager.done("assignTickets", ticketIds=tickets, agentId=None, teamId=team)
    rows = [await office.row("team.tickets", id=ticket) for ticket in tickets]
    assert [(row["current_agent_id"], str(row["current_team_id"])) for row in rows] == [(None, team)] * 3


async def test_who_works_here_no_more_is_assigned_nothing(manager: Player, office: Office, tickets: list[str]) -> None:
    given: dict[str, Any] = {"ticketIds": tickets, "agentId": await office.member(active=False)}
    told = await manager.done("assignTickets", _RESULTS, **given)
    assert [each["problems"][0]["code"] for each in told["results"]] == ["MEMBER_INACTIVE"] * 3
    assert told["events"] == []
    problems = await manager.problems("assignTickets", **given, allOrNothing=True)
    assert [problem["path"] for problem in problems] == [["input", "ticketIds", str(n)] for n in range(3)]
    problem = (await manager.problems("assignTickets", ticketIds=tickets, allOrNothing=True))[0]
    assert problem["code"] == "NOTHING_SAID"


async def test_rows_of_results_are_read_together(manager: Player, office: Office) -> None:
    values = {"ticket_type": "general", "title": "A lamp", "source": "phone"}
    many = [await office.write("team.tickets", **values) for _ in range(30)]
    read: list[str] = []

    def note(query: Any) -> None:
        if "_parent" in query.query:
            read.append(query.query)

    async with manager.pool.connection() as connection:  # the one that is lent next
        connection.add_query_logger(note)
    told = await manager.done(
        "assignTickets", "results { ticketId ticket { id title } }", ticketIds=many, agentId=await office.member()
    )
    async with manager.pool.connection() as connection:
        connection.remove_query_logger(note)
    assert [each["ticket"] for each in told["results"]] == [{"id": ticket, "title": "A lamp"} for ticket in many]
    assert len(read) == 1


async def test_bulks_over_the_same_tickets_wait_for_each_other(manager: Player, office: Office) -> None:
    values = {"ticket_type": "general", "title": "A lamp", "source": "phone"}
    many = [await office.write("team.tickets", **values) for _ in range(20)]

    async def move(ids: list[str], to: str) -> Any:
        return await manager.done("transitionTickets", "results { problems { code } }", ticketIds=ids, to=to)

    told = await asyncio.gather(*(move(many[::step], "IN_PROGRESS") for step in (1, -1) * 3))
    done = [sum(each["problems"] == [] for each in one["results"]) for one in told]
    assert sorted(done) == [0] * 5 + [20]
