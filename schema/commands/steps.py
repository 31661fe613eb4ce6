"""The steps of a ticket that take more than a status: cancelled, held, resumed, closed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.enums import CancelReason
from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given
from schema.vocabulary.role import GUEST, HOMEOWNER, STAFF, SYSTEM, TENANT


@command(
    by=STAFF | {TENANT, GUEST, HOMEOWNER, SYSTEM},
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  cancelTicket(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", reason: OTHER, note: "The tap was only loose."
  }) {
    ticket { status cancelReason }
    problems { code message path }
  }
}""",
)
class CancelTicket:
    """Ends a ticket without its work. Who asked for it may do so as long as nobody works on it."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    reason: CancelReason = given("Why.")
    note: str | None = given("More about why; OTHER needs it.", default=None, longest=2_000, lines=True)


@command(
    by=STAFF,
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  holdTicket(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", reason: "The owner is away.", until: "2027-01-10T09:00:00Z"
  }) {
    ticket { status heldFrom heldUntil }
    problems { code message path }
  }
}""",
)
class HoldTicket:
    """Puts a ticket on hold, or lets it wait, as its workflow calls it. It remembers where it stood."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    reason: str = given("Why.", longest=2_000, lines=True)
    until: datetime | None = given("Until when.", default=None)


@command(
    by=STAFF,
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  resumeTicket(input: {ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}) {
    ticket { status }
    problems { code message path }
  }
}""",
)
class ResumeTicket:
    """Ends a hold: the ticket returns to where it was held. A visit whose time has passed is to be confirmed anew."""

    ticket_id: UUID = given("The ticket.", of="Ticket")


@command(
    by=STAFF | {SYSTEM},
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  closeTicket(input: {ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}) {
    ticket { status closedAt totalDaysOpen }
    problems { code message path ... on TransitionRefused { missing { code message role } } }
  }
}""",
)
class CloseTicket:
    """Closes a ticket for good. A manager may do so although payment is missing, and says why."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    override: str | None = given(
        "Why it is closed although something is missing; a manager's.", default=None, longest=2_000, lines=True
    )


@command(
    by=STAFF,
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  assignTicket(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", agentId: "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20", teamId: null
  }) {
    ticket { currentAgent { name } currentTeam { name } }
    problems { code message path }
  }
}""",
)
class AssignTicket:
    """Gives a ticket to an agent, a team, or both; null takes it away again. The status stays."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    agent_id: UUID | Omitted | None = given("Who looks after it.", default=OMITTED, of="TeamMember")
    team_id: UUID | Omitted | None = given("The team that looks after it.", default=OMITTED, of="Team")
