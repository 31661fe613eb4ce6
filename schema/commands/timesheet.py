"""Shifts and time: who worked when, and on what."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.enums import TimeRole
from schema.vocabulary.command import command
from schema.vocabulary.given import given, part
from schema.vocabulary.role import STAFF

_MEMBER = "Whose it is; yours if left out. Only managers say another's."
_DAY = 24 * 60 * 60


@command(
    by=STAFF,
    gives={"shift": "TeamShift"},
    example="""mutation {
  startShift(input: {}) {
    shift { id startsAt member { name } }
    problems { code message path }
  }
}""",
)
class StartShift:
    """Starts a shift, now or at a moment that has passed. A member has one shift open at a time."""

    member_id: UUID | None = given(_MEMBER, default=None, of="TeamMember")
    starts_at: datetime | None = given("When it started; now if left out.", default=None)


@command(
    by=STAFF,
    subject="shift_id",
    gives={"shift": "TeamShift"},
    example="""mutation {
  endShift(input: {shiftId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}) {
    shift { startsAt endsAt }
    problems { code message path }
  }
}""",
)
class EndShift:
    """Ends a shift, now or at a moment that has passed."""

    shift_id: UUID = given("The shift.", of="TeamShift")
    ends_at: datetime | None = given("When it ended; now if left out.", default=None)


@command(
    by=STAFF,
    gives={"time_entry": "TimeEntry"},
    example="""mutation {
  logTime(input: {startedAt: "2026-11-02T09:00:00Z", endedAt: "2026-11-02T10:30:00Z"}) {
    timeEntry { id durationSeconds }
    problems { code message path }
  }
}""",
)
class LogTime:
    """Starts time that runs, stops it, or logs a whole stretch that has passed.

    Without `endedAt` it starts and runs; with `timeEntryId` that entry stops; with `startedAt` and `endedAt` it is a
    whole one. A member's time does not overlap, and no entry is longer than 24 hours.
    """

    time_entry_id: UUID | None = given("The running entry that stops.", default=None, of="TimeEntry")
    member_id: UUID | None = given(_MEMBER, default=None, of="TeamMember")
    started_at: datetime | None = given("When it started; now if left out of time that runs.", default=None)
    ended_at: datetime | None = given("When it ended; now if left out of an entry that stops.", default=None)
    property_id: UUID | None = given("Where the work was.", default=None, of="Property")
    reservation_id: UUID | None = given("The stay it was for; its home is where.", default=None, of="Reservation")
    hourly_rate_cents: int | None = given("What an hour of it costs, in cents.", default=None, least=0)


@part
class Allocation:
    """How much of a time entry goes to one thing: a ticket, an inspection or a shift."""

    ticket_id: UUID | None = given("The ticket that it goes to.", default=None, of="Ticket")
    inspection_id: UUID | None = given("The inspection, instead of a ticket.", default=None, of="Inspection")
    shift_id: UUID | None = given("The shift, instead of both.", default=None, of="TeamShift")
    seconds: int = given("How much, in seconds; 0 takes back what was allocated.", least=0, most=_DAY)
    role: TimeRole = given("What it was spent on; without a meaning for a shift.", default=TimeRole.WORK)


@command(
    by=STAFF,
    subject="time_entry_id",
    gives={"time_entry": "TimeEntry"},
    example="""mutation {
  allocateTime(input: {
    timeEntryId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"
    allocations: [{ticketId: "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20", seconds: 3600}]
  }) {
    timeEntry { ticketAllocations { nodes { allocatedSeconds role ticket { number activeTimeSeconds } } } }
    problems { code message path }
  }
}""",
)
class AllocateTime:
    """Says what an entry's time went to. What was allocated to the same thing in the same role is replaced.

    Tickets, shifts and inspections are three sums apart, and none exceeds the entry; a running entry must stop first.
    """

    time_entry_id: UUID = given("The time.", of="TimeEntry")
    allocations: list[Allocation] = given("What it went to.")
