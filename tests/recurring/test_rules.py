"""Setting up, changing and pausing rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from db.pool import Connection
from tests.commands.player import Player
from tests.recurring.conftest import Play
from tests.recurring.estate import Estate, days_ago

_RULES = "SELECT count(*) FROM team.recurring_rules WHERE operator_id = $1"
_CONFIG = "SELECT config FROM team.recurring_rules WHERE operator_id = $1"
_TEMPLATE = {"ticketType": "GENERAL", "title": "Change the filter"}
_SELECTION = """
recurringRule { id name cadence scopeType startsAt timeZone nextRunAt active version
                targets { nodes { property { id } resort { id } reservation { id } } } }
nextOccurrences events { eventType entity }
"""
_NEW_YORK = ZoneInfo("America/New_York")


def _moment(text: str | None) -> datetime:
    assert text is not None
    return datetime.fromisoformat(text)


async def _given(estate: Estate, **other: Any) -> dict[str, Any]:
    home = str(await estate.home())
    start = datetime(2026, 1, 5, 8, tzinfo=_NEW_YORK).isoformat()
    usual = {"name": "Filters", "cadence": "FREQ=WEEKLY", "startsAt": start, "scopeType": "PROPERTY"}
    return {**usual, "propertyIds": [home], "template": _TEMPLATE, **other}


def _mondays(count: int) -> list[datetime]:
    """At eight in New York, from now on."""
    now = datetime.now(_NEW_YORK)
    monday = (now - timedelta(days=now.weekday())).replace(hour=8, minute=0, second=0, microsecond=0)
    weeks = [monday + timedelta(weeks=week) for week in range(count + 1)]
    return [week for week in weeks if week > now][:count]


async def test_a_rule_is_set_up_with_its_targets_and_comes_from_now_on(estate: Estate, manager: Player) -> None:
    given = await _given(estate)
    told = await manager.done("createRecurringRule", _SELECTION, **given)
    rule = told["recurringRule"]
    assert rule["targets"]["nodes"] == [
        {"property": {"id": given["propertyIds"][0]}, "resort": None, "reservation": None}
    ]
    assert (rule["timeZone"], rule["active"], rule["version"]) == ("America/New_York", True, 1)
    assert [_moment(text) for text in told["nextOccurrences"]] == _mondays(5)
    assert _moment(rule["nextRunAt"]) == _mondays(1)[0]
    assert {event["eventType"] for event in told["events"]} == {"rule_created", "rule_target_added"}


async def test_its_config_has_the_keys_that_the_demos_rules_have(estate: Estate, manager: Player) -> None:
    team = {**_TEMPLATE, "priority": "LOW", "agentId": str(estate.member_id), "dueAfterHours": 48}
    await manager.done("createRecurringRule", **await _given(estate, template=team))
    assert orjson.loads(await estate.owner.fetchval(_CONFIG, estate.id)) == {
        "ticket": {
            "ticket_type": "general",
            "title": "Change the filter",
            "priority": "low",
            "agent_id": str(estate.member_id),
            "due_after_hours": 48,
        }
    }


async def test_a_preview_tells_when_it_would_come_and_leaves_nothing(estate: Estate, manager: Player) -> None:
    told = await manager.done("createRecurringRule", _SELECTION, **await _given(estate, validateOnly=True))
    assert len(told["nextOccurrences"]) == 5
    assert told["recurringRule"]["nextRunAt"] == told["nextOccurrences"][0]
    assert await estate.owner.fetchval(_RULES, estate.id) == 0


@pytest.mark.parametrize(
    ("other", "codes", "path"),
    [
        ({"cadence": "FREQ=HOURLY;BYMONTH=13"}, ["CADENCE_INVALID", "CADENCE_INVALID"], "cadence"),
        ({"cadence": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, ["CADENCE_NEVER"], "cadence"),
        ({"cadence": "FREQ=DAILY;COUNT=2"}, ["CADENCE_NEVER"], "cadence"),
        ({"timeZone": "Mars/Olympus"}, ["TIME_ZONE_UNKNOWN"], "timeZone"),
        ({"timeZone": "../../etc/passwd"}, ["TIME_ZONE_UNKNOWN"], "timeZone"),
        ({"propertyIds": []}, ["TARGETS_MISSING"], "propertyIds"),
        ({"scopeType": "PORTFOLIO"}, ["TARGETS_OF_ANOTHER_SCOPE"], "propertyIds"),
        ({"template": {**_TEMPLATE, "title": " "}}, ["TEXT_EMPTY"], "template"),
        ({"template": {**_TEMPLATE, "dueAfterHours": 0}}, ["NUMBER_OUT_OF_RANGE"], "template"),
    ],
)
async def test_what_cannot_be_followed_is_refused_with_its_place(
    estate: Estate, manager: Player, other: dict[str, Any], codes: list[str], path: str
) -> None:
    problems = await manager.problems("createRecurringRule", **await _given(estate, **other))
    assert [problem["code"] for problem in problems] == codes
    assert {problem["path"][1] for problem in problems} == {path}
    assert await estate.owner.fetchval(_RULES, estate.id) == 0


async def test_a_home_of_another_operator_is_not_found(estate: Estate, manager: Player, owner: Connection) -> None:
    foreign = str(await (await Estate.found(owner)).home())
    problem = await manager.problem("createRecurringRule", **await _given(estate, propertyIds=[foreign]))
    assert (problem["__typename"], problem["path"]) == ("NotFound", ["input", "propertyIds", "0"])


async def test_who_no_longer_works_here_is_in_no_template(estate: Estate, manager: Player) -> None:
    await estate.owner.execute("UPDATE team.team_members SET active = false WHERE id = $1", estate.member_id)
    template = {**_TEMPLATE, "agentId": str(estate.member_id)}
    problem = await manager.problem("createRecurringRule", **await _given(estate, template=template))
    assert (problem["code"], problem["path"]) == ("MEMBER_INACTIVE", ["input", "template", "agentId"])


async def test_the_clock_sets_up_no_rules(estate: Estate, clockwork: Player) -> None:
    problem = await clockwork.problem("createRecurringRule", **await _given(estate))
    assert problem["__typename"] == "Forbidden"


async def test_a_changed_cadence_counts_from_now_on(estate: Estate, manager: Player) -> None:
    made = await manager.done("createRecurringRule", _SELECTION, **await _given(estate))
    rule_id = made["recurringRule"]["id"]
    told = await manager.done(
        "updateRecurringRule", _SELECTION, recurringRuleId=rule_id, cadence="FREQ=DAILY", expectedVersion=1
    )
    first = _moment(told["nextOccurrences"][0])
    assert _moment(told["recurringRule"]["nextRunAt"]) == first <= datetime.now(UTC) + timedelta(days=1)
    assert told["recurringRule"]["version"] == 2


async def test_a_new_name_loses_nothing_that_is_due(estate: Estate, manager: Player, clockwork: Player) -> None:
    home = await estate.home()
    rule = await estate.rule("FREQ=DAILY;COUNT=3", days_ago(9), [("property", home)])
    await manager.done("updateRecurringRule", recurringRuleId=str(rule), name="Filters again")
    assert (await clockwork.done("generateDueTickets", "made"))["made"] == 3


async def test_a_new_cadence_keeps_due_what_was_due_from_then_on(
    estate: Estate, manager: Player, clockwork: Player
) -> None:
    start = days_ago(4)
    rule = await estate.rule("FREQ=DAILY;INTERVAL=2", start, [("property", await estate.home())], zone="UTC")
    await manager.done("updateRecurringRule", recurringRuleId=str(rule), cadence="FREQ=DAILY;COUNT=4")
    await clockwork.done("generateDueTickets", "made")
    assert [row["at"] for row in await estate.made()] == [start + timedelta(days=day) for day in range(4)]


async def test_targets_take_the_place_of_the_former_ones(estate: Estate, manager: Player) -> None:
    made = await manager.done("createRecurringRule", _SELECTION, **await _given(estate))
    rule_id, kept = made["recurringRule"]["id"], made["recurringRule"]["targets"]["nodes"][0]["property"]["id"]
    homes = [kept, str(await estate.home())]
    told = await manager.done("updateRecurringRule", _SELECTION, recurringRuleId=rule_id, propertyIds=homes)
    assert {node["property"]["id"] for node in told["recurringRule"]["targets"]["nodes"]} == set(homes)
    assert [event["eventType"] for event in told["events"]] == ["rule_target_added"]
    resort = str(await estate.area())
    told = await manager.done(
        "updateRecurringRule", _SELECTION, recurringRuleId=rule_id, scopeType="RESORT", resortIds=[resort]
    )
    assert [node["resort"] for node in told["recurringRule"]["targets"]["nodes"]] == [{"id": resort}]
    told = await manager.done("updateRecurringRule", _SELECTION, recurringRuleId=rule_id, scopeType="PORTFOLIO")
    assert told["recurringRule"]["targets"]["nodes"] == []


async def test_a_scope_without_its_targets_changes_nothing(estate: Estate, manager: Player) -> None:
    made = await manager.done("createRecurringRule", _SELECTION, **await _given(estate))
    given = {"recurringRuleId": made["recurringRule"]["id"], "scopeType": "RESORT", "name": "Other"}
    told = await manager.do("updateRecurringRule", f"{_SELECTION} problems {{ code }}", **given)
    assert told["problems"] == [{"code": "TARGETS_MISSING"}]
    assert told["recurringRule"] == made["recurringRule"]


async def test_a_rule_that_somebody_else_changed_is_not_overwritten(estate: Estate, manager: Player) -> None:
    made = await manager.done("createRecurringRule", _SELECTION, **await _given(estate))
    rule_id = made["recurringRule"]["id"]
    await manager.done("updateRecurringRule", recurringRuleId=rule_id, name="First")
    selection = "... on VersionConflict { actual changes { eventType actor } }"
    problem = await manager.problem(
        "updateRecurringRule", selection, recurringRuleId=rule_id, name="Second", expectedVersion=1
    )
    assert (problem["actual"], [change["eventType"] for change in problem["changes"]]) == (2, ["rule_updated"])


async def test_a_pause_is_told_and_may_be_asked_for_twice(estate: Estate, play: Play) -> None:
    agent = play(estate.viewers["agent"])
    made = await agent.done("createRecurringRule", _SELECTION, **await _given(estate))
    rule_id = made["recurringRule"]["id"]
    for _ in range(2):
        told = await agent.done("pauseRecurringRule", _SELECTION, recurringRuleId=rule_id)
        rule = told["recurringRule"]
        assert (rule["active"], rule["nextRunAt"], rule["version"], told["nextOccurrences"]) == (False, None, 2, [])
    for _ in range(2):
        told = await agent.done("pauseRecurringRule", _SELECTION, recurringRuleId=rule_id, paused=False)
        rule = told["recurringRule"]
        assert (rule["active"], rule["version"]) == (True, 3)
        assert rule["nextRunAt"] == told["nextOccurrences"][0] == made["nextOccurrences"][0]


async def test_a_paused_rule_that_is_changed_stays_paused(estate: Estate, manager: Player) -> None:
    made = await manager.done("createRecurringRule", _SELECTION, **await _given(estate))
    rule_id = made["recurringRule"]["id"]
    await manager.done("pauseRecurringRule", recurringRuleId=rule_id)
    told = await manager.done("updateRecurringRule", _SELECTION, recurringRuleId=rule_id, cadence="FREQ=DAILY")
    assert (told["recurringRule"]["active"], told["recurringRule"]["nextRunAt"]) == (False, None)
