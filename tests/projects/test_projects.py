"""Projects: their checklists, and the tickets of their homes."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from db.pool import Connection
from tests.commands.player import Player
from tests.recurring.conftest import Play
from tests.recurring.estate import Estate

_CHECKLIST = """
SELECT c.id, c.property_id, c.resort_id, c.status FROM team.project_properties AS c WHERE c.operator_id = $1
ORDER BY c.property_id
"""
_MANY_HOMES = """
INSERT INTO property.properties (operator_id, code, name, kind)
SELECT $1, 'M' || n, 'Home ' || n, 'RES' FROM generate_series(1, $2) AS n
"""
_TASKS = """
SELECT t.property_id, t.id, t.source
FROM team.project_tickets AS l JOIN team.tickets AS t ON t.id = l.ticket_id
WHERE l.project_id = $1 AND l.role = 'task' ORDER BY t.property_id
"""
_TICKET = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source, property_id)
VALUES ($1, 'general', 'Look', 'phone', $2) RETURNING id
"""
_USUAL = {"name": "Smoke detectors", "projectType": "safety", "scopeType": "PORTFOLIO"}
_TEMPLATE = {"ticketType": "GENERAL", "title": "Replace the detectors"}


async def _project(manager: Player, **given: Any) -> str:
    told = await manager.done("createProject", "project { id }", **{**_USUAL, **given})
    found: str = told["project"]["id"]
    return found


async def _homes(estate: Estate) -> set[UUID]:
    return {row["property_id"] for row in await estate.owner.fetch(_CHECKLIST, estate.id)}


async def test_a_project_has_a_pending_row_for_each_home_that_is_named(estate: Estate, manager: Player) -> None:
    homes = [await estate.home() for _ in range(3)]
    told = await manager.done(
        "createProject",
        "project { name projectType scopeType createdByMember { name } projectProperties { totalCount } } added",
        **{**_USUAL, "propertyIds": [str(home) for home in homes], "scopeType": "PROPERTY"},
    )
    assert told["project"] == {
        "name": "Smoke detectors",
        "projectType": "safety",
        "scopeType": "PROPERTY",
        "createdByMember": {"name": "Mara Lindqvist"},
        "projectProperties": {"totalCount": 3},
    }
    assert told["added"] == 3
    assert {row["status"] for row in await estate.owner.fetch(_CHECKLIST, estate.id)} == {"pending"}
    assert await _homes(estate) == set(homes)


async def test_homes_may_be_chosen_by_place_type_and_use(estate: Estate, manager: Player) -> None:
    region = await estate.area("region")
    resort = await estate.area("resort", region)
    chosen = {await estate.home(resort=resort), await estate.home(resort=region)}
    await estate.home(resort=resort, kind="COM")
    await estate.home(resort=resort, active=False)
    await estate.home()
    named = await estate.home(kind="DEV")
    choice = {"resortId": str(region), "kind": "RES"}
    await _project(manager, homes=choice, propertyIds=[str(named)])
    rows = await estate.owner.fetch(_CHECKLIST, estate.id)
    assert {row["property_id"]: row["resort_id"] for row in rows} == {**dict.fromkeys(chosen, region), named: None}


async def test_an_empty_choice_is_every_active_home_of_the_operator(
    estate: Estate, manager: Player, owner: Connection
) -> None:
    homes = {await estate.home(), await estate.home()}
    await estate.home(active=False)
    await (await Estate.found(owner)).home()
    await _project(manager, homes={})
    assert await _homes(estate) == homes


async def test_thousands_of_homes_are_one_statement(estate: Estate, manager: Player) -> None:
    await estate.owner.execute(_MANY_HOMES, estate.id, 3000)
    told = await manager.done("createProject", "added", **_USUAL, homes={})
    assert told["added"] == 3000 == len(await _homes(estate))


async def test_a_choice_that_no_home_meets_makes_no_project(estate: Estate, manager: Player) -> None:
    await estate.home()
    nothing: list[dict[str, Any]] = [{"homes": {"kind": "DEV"}}, {}]
    for none in nothing:
        assert (await manager.problem("createProject", **_USUAL, **none))["code"] == "NO_HOMES"
    assert await estate.owner.fetchval("SELECT count(*) FROM team.projects WHERE operator_id = $1", estate.id) == 0


async def test_a_home_is_put_on_a_checklist_once(estate: Estate, manager: Player) -> None:
    first, second = await estate.home(), await estate.home()
    project = await _project(manager, propertyIds=[str(first)])
    (row,) = await estate.owner.fetch(_CHECKLIST, estate.id)
    await manager.done("setChecklistStatus", projectPropertyId=str(row["id"]), status="DONE")
    both = [str(first), str(second)]
    assert (await manager.done("addProjectProperties", "added", projectId=project, propertyIds=both))["added"] == 1
    assert (await manager.done("addProjectProperties", "added", projectId=project, homes={}))["added"] == 0
    rows = {row["property_id"]: row["status"] for row in await estate.owner.fetch(_CHECKLIST, estate.id)}
    assert rows == {first: "done", second: "pending"}
    assert (await manager.problem("addProjectProperties", projectId=project))["code"] == "NO_HOMES"


