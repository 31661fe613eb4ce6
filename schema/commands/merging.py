"""Tickets about the same, made one."""

from __future__ import annotations

from uuid import UUID

from schema.vocabulary.command import command
from schema.vocabulary.given import given
from schema.vocabulary.role import STAFF


@command(
    by=STAFF,
    subject="ticket_id",
    gives={"ticket": "Ticket", "into": "Ticket"},
    example="""mutation {
  mergeTickets(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", intoTicketId: "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20"
  }) {
    ticket { status cancelReason }
    into { number }
    problems { code message path }
  }
}""",
)
class MergeTickets:
    """Merges a duplicate into another ticket: its links move there, and it is cancelled as a duplicate."""

    ticket_id: UUID = given("The duplicate.", of="Ticket")
    into_ticket_id: UUID = given("The ticket that stays.", of="Ticket")
