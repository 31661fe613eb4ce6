"""Shifts and time: one's own, one at a time, and nothing that has not happened yet."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.commands.office import Office
from tests.commands.player import Player

_NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
async def member(office: Office) -> str:
    """A member of staff who has done nothing yet."""
    return await office.member()


@pytest.fixture
async def agent(players: dict[str, Player], office: Office, member: str) -> Player:
    """That member at work."""
    return await office.acting(players["agent"], member)


def _at(moment: datetime) -> str:
    return moment.isoformat()


class TestShifts:
    async def test_a_shift_starts_now_and_ends_now(self, agent: Player, office: Office, member: str) -> None:
        told = await agent.done("startShift", "shift { id member { id } endsAt } events { eventType }")
        assert told["events"] == [{"eventType": "shift_started"}]
        shift = told["shift"]
        assert (shift["member"]["id"], shift["endsAt"]) == (member, None)
        told = await agent.done("endShift", "shift { id endsAt } events { eventType }", shiftId=shift["id"])
        assert told["events"] == [{"eventType": "shift_ended"}]
        row = await office.row("team.team_shifts", member_id=member)
        assert datetime.now(UTC) - row["starts_at"] < timedelta(minutes=1)
        assert row["starts_at"] < row["ends_at"]

    async def test_a_member_has_one_shift_at_a_time(self, agent: Player, office: Office) -> None:
        told = await agent.done("startShift", "shift { id }", startsAt=_at(_NINE))
        problem = await office.refused(agent, "startShift")
        assert (problem["__typename"], problem["code"]) == ("Conflict", "SHIFTS_OVERLAP")
        await agent.done("endShift", shiftId=told["shift"]["id"], endsAt=_at(_NINE + timedelta(hours=8)))
        problem = await office.refused(agent, "startShift", startsAt=_at(_NINE + timedelta(hours=7)))
        assert problem["code"] == "SHIFTS_OVERLAP"
        await agent.done("startShift", startsAt=_at(_NINE + timedelta(hours=8)))

    async def test_a_shift_that_was_forgotten_is_logged_before_the_next_one(
        self, agent: Player, office: Office, member: str
    ) -> None:
        later = {"starts_at": _NINE + timedelta(days=1), "ends_at": _NINE + timedelta(days=1, hours=8)}
        await office.write("team.team_shifts", member_id=member, **later)
        shift = (await agent.done("startShift", "shift { id }", startsAt=_at(_NINE)))["shift"]["id"]
        problem = await office.refused(agent, "endShift", shiftId=shift)
        assert (problem["code"], problem["path"]) == ("SHIFTS_OVERLAP", ["input", "endsAt"])
        await agent.done("endShift", shiftId=shift, endsAt=_at(later["starts_at"]))

    async def test_of_two_starts_at_once_one_is_refused(self, agent: Player, office: Office, member: str) -> None:
        told = await asyncio.gather(*(agent.problems("startShift") for _ in range(6)))
        assert sorted(len(problems) for problems in told) == [0, 1, 1, 1, 1, 1]
        await office.row("team.team_shifts", member_id=member)

    async def test_a_shift_ends_once_and_after_it_began(self, agent: Player, office: Office) -> None:
        shift = (await agent.done("startShift", "shift { id }", startsAt=_at(_NINE)))["shift"]["id"]
        problem = await office.refused(agent, "endShift", shiftId=shift, endsAt=_at(_NINE))
        assert (problem["code"], problem["path"]) == ("ENDS_BEFORE_START", ["input", "endsAt"])
        await agent.done("endShift", shiftId=shift)
        problem = await office.refused(agent, "endShift", shiftId=shift)
        assert (problem["__typename"], problem["code"]) == ("Conflict", "SHIFT_ENDED")

    async def test_an_agent_speaks_for_itself_and_a_manager_for_anybody(
        self, agent: Player, manager: Player, office: Office, member: str
    ) -> None:
        other = await office.member()
        problem = await office.refused(agent, "startShift", "... on Forbidden { role }", memberId=other)
        assert (problem["code"], problem["role"]) == ("OWN_TIME_ONLY", "manager")
        shift = (await manager.done("startShift", "shift { id }", memberId=other))["shift"]["id"]
        problem = await office.refused(agent, "endShift", shiftId=shift)
        assert (problem["code"], problem["path"]) == ("OWN_TIME_ONLY", ["input", "shiftId"])
        await agent.done("startShift", memberId=member)

    async def test_who_has_no_place_in_the_staff_says_whose_it_is(
        self, players: dict[str, Player], manager: Player, office: Office
    ) -> None:
        problem = await office.refused(players["neighbour"], "startShift")
        assert (problem["__typename"], problem["code"]) == ("Invalid", "MEMBER_NEEDED")
        gone = await office.member(active=False)
        problem = await office.refused(manager, "startShift", memberId=gone)
        assert (problem["__typename"], problem["code"]) == ("Conflict", "MEMBER_INACTIVE")
        problem = await office.refused(players["neighbour"], "startShift", memberId=gone)
        assert problem["code"] == "NOT_FOUND"

    async def test_what_has_not_happened_yet_is_not_told(self, agent: Player, office: Office) -> None:
        now = datetime.now(UTC)
        problem = await office.refused(agent, "startShift", startsAt=_at(now + timedelta(minutes=6)))
        assert (problem["code"], problem["path"]) == ("MOMENT_IN_FUTURE", ["input", "startsAt"])
        shift = (await agent.done("startShift", "shift { id }", startsAt=_at(_NINE)))["shift"]["id"]
        problem = await office.refused(agent, "endShift", shiftId=shift, endsAt=_at(now + timedelta(minutes=6)))
        assert (problem["code"], problem["path"]) == ("MOMENT_IN_FUTURE", ["input", "endsAt"])
        await agent.done("endShift", shiftId=shift, endsAt=_at(now + timedelta(minutes=4)))


class TestTime:
    async def test_time_runs_and_stops(self, agent: Player, office: Office, member: str) -> None:
        told = await agent.done("logTime", "timeEntry { id endedAt durationSeconds } events { eventType }")
        assert told["events"] == [{"eventType": "time_logged"}]
        entry = told["timeEntry"]
        assert (entry["endedAt"], entry["durationSeconds"]) == (None, None)
        home = await office.home()
        told = await agent.done(
            "logTime",
            "timeEntry { id property { id } } events { eventType }",
            timeEntryId=entry["id"],
            propertyId=home,
            hourlyRateCents=4500,
        )
        assert told == {
            "timeEntry": {"id": entry["id"], "property": {"id": home}},
            "events": [{"eventType": "time_stopped"}],
        }
        row = await office.row("team.time_entries", member_id=member)
        assert row["ended_at"] is not None
        assert (row["hourly_rate_cents"], row["duration_seconds"]) == (4500, 0)
        problem = await office.refused(agent, "logTime", timeEntryId=entry["id"])
        assert (problem["__typename"], problem["code"]) == ("Conflict", "TIME_STOPPED")

    async def test_a_whole_stretch_is_logged(self, agent: Player, office: Office) -> None:
        given = {"startedAt": _at(_NINE), "endedAt": _at(_NINE + timedelta(minutes=90))}
        told = await agent.done("logTime", "timeEntry { durationSeconds }", **given, hourlyRateCents=0)
        assert told["timeEntry"] == {"durationSeconds": 5400}
        problem = await office.refused(agent, "logTime", **given)
        assert (problem["__typename"], problem["code"]) == ("Conflict", "ENTRIES_OVERLAP")

    async def test_time_that_runs_leaves_no_room_behind_it(self, agent: Player, office: Office) -> None:
        hour_ago = datetime.now(UTC) - timedelta(hours=1)
        await agent.done("logTime", startedAt=_at(hour_ago))
        for given in ({}, {"startedAt": _at(hour_ago - timedelta(hours=1)), "endedAt": _at(datetime.now(UTC))}):
            assert (await office.refused(agent, "logTime", **given))["code"] == "ENTRIES_OVERLAP"

    async def test_of_many_overlapping_at_once_one_is_logged(self, agent: Player, office: Office, member: str) -> None:
        ends = [_at(_NINE + timedelta(hours=n)) for n in range(1, 7)]
        told = await asyncio.gather(
            *(agent.problems("logTime", startedAt=_at(_NINE), endedAt=ended_at) for ended_at in ends)
        )
        assert sorted(len(problems) for problems in told) == [0, 1, 1, 1, 1, 1]
        assert {problem["code"] for problems in told for problem in problems} == {"ENTRIES_OVERLAP"}
        await office.row("team.time_entries", member_id=member)

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({"endedAt": _at(_NINE)}, "START_NEEDED", "startedAt"),
            ({"startedAt": _at(_NINE), "endedAt": _at(_NINE)}, "ENDS_BEFORE_START", "endedAt"),
            ({"startedAt": _at(_NINE), "endedAt": _at(_NINE - timedelta(1))}, "ENDS_BEFORE_START", "endedAt"),
            (
                {"startedAt": _at(_NINE), "endedAt": _at(_NINE + timedelta(hours=24, seconds=1))},
                "ENTRY_TOO_LONG",
                "endedAt",
            ),
            ({"startedAt": _at(_NINE)}, "ENTRY_TOO_LONG", "startedAt"),
            ({"startedAt": "2090-01-01T00:00:00Z"}, "MOMENT_IN_FUTURE", "startedAt"),
            ({"startedAt": _at(_NINE), "endedAt": "2090-01-01T00:00:00Z"}, "MOMENT_IN_FUTURE", "endedAt"),
            ({"startedAt": "1999-12-31T00:00:00Z"}, "MOMENT_OUT_OF_RANGE", "startedAt"),
            ({"hourlyRateCents": -1}, "NUMBER_OUT_OF_RANGE", "hourlyRateCents"),
            ({"propertyId": "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}, "NOT_FOUND", "propertyId"),
            ({"timeEntryId": "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}, "NOT_FOUND", "timeEntryId"),
        ],
    )
    async def test_what_cannot_be_is_refused(
        self, agent: Player, office: Office, given: dict[str, Any], code: str, field: str
    ) -> None:
        problem = await office.refused(agent, "logTime", **given)
        assert (problem["code"], problem["path"]) == (code, ["input", field])

    async def test_a_day_is_the_longest_that_is_logged(self, agent: Player) -> None:
        await agent.done("logTime", startedAt=_at(_NINE), endedAt=_at(_NINE + timedelta(hours=24)))

    async def test_an_entry_that_stops_keeps_who_and_when_it_began(
        self, agent: Player, office: Office, member: str
    ) -> None:
        entry = (await agent.done("logTime", "timeEntry { id }"))["timeEntry"]["id"]
        for field, value in (("memberId", member), ("startedAt", _at(_NINE))):
            problem = await office.refused(agent, "logTime", timeEntryId=entry, **{field: value})
            assert (problem["code"], problem["path"]) == ("KNOWN_OF_ENTRY", ["input", field])

    async def test_time_that_ran_too_long_is_stopped_within_a_day(
        self, agent: Player, office: Office, member: str
    ) -> None:
        entry = await office.write("team.time_entries", member_id=member, started_at=_NINE)
        problem = await office.refused(agent, "logTime", timeEntryId=entry)
        assert (problem["code"], problem["path"]) == ("ENTRY_TOO_LONG", ["input", "endedAt"])
        await agent.done("logTime", timeEntryId=entry, endedAt=_at(_NINE + timedelta(hours=3)))

    async def test_an_agent_logs_its_own_and_a_manager_anybodys(
        self, agent: Player, manager: Player, office: Office
    ) -> None:
        other = await office.member()
        problem = await office.refused(agent, "logTime", memberId=other)
        assert (problem["__typename"], problem["code"]) == ("Forbidden", "OWN_TIME_ONLY")
        entry = (await manager.done("logTime", "timeEntry { id }", memberId=other))["timeEntry"]["id"]
        problem = await office.refused(agent, "logTime", timeEntryId=entry)
        assert (problem["code"], problem["path"]) == ("OWN_TIME_ONLY", ["input", "timeEntryId"])
        await manager.done("logTime", timeEntryId=entry)

    async def test_a_stay_says_where(self, agent: Player, office: Office) -> None:
        stayed, elsewhere = await office.home(0), await office.home(1)
        values = {"starts_on": date(2003, 5, 1), "ends_on": date(2003, 5, 4), "status": "tentative"}
        stay = await office.write(
            "reservations.reservations", property_id=stayed, confirmation_code=str(uuid4()), **values
        )
        problem = await office.refused(agent, "logTime", reservationId=stay, propertyId=elsewhere)
        assert (problem["code"], problem["path"]) == ("STAY_ELSEWHERE", ["input", "reservationId"])
        told = await agent.done("logTime", "timeEntry { property { id } reservation { id } }", reservationId=stay)
        assert told["timeEntry"] == {"property": {"id": stayed}, "reservation": {"id": stay}}

    async def test_outsiders_log_nothing(self, tenant: Player, office: Office) -> None:
        for command in ("startShift", "logTime"):
            assert (await office.refused(tenant, command))["code"] == "ROLE_NEEDED"
