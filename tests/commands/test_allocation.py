"""What time went to: never more than there was, in each of three sums."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.commands.office import Office
from tests.commands.player import Player

_NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
_TIME = "team.ticket_time_entries"


@pytest.fixture
async def entry(office: Office) -> str:
    """An hour of a member's."""
    ended_at = _NINE + timedelta(hours=1)
    return await office.write("team.time_entries", member_id=await office.member(), started_at=_NINE, ended_at=ended_at)


async def _inspection(office: Office) -> str:
    values = {"kind": "routine", "status": "scheduled", "scheduled_at": _NINE}
    return await office.write("property.inspections", property_id=await office.home(), **values)


async def test_time_goes_to_tickets_inspections_and_shifts_each_in_a_sum_of_its_own(
    manager: Player, office: Office, ticket: str, entry: str
) -> None:
    inspection = await _inspection(office)
    shift = await office.write("team.team_shifts", member_id=await office.member(), starts_at=_NINE)
    told = await manager.done(
        "allocateTime",
        "timeEntry { ticketAllocations { nodes { ticket { id activeTimeSeconds } } } } events { eventType }",
        timeEntryId=entry,
        allocations=[
            {"ticketId": ticket, "seconds": 3000},
            {"ticketId": ticket, "seconds": 600, "role": "TRAVEL"},
            {"inspectionId": inspection, "seconds": 3600, "role": "ADMIN"},
            {"shiftId": shift, "seconds": 3600},
        ],
    )
    nodes = told["timeEntry"]["ticketAllocations"]["nodes"]
    assert nodes == [{"ticket": {"id": ticket, "activeTimeSeconds": 3600}}] * 2
    assert sorted(event["eventType"] for event in told["events"]) == [
        "inspection_time_allocated",
        "shift_time_allocated",
        "time_allocated",
        "time_allocated",
    ]
    rows = await office.read(_TIME, time_entry_id=entry)
    assert [(row["role"], row["allocated_seconds"]) for row in rows] == [("work", 3000), ("travel", 600)]
    row = await office.row("property.inspection_time_entries", time_entry_id=entry)
    assert (row["role"], row["allocated_seconds"]) == ("admin", 3600)
    assert (await office.row("team.shift_time_entries", time_entry_id=entry))["allocated_seconds"] == 3600


async def test_more_than_there_is_is_refused_as_a_whole(
    manager: Player, office: Office, ticket: str, entry: str
) -> None:
    allocations = [{"ticketId": ticket, "seconds": 3000}, {"ticketId": ticket, "seconds": 601, "role": "ADMIN"}]
    problem = await office.refused(manager, "allocateTime", timeEntryId=entry, allocations=allocations)
    assert (problem["__typename"], problem["code"]) == ("LimitExceeded", "TIME_ALLOCATED")
    assert problem["path"] == ["input", "allocations", "1"]
    assert "600 s of them are free" in problem["message"]
    assert (await office.row("team.tickets", id=ticket))["active_time_seconds"] == 0


async def test_an_allocation_is_replaced_and_taken_back(
    manager: Player, office: Office, ticket: str, entry: str
) -> None:
    for seconds in (3600, 1200, 1200):
        await manager.done("allocateTime", timeEntryId=entry, allocations=[{"ticketId": ticket, "seconds": seconds}])
        assert (await office.row(_TIME, time_entry_id=entry))["allocated_seconds"] == seconds
    other = await office.repair()
    allocations = [{"ticketId": other, "seconds": 3600}, {"ticketId": ticket, "seconds": 0}]
    await manager.done("allocateTime", timeEntryId=entry, allocations=allocations)
    assert (await office.row("team.tickets", id=ticket))["active_time_seconds"] == 0
    assert (await office.row("team.tickets", id=other))["active_time_seconds"] == 3600


