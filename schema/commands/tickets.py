"""What may be done with a ticket itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.enums import CommentVisibility, Priority, TicketStatus
from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given
from schema.vocabulary.role import OUTSIDERS, STAFF, SYSTEM


@command(
    by=STAFF | OUTSIDERS,
    subject="ticket_id",
    gives={"comment": "TicketComment"},
    example="""mutation {
  addComment(input: {ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", body: "The plumber comes at nine."}) {
    comment { id visibility }
    problems { code message path }
  }
}""",
)
class AddComment:
    """Writes a comment on a ticket. Only staff writes, and reads, internal ones."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    body: str = given("What it says.", longest=10_000, lines=True)
    visibility: CommentVisibility = given("Who reads it.", default=CommentVisibility.PUBLIC)


@command(
    by=STAFF | OUTSIDERS | {SYSTEM},
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  transitionTicket(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", to: IN_PROGRESS, reason: "The parts are here.", expectedVersion: 3
  }) {
    ticket { status version }
    events { eventType }
    problems { __typename code message path ... on TransitionRefused { allowed missing { code message role } } }
  }
}""",
)
class TransitionTicket:
    """Moves a ticket on in its workflow, if the workflow has the step, the role may take it and its guards hold.

    A reason is told by the event; a hold, a cancellation and work that starts without its agreements need it.
    """

    ticket_id: UUID = given("The ticket.", of="Ticket")
    to: TicketStatus = given("Where it goes.")
    reason: str | None = given("Why.", default=None, longest=2_000, lines=True)


@command(
    by=STAFF,
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  updateTicket(input: {ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", priority: HIGH, dueAt: null}) {
    ticket { priority dueAt }
    problems { code message path }
  }
}""",
)
class UpdateTicket:
    """Changes what a ticket says. What is left out stays as it is; null empties what may be empty."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    title: str | Omitted = given("What it is about, in a line.", default=OMITTED, longest=200)
    description: str | Omitted | None = given(
        "What was reported, in full.", default=OMITTED, longest=20_000, lines=True
    )
    notes: str | Omitted | None = given("What staff writes for itself.", default=OMITTED, longest=20_000, lines=True)
    priority: Priority | Omitted = given("How soon it wants attention.", default=OMITTED)
    due_at: datetime | Omitted | None = given("When it should be resolved.", default=OMITTED)
