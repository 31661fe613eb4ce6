"""Shifts and time entries: a member does one thing at a time, within its shift."""

from typing import NamedTuple

from asyncpg.pgproto.pgproto import UUID

from db.demo.clock import HOUR, MINUTE, PRESENT, SECOND, weekday
from db.demo.rows.team import ShiftTimeEntry, TeamShift, TimeEntry
from db.demo.world import Home, Member, Operator, Stay, World

_SHIFT = 9 * HOUR
_PATIENCE = 40  # days that work may wait for a member
_WEEKEND_POSTS = frozenset({"housekeeper", "host", "on_call"})


class Booking(NamedTuple):
    """A finished piece of work."""

    entry_id: UUID
    shift_id: UUID
    member: Member
    started_at: int
    ended_at: int

    @property
    def seconds(self) -> int:
        """How long it took."""
        return (self.ended_at - self.started_at) // SECOND


class Timesheet:
    """Books one operator's staff."""

    def __init__(self, world: World, operator: Operator) -> None:
        self._world = world
        self._operator = operator
        self._weekenders = {member.id for post in _WEEKEND_POSTS for member in operator.members.get(post, ())}

    def member(self, *posts: str) -> Member:
        """Some member with one of the posts; the first post that anybody has."""
        for post in posts:
            if members := self._operator.members.get(post):
                return members[self._world.between(0, len(members) - 1)]
        raise LookupError(f"{self._operator.name} has nobody for {posts}")

    def book(
        self, member: Member, earliest: int, seconds: int, home: Home | None = None, stay: Stay | None = None
    ) -> Booking | None:
        """Write the first free time of a member from a moment on; None when that is not past yet."""
        started = self._free(member, earliest, seconds * SECOND)
        if started is None or started + seconds * SECOND > PRESENT - MINUTE:
            return None
        world, operator = self._world, self._operator
        ended = started + seconds * SECOND
        day = operator.zone.day(started)
        member.busy_until[day] = ended + 5 * MINUTE
        entry_id = world.ids.new(started)
        rate = member.hourly_rate if seconds % 17 else None
        world.sink.add(
            TimeEntry(
                entry_id,
                operator.id,
                member.id,
                started,
                ended,
                home.id if home else None,
                stay.id if stay else None,
                rate,
                started,
                ended,
                2,
            )
        )
        shift_id = self._shift(member, day)
        within = seconds if seconds % 13 else seconds * 3 // 4
        world.sink.add(ShiftTimeEntry(world.ids.new(ended), operator.id, shift_id, entry_id, within, ended))
        return Booking(entry_id, shift_id, member, started, ended)

    def _free(self, member: Member, earliest: int, length: int) -> int | None:
        zone = self._operator.zone
        day = zone.day(earliest)
        weekends = member.id in self._weekenders
        for _ in range(_PATIENCE):
            if weekends or weekday(day) < 5:
                opens = zone.at(day, member.starts)
                started = max(earliest, member.busy_until.get(day, opens))
                if started + length <= opens + _SHIFT:
                    return started
            day += 1
        return None

    def _shift(self, member: Member, day: int) -> UUID:
        """The member's shift of a day, planned in the week before."""
        if day not in member.shifts:
            self._plan(member, day)
        return member.shifts[day]

    def _plan(self, member: Member, day: int) -> None:
        zone, world = self._operator.zone, self._world
        planned = zone.at(day - weekday(day) - 7, 14 * HOUR)
        starts = zone.at(day, member.starts)
        running = starts < PRESENT < starts + _SHIFT
        member.shifts[day] = shift_id = world.ids.new(planned)
        ends = None if running else starts + _SHIFT
        updated = ends if ends and ends < PRESENT else planned
        world.sink.add(
            TeamShift(shift_id, self._operator.id, member.id, starts, ends, planned, updated, 1 + (updated > planned))
        )

    def close(self) -> None:
        """Write what goes on at present, and the shifts of the days to come."""
        today = self._operator.zone.day(PRESENT)
        for post, members in self._operator.members.items():
            if post in ("program", "leaver"):
                continue
            for at, member in enumerate(members):
                for day in range(today - 1, today + 5):
                    if weekday(day) < 5:
                        self._shift(member, day)
                if at < 2 and post in ("technician", "housekeeper", "on_call"):
                    self._start(member, self._operator.homes[at])

    def _start(self, member: Member, home: Home) -> None:
        """Write an entry that is still running."""
        today = self._operator.zone.day(PRESENT)
        started = max(PRESENT - self._world.between(10, 110) * MINUTE, member.busy_until.get(today, 0))
        if started >= PRESENT or member.busy_until.get(today - 1, 0) > started:
            return
        self._world.sink.add(
            TimeEntry(
                self._world.ids.new(started),
                self._operator.id,
                member.id,
                started,
                None,
                home.id,
                None,
                member.hourly_rate,
                started,
                started,
                1,
            )
        )