async def test_running_time_is_stopped_before_it_is_allocated(manager: Player, office: Office, ticket: str) -> None:
    running = await office.write("team.time_entries", member_id=await office.member(), started_at=_NINE)
    allocations = [{"ticketId": ticket, "seconds": 60}]
    problem = await office.refused(manager, "allocateTime", timeEntryId=running, allocations=allocations)
    assert (problem["__typename"], problem["code"]) == ("Conflict", "TIME_IS_RUNNING")


@pytest.mark.parametrize("status", ["closed", "cancelled"])
async def test_a_ticket_that_has_ended_takes_time_still(
    manager: Player, office: Office, ticket: str, entry: str, status: str
) -> None:
    await office.end(ticket, status)
    await manager.done("allocateTime", timeEntryId=entry, allocations=[{"ticketId": ticket, "seconds": 60}])


@pytest.mark.parametrize(
    ("allocations", "code", "path"),
    [
        ([], "NOTHING_SAID", ()),
        ([{"seconds": 60}], "ALLOCATION_TARGET", ("0",)),
        ([{"ticketId": "it", "inspectionId": "another", "seconds": 60}], "ALLOCATION_TARGET", ("0",)),
        ([{"ticketId": "it", "seconds": 60}, {"ticketId": "it", "seconds": 5}], "ALLOCATION_REPEATS", ("1",)),
        ([{"ticketId": "it", "seconds": -1}], "NUMBER_OUT_OF_RANGE", ("0", "seconds")),
        ([{"ticketId": "it", "seconds": 86_401}], "NUMBER_OUT_OF_RANGE", ("0", "seconds")),
        ([{"ticketId": "nowhere", "seconds": 60}], "NOT_FOUND", ("0", "ticketId")),
        ([{"shiftId": "it", "seconds": 60}], "NOT_FOUND", ("0", "shiftId")),
    ],
)
async def test_what_cannot_be_is_refused_where_it_stands(
    manager: Player,
    office: Office,
    ticket: str,
    entry: str,
    allocations: list[dict[str, Any]],
    code: str,
    path: tuple[str, ...],
) -> None:
    ids = {"it": ticket, "another": await _inspection(office), "nowhere": str(uuid4())}
    given = [{name: ids.get(value, value) for name, value in one.items()} for one in allocations]
    problem = await office.refused(manager, "allocateTime", timeEntryId=entry, allocations=given)
    assert (problem["code"], problem["path"]) == (code, ["input", "allocations", *path])


async def test_an_agent_allocates_its_own_time(
    players: dict[str, Player], office: Office, ticket: str, entry: str
) -> None:
    given: dict[str, Any] = {"timeEntryId": entry, "allocations": [{"ticketId": ticket, "seconds": 60}]}
    problem = await office.refused(players["agent"], "allocateTime", **given)
    assert (problem["code"], problem["path"]) == ("OWN_TIME_ONLY", ["input", "timeEntryId"])
    member = (await office.row("team.time_entries", id=entry))["member_id"]
    agent = await office.acting(players["agent"], str(member))
    await agent.done("allocateTime", **given)
    assert (await office.refused(players["tenant"], "allocateTime", **given))["code"] == "ROLE_NEEDED"


async def test_allocations_at_once_never_exceed_the_entry(manager: Player, office: Office, entry: str) -> None:
    tickets = [await office.repair() for _ in range(6)]

    async def allocate(n: int) -> list[Any]:
        order = tickets[n:] + tickets[:n]
        allocations = [{"ticketId": ticket, "seconds": 300, "role": "ADMIN"} for ticket in order]
        roles = [{**allocations[0], "role": "TRAVEL"}, *allocations]
        return await manager.problems("allocateTime", timeEntryId=entry, allocations=roles)

    told = await asyncio.gather(*(allocate(n) for n in range(6)))
    assert {problem["code"] for problems in told for problem in problems} <= {"TIME_ALLOCATED"}
    rows = await office.read(_TIME, time_entry_id=entry)
    assert sum(row["allocated_seconds"] for row in rows) <= 3600
    assert any(problems == [] for problems in told)
