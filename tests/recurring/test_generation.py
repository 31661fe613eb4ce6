"""What a rule makes: for which homes and stays, at which moments, looking how."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.pool import Connection
from tests.commands.player import Player
from tests.recurring.conftest import Play
from tests.recurring.estate import Estate, days_ago

_TICKET = """
SELECT t.number, t.status, t.workflow, t.title, t.priority, t.source, t.due_at, t.current_agent_id, t.current_team_id
FROM team.tickets AS t WHERE t.operator_id = $1
"""
_JOB = "SELECT issue_type, urgency, tenant_contact_id FROM maintenance.jobs WHERE operator_id = $1"


async def _occurrences(estate: Estate) -> list[datetime]:
    return [row["at"] for row in await estate.made()]


async def test_a_rule_makes_a_ticket_for_each_home_and_occurrence(estate: Estate, clockwork: Player) -> None:
    homes = [await estate.home(), await estate.home()]
    rule = await estate.rule("FREQ=DAILY;COUNT=3", days_ago(5, 8), [("property", home) for home in homes])
    told = await clockwork.done("generateDueTickets", "made remaining tickets { number property { id } }")
    assert (told["made"], told["remaining"]) == (6, 0)
    assert {ticket["property"]["id"] for ticket in told["tickets"]} == {str(home) for home in homes}
    assert [(row["rule"], row["home"], row["place"]) for row in await estate.made()] == [
        (rule, home, home) for _ in range(3) for home in sorted(homes)
    ]
    assert await estate.next_run(rule) is None  # it has come for the last time


async def test_tickets_are_as_the_template_says(estate: Estate, clockwork: Player) -> None:
    agent = str(estate.member_id)
    start = days_ago(1, 8)
    target = [("property", await estate.home())]
    await estate.rule("FREQ=DAILY;COUNT=1", start, target, due_after_hours=30, agent_id=agent, priority="high")
    await clockwork.done("generateDueTickets", "made")
    (ticket,) = await estate.owner.fetch(_TICKET, estate.id)
    assert dict(ticket) == {
        "number": f"TK-{datetime.now(ZoneInfo('America/New_York')).year}-001",
        "status": "open",
        "workflow": "general",
        "title": "Change the filter",
        "priority": "high",
        "source": "recurring",
        "due_at": start + timedelta(hours=30),
        "current_agent_id": estate.member_id,
        "current_team_id": None,
    }


async def test_who_no_longer_works_here_gets_no_tickets(estate: Estate, clockwork: Player) -> None:
    target = [("property", await estate.home())]
    await estate.rule("FREQ=DAILY;COUNT=1", days_ago(1), target, agent_id=str(estate.member_id))
    await estate.owner.execute("UPDATE team.team_members SET active = false WHERE id = $1", estate.member_id)
    await clockwork.done("generateDueTickets", "made")
    (ticket,) = await estate.owner.fetch(_TICKET, estate.id)
    assert ticket["current_agent_id"] is None


async def test_a_maintenance_ticket_has_its_job_with_the_tenant(estate: Estate, clockwork: Player) -> None:
    let, vacant = await estate.home(), await estate.home()
    tenant = await estate.tenant(let)
    await estate.rule(
        "FREQ=DAILY;COUNT=1",
        days_ago(1),
        [("property", let), ("property", vacant)],
        ticket_type="maintenance",
        priority="high",
        issue_type="smoke_detectors",
    )
    await clockwork.done("generateDueTickets", "made")
    jobs = [tuple(job) for job in await estate.owner.fetch(_JOB, estate.id)]
    assert sorted(jobs, key=str) == sorted(
        [("smoke_detectors", "urgent", tenant), ("smoke_detectors", "urgent", None)], key=str
    )
    tickets = await estate.owner.fetch(_TICKET, estate.id)
    assert {(ticket["status"], ticket["priority"], ticket["number"][:3]) for ticket in tickets} == {
        ("reported", "high", "MT-")
    }


async def test_a_resort_is_all_active_homes_in_it_and_beneath_it_each_once(estate: Estate, clockwork: Player) -> None:
    region = await estate.area("region")
    resort = await estate.area("resort", region)
    within, beneath = await estate.home(resort=region), await estate.home(resort=resort)
    await estate.home(resort=resort, active=False)
    await estate.home()
    targets = [("resort", region), ("resort", resort), ("property", beneath)]
    await estate.rule("FREQ=DAILY;COUNT=1", days_ago(1), targets, scope="resort")
    await clockwork.done("generateDueTickets", "made")
    assert [row["home"] for row in await estate.made()] == sorted([within, beneath])


async def test_a_portfolio_is_all_active_homes_of_the_operator(
    estate: Estate, clockwork: Player, owner: Connection
) -> None:
    homes = [await estate.home() for _ in range(3)]
    await estate.home(active=False)
    await (await Estate.found(owner)).home()
    await estate.rule("FREQ=DAILY;COUNT=1", days_ago(1), scope="portfolio")
    await clockwork.done("generateDueTickets", "made")
    assert {row["home"] for row in await estate.made()} == set(homes)  # ids of one millisecond have no order


async def test_a_stay_gets_its_tickets_while_it_lasts_unless_cancelled(estate: Estate, clockwork: Player) -> None:
    home = await estate.home()
    first = days_ago(6).date()
    stay = await estate.stay(home, first, first + timedelta(days=3))
    cancelled = await estate.stay(home, first, first + timedelta(days=3), "cancelled")
    empty = await estate.stay(await estate.home(active=False), first, first + timedelta(days=3))
    targets = [("reservation", each) for each in (stay, cancelled, empty)]
    await estate.rule("FREQ=DAILY", days_ago(9, 18), targets, scope="reservation")
    await clockwork.done("generateDueTickets", "made")
    made = await estate.made()
    assert {(row["stay"], row["home"], row["place"]) for row in made} == {(stay, None, home)}
    assert [row["at"].date() for row in made] == [first + timedelta(days=day) for day in range(4)]
    reservation = await estate.owner.fetchval(
        "SELECT DISTINCT reservation_id FROM team.tickets WHERE operator_id = $1", estate.id
    )
    assert reservation == stay


@pytest.mark.parametrize(("limit", "made"), [(3, 3), (100, 9), (0, 0)])
async def test_after_an_outage_a_home_gets_the_newest_missed_ones_within_the_limit(
    owner: Connection, play: Play, limit: int, made: int
) -> None:
    estate = await Estate.found(owner, limit=limit)
    homes = [await estate.home(), await estate.home()]
    start = (datetime.now(UTC) - timedelta(days=9) + timedelta(hours=12)).replace(microsecond=0)  # not on the hour
    rule = await estate.rule("FREQ=DAILY", start, [("property", home) for home in homes], zone="UTC")
    told = await play(estate.viewers["system"]).done("generateDueTickets", "made")
    assert told["made"] == made * len(homes)
    expected = [start + timedelta(days=day) for day in range(9)][9 - made :]
    assert await _occurrences(estate) == sorted(expected * len(homes))
    assert await estate.next_run(rule) == start + timedelta(days=9)


async def test_what_is_on_time_is_not_missed_whatever_the_limit(owner: Connection, play: Play) -> None:
    estate = await Estate.found(owner, limit=0)
    start = (datetime.now(UTC) - timedelta(days=2, minutes=1)).replace(microsecond=0)
    await estate.rule("FREQ=DAILY", start, [("property", await estate.home())], zone="UTC")
    await play(estate.viewers["system"]).done("generateDueTickets", "made")
    assert await _occurrences(estate) == [start + timedelta(days=2)]


async def test_a_paused_rule_makes_nothing_and_makes_nothing_up(
    estate: Estate, clockwork: Player, manager: Player
) -> None:
    rule = await estate.rule("FREQ=DAILY", days_ago(9), [("property", await estate.home())], since=days_ago(4))
    await manager.done("pauseRecurringRule", recurringRuleId=str(rule), paused=True)
    assert (await clockwork.done("generateDueTickets", "made remaining")) == {"made": 0, "remaining": 0}
    await manager.done("pauseRecurringRule", recurringRuleId=str(rule), paused=False)
    assert (await clockwork.done("generateDueTickets", "made"))["made"] == 0
    coming = await estate.next_run(rule)
    assert coming is not None
    assert datetime.now(UTC) < coming <= datetime.now(UTC) + timedelta(days=1)


async def test_occurrences_are_by_the_clocks_of_each_home_over_both_changes(estate: Estate, clockwork: Player) -> None:
    new_york, denver = await estate.home(), await estate.home(zone="America/Denver")
    homes = [("property", new_york), ("property", denver)]
    spring = datetime(2025, 3, 8, 2, 30, tzinfo=ZoneInfo("America/New_York"))
    autumn = datetime(2025, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"))
    for start in (spring, autumn):
        await estate.rule("FREQ=DAILY;COUNT=3", start, homes)
    await clockwork.done("generateDueTickets", "made")
    zones = {new_york: ZoneInfo("America/New_York"), denver: ZoneInfo("America/Denver")}
    for home, zone in zones.items():
        local = [row["at"].astimezone(zone) for row in await estate.made() if row["home"] == home]
        assert [f"{moment:%m-%d %H:%M} {moment.utcoffset()}" for moment in local] == _by_the_clocks(home == new_york)


def _by_the_clocks(eastern: bool) -> list[str]:  # noqa: FBT001 - which of the two
    winter, summer = ("-1 day, 19:00:00", "-1 day, 20:00:00") if eastern else ("-1 day, 17:00:00", "-1 day, 18:00:00")
    return [
        *(f"03-08 02:30 {winter}", f"03-09 03:30 {summer}", f"03-10 02:30 {summer}"),
        *(f"11-01 01:30 {summer}", f"11-02 01:30 {summer}", f"11-03 01:30 {winter}"),
    ]


async def test_a_rule_comes_next_where_it_comes_first(estate: Estate, clockwork: Player) -> None:
    targets = [("property", await estate.home(zone=zone)) for zone in ("America/Denver", "Asia/Tokyo")]
    rule = await estate.rule("FREQ=DAILY", days_ago(2, 8), targets, zone="UTC")
    await clockwork.done("generateDueTickets", "made")
    clocks = [datetime.now(ZoneInfo(name)) for name in ("America/Denver", "Asia/Tokyo")]
    todays = [now.replace(hour=8, minute=0, second=0, microsecond=0) for now in clocks]
    coming = [eight if eight > now else eight + timedelta(days=1) for eight, now in zip(todays, clocks, strict=True)]
    assert await estate.next_run(rule) == min(coming)


async def test_a_home_whose_zone_nobody_knows_follows_the_rule(estate: Estate, clockwork: Player) -> None:
    start = days_ago(2, 8)
    await estate.rule("FREQ=DAILY;COUNT=1", start, [("property", await estate.home(zone="Mars/Olympus"))])
    await clockwork.done("generateDueTickets", "made")
    assert await _occurrences(estate) == [start]


async def test_a_rule_that_cannot_be_followed_is_told_and_holds_up_no_other(estate: Estate, clockwork: Player) -> None:
    target = [("property", await estate.home())]
    bad = {
        await estate.rule("FREQ=HOURLY", days_ago(3), target): "too often",
        await estate.rule("FREQ=DAILY", days_ago(3), target, zone="Mars/Olympus"): "no time zone Mars/Olympus",
        await estate.rule("FREQ=DAILY", days_ago(3), target, colour="blue"): "no template",
        await estate.rule("FREQ=DAILY", days_ago(3), target, priority="whenever"): "not allowed",
    }
    good = await estate.rule("FREQ=DAILY;COUNT=1", days_ago(1), target)
    told = await clockwork.done("generateDueTickets", "made refusedRules { recurringRuleId message }")
    assert told["made"] == 1
    assert [row["rule"] for row in await estate.made()] == [good]
    refused = {rule["recurringRuleId"]: rule["message"] for rule in told["refusedRules"]}
    assert refused.keys() == {str(rule) for rule in bad}
    for rule, words in bad.items():
        assert words in refused[str(rule)]


async def test_a_clock_of_one_operator_leaves_the_others_alone(clockwork: Player, owner: Connection) -> None:
    other = await Estate.found(owner)
    rule = await other.rule("FREQ=DAILY", days_ago(3), [("property", await other.home())])
    assert (await clockwork.done("generateDueTickets", "made"))["made"] == 0
    assert await other.next_run(rule) == days_ago(3)


async def test_an_agent_does_not_run_the_clock(estate: Estate, play: Play) -> None:
    await estate.rule("FREQ=DAILY", days_ago(3), [("property", await estate.home())])
    problem = await play(estate.viewers["agent"]).problem("generateDueTickets")
    assert problem["__typename"] == "Forbidden"
    assert await estate.tickets() == 0


async def test_leap_days_come_in_leap_years_only(estate: Estate, clockwork: Player) -> None:
    cadence, start = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", datetime(2015, 1, 1, 12, tzinfo=UTC)
    await estate.rule(cadence, start, [("property", await estate.home())])
    await clockwork.done("generateDueTickets", "made")
    assert [moment.date() for moment in await _occurrences(estate)][:3] == [
        date(2016, 2, 29),
        date(2020, 2, 29),
        date(2024, 2, 29),
    ]
