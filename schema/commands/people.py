"""Who takes part in a ticket."""

from __future__ import annotations

from uuid import UUID

from schema.enums import ParticipantRole
from schema.vocabulary.command import command
from schema.vocabulary.given import given
from schema.vocabulary.role import STAFF


@command(
    by=STAFF,
    subject="ticket_id",
    gives={"ticket": "Ticket", "participant": "TicketParticipant"},
    example="""mutation {
  addParticipant(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", contactId: "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20", role: CC
  }) {
    participant { id role notify contact { fullName } }
    problems { code message path }
  }
}""",
)
class AddParticipant:
    """Makes a person part of a ticket: they see it from now on, and are told what happens if they should be."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    contact_id: UUID = given("The person.", of="Contact")
    role: ParticipantRole = given("What they are to the ticket.")
    notify: bool = given("Whether they are told of what happens.", default=True)


@command(
    by=STAFF,
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  removeParticipant(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", participantId: "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20"
  }) {
    ticket { participants { nodes { role contact { fullName } } } }
    problems { code message path }
  }
}""",
)
class RemoveParticipant:
    """Ends somebody's part in a ticket. Who sees it for another reason too, such as living there, sees it still."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    participant_id: UUID = given("Their part in it.", of="TicketParticipant")