async def test_when_a_home_was_done_is_stamped_and_taken_back(estate: Estate, manager: Player) -> None:
    await _project(manager, propertyIds=[str(await estate.home())])
    (row,) = await estate.owner.fetch(_CHECKLIST, estate.id)
    given = {"projectPropertyId": str(row["id"])}
    selection = "projectProperty { status completedAt version } events { eventType }"
    done = await manager.done("setChecklistStatus", selection, **given, status="DONE", expectedVersion=1)
    assert done["projectProperty"]["completedAt"]
    assert [event["eventType"] for event in done["events"]] == ["checklist_status_changed"]
    again = await manager.done("setChecklistStatus", selection, **given, status="DONE")
    assert (again["projectProperty"], again["events"]) == (done["projectProperty"], [])
    stale = await manager.problem("setChecklistStatus", **given, status="SKIPPED", expectedVersion=1)
    assert stale["code"] == "VERSION_CONFLICT"
    back = await manager.done("setChecklistStatus", selection, **given, status="IN_PROGRESS")
    assert back["projectProperty"] == {"status": "IN_PROGRESS", "completedAt": None, "version": 3}


async def test_a_ticket_is_linked_once_in_each_role(estate: Estate, manager: Player) -> None:
    home = await estate.home()
    project = await _project(manager, propertyIds=[str(home)])
    given = {"projectId": project, "ticketId": str(await estate.owner.fetchval(_TICKET, estate.id, home))}
    selection = "projectTicket { id role }"
    first = await manager.done("linkProjectTicket", selection, **given)
    assert await manager.done("linkProjectTicket", selection, **given) == first
    other = await manager.done("linkProjectTicket", selection, **given, role="FOLLOWUP")
    assert (first["projectTicket"]["role"], other["projectTicket"]["role"]) == ("TASK", "FOLLOWUP")


async def test_each_home_without_a_task_gets_one_and_none_a_second(estate: Estate, manager: Player) -> None:
    homes = [await estate.home() for _ in range(4)]
    project = await _project(manager, propertyIds=[str(home) for home in homes])
    linked = await estate.owner.fetchval(_TICKET, estate.id, homes[0])
    await manager.done("linkProjectTicket", projectId=project, ticketId=str(linked))
    rows = {row["property_id"]: row["id"] for row in await estate.owner.fetch(_CHECKLIST, estate.id)}
    await manager.done("setChecklistStatus", projectPropertyId=str(rows[homes[1]]), status="SKIPPED")
    given = {"projectId": project, "template": _TEMPLATE}
    told = await manager.done("createTicketsForProject", "made remaining tickets { id property { id } }", **given)
    assert (told["made"], told["remaining"]) == (2, 0)
    assert {ticket["property"]["id"] for ticket in told["tickets"]} == {str(home) for home in homes[2:]}
    assert (await manager.done("createTicketsForProject", "made", **given))["made"] == 0
    skipped = await manager.done("createTicketsForProject", "made", **given, statuses=["SKIPPED"])
    assert skipped["made"] == 1
    tasks = await estate.owner.fetch(_TASKS, UUID(project))
    assert [row["property_id"] for row in tasks] == sorted(homes)
    assert {row["source"] for row in tasks if row["id"] != linked} == {"project"}


async def test_a_call_makes_no_more_tasks_than_it_is_told(estate: Estate, manager: Player) -> None:
    for _ in range(5):
        await estate.home()
    project = await _project(manager, homes={})
    given = {"projectId": project, "template": _TEMPLATE, "most": 2}
    calls = [await manager.done("createTicketsForProject", "made remaining", **given) for _ in range(3)]
    assert [(told["made"], told["remaining"]) for told in calls] == [(2, 3), (2, 1), (1, 0)]


async def test_calls_at_once_make_each_task_once(estate: Estate, play: Play, manager: Player) -> None:
    for _ in range(12):
        await estate.home()
    project = await _project(manager, homes={})
    players = [play(estate.manager) for _ in range(6)]
    given = {"projectId": project, "template": _TEMPLATE, "most": 5}
    told = await asyncio.gather(*(player.done("createTicketsForProject", "made", **given) for player in players))
    tasks = await estate.owner.fetch(_TASKS, UUID(project))
    assert sum(each["made"] for each in told) == len(tasks) == len({row["property_id"] for row in tasks}) == 12


async def test_a_task_of_maintenance_has_its_job(estate: Estate, manager: Player) -> None:
    project = await _project(manager, propertyIds=[str(await estate.home())])
    template = {"ticketType": "MAINTENANCE", "title": "Detectors", "issueType": "smoke_detectors", "priority": "URGENT"}
    told = await manager.done(
        "createTicketsForProject", "tickets { status job { issueType urgency } }", projectId=project, template=template
    )
    job = {"issueType": "smoke_detectors", "urgency": "EMERGENCY"}
    assert told["tickets"] == [{"status": "REPORTED", "job": job}]


@pytest.mark.parametrize("command", ["addProjectProperties", "createTicketsForProject", "linkProjectTicket"])
async def test_a_project_of_another_operator_is_not_found(
    estate: Estate, manager: Player, play: Play, owner: Connection, command: str
) -> None:
    other = await Estate.found(owner)
    home = await other.home()
    project = await _project(play(other.manager), propertyIds=[str(home)])
    ticket = str(await estate.owner.fetchval(_TICKET, estate.id, await estate.home()))
    given: dict[str, dict[str, Any]] = {
        "addProjectProperties": {"homes": {}},
        "createTicketsForProject": {"template": _TEMPLATE},
        "linkProjectTicket": {"ticketId": ticket},
    }
    problem = await manager.problem(command, projectId=project, **given[command])
    assert (problem["__typename"], problem["path"]) == ("NotFound", ["input", "projectId"])
    assert await other.tickets() == 0


async def test_a_trial_run_of_a_project_leaves_nothing(estate: Estate, manager: Player) -> None:
    await estate.home()
    told = await manager.done("createProject", "project { name } added", **_USUAL, homes={}, validateOnly=True)
    assert told == {"project": {"name": "Smoke detectors"}, "added": 1}
    assert await _homes(estate) == set()
