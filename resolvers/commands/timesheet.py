"""Writing down who worked when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.members import hold_member, refuse_others
from resolvers.commands.moments import happened
from resolvers.commands.places import home_of
from schema.commands.timesheet import EndShift, LogTime, StartShift

_LONGEST = timedelta(hours=24)

# An open one leaves no room for another; one that was logged late may have others behind it.
_GOES_ON = """
SELECT FROM team.team_shifts
WHERE member_id = $1 AND (ends_at IS NULL OR starts_at <= $2 AND ends_at > $2) LIMIT 1
"""
_START_SHIFT = "INSERT INTO team.team_shifts (operator_id, member_id, starts_at) VALUES ($1, $2, $3) RETURNING id"
_SHIFT = """
SELECT s.member_id, s.ends_at, EXISTS (
    SELECT FROM team.team_shifts AS o
    WHERE o.member_id = s.member_id AND o.starts_at > s.starts_at AND o.starts_at < $2)
FROM team.team_shifts AS s WHERE s.id = $1
"""
_END_SHIFT = "UPDATE team.team_shifts SET ends_at = $2 WHERE id = $1"
_LOG = """
INSERT INTO team.time_entries (operator_id, member_id, started_at, ended_at, property_id, reservation_id,
                               hourly_rate_cents)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
"""
_ENTRY = "SELECT member_id, started_at, ended_at FROM team.time_entries WHERE id = $1 FOR NO KEY UPDATE"
_STOP = """
UPDATE team.time_entries
SET ended_at = $2, property_id = coalesce($3, property_id), reservation_id = coalesce($4, reservation_id),
    hourly_rate_cents = coalesce($5, hourly_rate_cents)
WHERE id = $1
"""


@handles(StartShift)
async def start_shift(work: Work, given: StartShift) -> Given:
    """Raises Refused where another shift of the member goes on then, or has not ended."""
    starts_at = happened(given.starts_at, "startsAt")
    member = await hold_member(work, given.member_id)
    if await work.row(_GOES_ON, member, starts_at) is not None:
        raise Refused(_overlap("Another shift of the member goes on. End it first, or start later.", "startsAt"))
    return {"shift": await work.value(_START_SHIFT, work.viewer.operator_id, member, starts_at)}


@handles(EndShift)
async def end_shift(work: Work, given: EndShift) -> Given:
    """Raises Refused where it has ended, or would reach into the member's next one."""
    ends_at = happened(given.ends_at, "endsAt")
    ((member, ended_at, another_began),) = await work.rows(_SHIFT, given.shift_id, ends_at)
    await refuse_others(work, member, path=("input", "shiftId"))
    if ended_at is not None:
        raise Refused(Conflict("SHIFT_ENDED", "The shift has ended already.", path=("input", "shiftId")))
    if another_began:
        raise Refused(_overlap("The member's next shift began before that. End this one earlier.", "endsAt"))
    await work.run(_END_SHIFT, given.shift_id, ends_at)
    return {"shift": given.shift_id}


@handles(LogTime)
async def log_time(work: Work, given: LogTime) -> Given:
    """That a member's time does not overlap is the table's own constraint."""
    home = await home_of(work, given.property_id, given.reservation_id)
    if given.time_entry_id is None:
        return {"time_entry": await _log(work, given, home)}
    await _stop(work, given, given.time_entry_id, home)
    return {"time_entry": given.time_entry_id}


async def _log(work: Work, given: LogTime, home: UUID | None) -> UUID:
    if given.started_at is None and given.ended_at is not None:
        message = "Say when it started too, or which running entry stops."
        raise Refused(Invalid("START_NEEDED", message, path=("input", "startedAt")))
    started_at = happened(given.started_at, "startedAt")
    ended_at = None if given.ended_at is None else happened(given.ended_at, "endedAt")
    _refuse_long(started_at, ended_at)
    entry: UUID = await work.value(
        _LOG,
        work.viewer.operator_id,
        await hold_member(work, given.member_id),
        started_at,
        ended_at,
        home,
        given.reservation_id,
        given.hourly_rate_cents,
    )
    return entry


async def _stop(work: Work, given: LogTime, entry: UUID, home: UUID | None) -> None:
    for field, value in (("memberId", given.member_id), ("startedAt", given.started_at)):
        if value is not None:
            message = "The entry that stops has it already. Leave it out."
            raise Refused(Invalid("KNOWN_OF_ENTRY", message, path=("input", field)))
    ((member, started_at, stopped_at),) = await work.rows(_ENTRY, entry)
    await refuse_others(work, member, path=("input", "timeEntryId"))
    if stopped_at is not None:
        raise Refused(Conflict("TIME_STOPPED", "The entry has stopped already.", path=("input", "timeEntryId")))
    ended_at = happened(given.ended_at, "endedAt")
    _refuse_long(started_at, ended_at)
    await work.run(_STOP, entry, ended_at, home, given.reservation_id, given.hourly_rate_cents)


def _overlap(message: str, field: str) -> Conflict:
    return Conflict("SHIFTS_OVERLAP", message, path=("input", field))


def _refuse_long(started_at: datetime, ended_at: datetime | None) -> None:
    """Raises Refused for more than 24 hours, also of time that still runs."""
    if (ended_at or datetime.now(UTC)) - started_at > _LONGEST:
        field = "startedAt" if ended_at is None else "endedAt"
        message = "An entry has 24 hours at most. Log what goes beyond as another one."
        raise Refused(Invalid("ENTRY_TOO_LONG", message, path=("input", field)))
