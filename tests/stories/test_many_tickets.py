"""Tickets that are made many at a time: by a rule, for a project."""

from __future__ import annotations

import time
from typing import Any

from tests.stories.calendar import moment, soon
from tests.stories.person import Person

_HOMES = "{ properties(first: 50, orderBy: [CODE_ASC], where: {active: {eq: true}}) { nodes { id } } }"
_HOMES_WITHOUT_A_ZONE = "{ properties(first: 3, where: {timeZone: {isNull: true}}) { nodes { id } } }"
_RULE = """query ($id: ID!) {
  recurringRule(id: $id) {
    active nextRunAt tickets { nodes { occurrenceAt propertyId ticket { title source status } } }
  }
}"""
_CHECKLIST = """query ($id: ID!) {
  project(id: $id) {
    projectTickets(first: 100) { totalCount }
    projectProperties(first: 100) { nodes { id version status completedAt tickets { nodes { title source } } } }
  }
}"""


def _homes(manager: Person, query: str) -> list[str]:
    return [node["id"] for node in manager.ask(query)["properties"]["nodes"]]


def _rule(manager: Person, homes: list[str], starts_at: str) -> Any:
    return manager.do(
        "createRecurringRule",
        "recurringRule { id nextRunAt } nextOccurrences",
        name="Filter change",
        cadence="FREQ=DAILY",
        startsAt=starts_at,
        timeZone="UTC",
        scopeType="PROPERTY",
        propertyIds=homes,
        template={"ticketType": "GENERAL", "title": "Change the filter", "priority": "LOW"},
    )


def test_a_rule_makes_a_ticket_for_each_home_when_it_is_due_and_none_twice(manager: Person, clockwork: Person) -> None:
    clockwork.do("generateDueTickets")  # of the demo's own rules
    made = _rule(manager, _homes(manager, _HOMES_WITHOUT_A_ZONE), soon(seconds=2))
    rule = made["recurringRule"]["id"]
    assert len(made["nextOccurrences"]) == 5
    assert clockwork.do("generateDueTickets", "made")["made"] == 0
    _sleep_until(made["nextOccurrences"][0])
    assert clockwork.do("generateDueTickets", "made remaining") == {"made": 3, "remaining": 0}
    assert clockwork.do("generateDueTickets", "made")["made"] == 0
    told = manager.ask(_RULE, id=rule)["recurringRule"]
    assert moment(told["nextRunAt"]) == moment(made["nextOccurrences"][1])
    tickets = [node["ticket"] for node in told["tickets"]["nodes"]]
    assert tickets == [{"title": "Change the filter", "source": "RECURRING", "status": "OPEN"}] * 3
    manager.do("pauseRecurringRule", recurringRuleId=rule)
    assert manager.ask(_RULE, id=rule)["recurringRule"]["active"] is False


def _sleep_until(text: str) -> None:
    while moment(soon()) <= moment(text):
        time.sleep(0.05)


def test_a_project_goes_over_fifty_homes_with_a_task_for_each(manager: Person, agent: Person) -> None:
    homes = _homes(manager, _HOMES)
    assert len(homes) == 50
    made = agent.do(
        "createProject",
        "project { id } added",
        name="Smoke detectors",
        projectType="safety",
        scopeType="PORTFOLIO",
        propertyIds=homes,
    )
    assert made["added"] == 50
    tasks = {
        "projectId": made["project"]["id"],
        "template": {"ticketType": "MAINTENANCE", "title": "Replace smoke detectors", "issueType": "smoke_detectors"},
    }
    assert agent.do("createTicketsForProject", "made remaining", **tasks, most=30) == {"made": 30, "remaining": 20}
    assert agent.do("createTicketsForProject", "made remaining", **tasks) == {"made": 20, "remaining": 0}
    assert agent.do("createTicketsForProject", "made remaining", **tasks) == {"made": 0, "remaining": 0}
    _tick_off(agent, made["project"]["id"])


def _tick_off(agent: Person, project: str) -> None:
    told = agent.ask(_CHECKLIST, id=project)["project"]
    assert told["projectTickets"]["totalCount"] == 50
    rows = told["projectProperties"]["nodes"]
    assert [row["status"] for row in rows] == ["PENDING"] * 50
    assert all(len(row["tickets"]["nodes"]) == 1 for row in rows)
    given = {"projectPropertyId": rows[0]["id"], "expectedVersion": rows[0]["version"]}
    done = agent.do("setChecklistStatus", "projectProperty { completedAt }", **given, status="DONE")
    assert done["projectProperty"]["completedAt"] is not None
    assert agent.problem("setChecklistStatus", **given, status="PENDING")["code"] == "VERSION_CONFLICT"
