"""A ticket's history: told step by step, each step a change of the ticket and its event, until the present stops it."""

from collections.abc import Mapping

import orjson
from asyncpg.pgproto.pgproto import UUID

from db.demo.clock import DAY, MINUTE, PRESENT, SECOND
from db.demo.desk import Desk
from db.demo.rows.links import TicketShift, TicketTimeEntry
from db.demo.rows.records import Event
from db.demo.rows.team import Ticket
from db.demo.timesheet import Booking
from db.demo.world import SYSTEM, Actor, Home, Member, Person, Stay

_RESPONDERS = frozenset({"admin", "manager", "agent", "vendor"})
_HELD = frozenset({"waiting", "on_hold"})
_UNFINISHED_WORK = frozenset({"open", "in_progress", "quoted", "pending_tenant_confirmation", "waiting"})


class UnfinishedError(Exception):
    """The present has come, or the ticket rests here: the story has no more to tell."""


class Story:
    """What all tickets have in common.

    Args:
        desk: The operator's desk.
        ticket: The ticket as it was created.
        rests_at: The status in which the ticket is left lying, if it gets there.
    """

    def __init__(self, desk: Desk, ticket: Ticket, home: Home | None, stay: Stay | None, rests_at: str | None) -> None:
        self.desk = desk
        self.world = desk.world
        self.operator = desk.operator
        self.ticket = ticket
        self.home = home
        self.stay = stay
        self.now = ticket.created_at
        self.rests_at = rests_at
        self.lead: Member | None = None
        self.requestor: Person | None = None
        self.requestor_actor: Actor = SYSTEM
        self.linked: set[UUID] = set()
        self._shifts: set[UUID] = set()

    def wait(self, low: int, high: int, *, office: bool = True) -> None:
        """Let minutes pass, to office hours if it is staff that acts.

        Raises:
            UnfinishedError: The step would lie in the future.
        """
        then = self.now + self.world.between(low * 60, high * 60) * SECOND + SECOND
        self.wait_until(self.operator.zone.at_work(then) if office else then)

    def wait_until(self, moment: int) -> None:
        """Let time pass until a moment that is not past yet."""
        if moment > PRESENT - MINUTE:
            raise UnfinishedError
        self.now = max(self.now + SECOND, moment)

    def record(
        self,
        event_type: str,
        actor: Actor,
        details: Mapping[str, object] | None = None,
        *,
        of: tuple[str, UUID] | None = None,
    ) -> None:
        """Write an event of the ticket, or of a row that hangs on it."""
        entity, entity_id = of or ("Ticket", self.ticket.id)
        ids = self.world.ids
        request_id = None if actor is SYSTEM else f"req-{self.world.rng.getrandbits(48):012x}"
        self.world.sink.add(
            Event(
                ids.new(self.now),
                self.operator.id,
                entity,
                entity_id,
                self.ticket.id,
                event_type,
                actor.type,
                actor.contact_id,
                self.now,
                orjson.dumps(details).decode() if details else "{}",
                request_id,
                self.now,
            )
        )

    def edited(self) -> None:
        """The ticket's row has changed."""
        self.ticket.updated_at = self.now
        self.ticket.version += 1

    def responded(self, actor: Actor) -> None:
        """Something public was done; the first by staff or vendor is the response."""
        if self.ticket.first_response_at is None and actor.type in _RESPONDERS:
            self.ticket.first_response_at = self.now

    def move(self, to: str, actor: Actor, reason: str | None = None) -> None:
        """Change the status.

        Raises:
            UnfinishedError: The ticket rests there.
        """
        ticket = self.ticket
        details = {"from": ticket.status, "to": to, "version": ticket.version + 1}
        if reason:
            details["reason"] = reason
        self.now += SECOND
        self._leave(to)
        if to in _HELD:
            ticket.held_from, ticket.held_at, ticket.hold_reason = ticket.status, self.now, reason
            ticket.held_until = self.now + self.world.between(3, 30) * DAY if self.world.chance(0.5) else None
        ticket.status = to
        self.responded(actor)
        self.edited()
        self.record("status_changed", actor, details)
        if to == self.rests_at:
            raise UnfinishedError

    def _leave(self, to: str) -> None:
        ticket = self.ticket
        if ticket.status in _HELD:
            ticket.held_from = ticket.held_at = ticket.held_until = ticket.hold_reason = None
        if ticket.status in ("resolved", "closed", "completed", "disputed") and to in _UNFINISHED_WORK:
            if ticket.workflow == "general":
                ticket.reopened_count += 1
            ticket.resolved_at = ticket.resolution_seconds = ticket.closed_at = ticket.total_days_open = None

    def resolve_at(self, moment: int) -> None:
        """The work is done, as of a moment."""
        self.ticket.resolved_at = moment
        self.ticket.resolution_seconds = (moment - self.ticket.created_at) // SECOND

    def close(self, actor: Actor) -> None:
        """The end, unless it is reopened."""
        self.now += SECOND
        self.ticket.closed_at = self.now + SECOND
        self.ticket.total_days_open = (self.now + SECOND - self.ticket.created_at) // DAY
        self.move("closed", actor)

    def cancel(self, actor: Actor, reason: str, note: str | None = None) -> None:
        """The other end."""
        ticket = self.ticket
        ticket.cancelled_by, ticket.cancel_reason, ticket.cancel_note = actor.type, reason, note
        ticket.cancelled_at = self.now + SECOND
        self.move("cancelled", actor, reason)

    def assign(self, member: Member) -> None:
        """Somebody takes the ticket."""
        self.lead = member
        self.ticket.current_agent_id = member.id
        self.ticket.current_team_id = member.team_id
        self.edited()
        details = {"after": {"current_agent_id": str(member.id)}, "version": self.ticket.version}
        self.record("ticket_assigned", member.actor, details)

    def work(self, member: Member, minutes: int, role: str = "work") -> Booking:
        """Somebody works on it: the time is booked, and has passed.

        Raises:
            UnfinishedError: The work would not be done by now.
        """
        away = role == "admin"
        booking = self.desk.timesheet.book(
            member, self.now, minutes * 60, None if away else self.home, None if away else self.stay
        )
        if booking is None:
            raise UnfinishedError
        self.now = booking.ended_at
        allocated = booking.seconds if minutes % 5 else booking.seconds * 4 // 5
        sink, ids, ticket = self.world.sink, self.world.ids, self.ticket
        ticket.active_time_seconds += allocated
        sink.add(
            TicketTimeEntry(ids.new(self.now), self.operator.id, ticket.id, booking.entry_id, role, allocated, self.now)
        )
        self.edited()
        if booking.shift_id not in self._shifts:
            self._shifts.add(booking.shift_id)
            how = "covered" if minutes % 11 == 0 else "worked"
            sink.add(TicketShift(ids.new(self.now), self.operator.id, ticket.id, booking.shift_id, how, self.now))
        return booking
