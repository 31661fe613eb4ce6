"""What happens by itself when time has passed. Each may be called at any time, and by several at once."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from uuid import UUID

from schema.vocabulary.command import command
from schema.vocabulary.given import given
from schema.vocabulary.result import record, told
from schema.vocabulary.role import SYSTEM

_MOST = "How many in this call at most."
_REMAINING = "How many wait for the next call."


class ReminderKind(Enum):
    """What a reminder asks for: that the vendor starts, that it completes, or what the tenant thought of it."""

    START = "start"
    COMPLETION = "completion"
    FEEDBACK = "feedback"


@record
class Reminder:
    """A message that is to be sent; it is told once."""

    kind: ReminderKind = told("What it asks for.")
    ticket_id: UUID = told("The ticket.")
    company_id: UUID | None = told("The vendor that it goes to; none where it goes to the tenant.")
    contact_id: UUID | None = told("The person that it goes to; none for a vendor without a first contact.")
    due_at: datetime = told("Since when it is due.")


@command(
    by={SYSTEM},
    gives={
        "tickets": told("The tickets that were cancelled.", ["Ticket"]),
        "cancelled": told("How many were cancelled.", int),
        "remaining": told(_REMAINING, int),
    },
    example="""mutation {
  cancelUnanswered(input: {most: 50}) {
    cancelled
    remaining
    tickets { number cancelReason }
    problems { code message path }
  }
}""",
)
class CancelUnanswered:
    """Cancels repairs whose tenant was asked for a time and has not answered within the operator's limit."""

    most: int = given(_MOST, default=100, least=1, most=1000)


@command(
    by={SYSTEM},
    gives={
        "tickets": told("The tickets that were closed.", ["Ticket"]),
        "closed": told("How many were closed.", int),
        "remaining": told(_REMAINING, int),
    },
    example="""mutation {
  closeResolved(input: {most: 50}) {
    closed
    remaining
    tickets { number closedAt }
    problems { code message path }
  }
}""",
)
class CloseResolved:
    """Closes what was resolved longer ago than the operator lets it be reopened; repairs once they are paid for."""

    most: int = given(_MOST, default=100, least=1, most=1000)


@command(
    by={SYSTEM},
    gives={
        "reminders": told("What is to be sent now; no other call tells it again.", list[Reminder]),
        "tickets": told("The tickets of the reminders, in their order.", ["Ticket"]),
        "remaining": told(_REMAINING, int),
    },
    example="""mutation {
  dueReminders(input: {most: 50, idempotencyKey: "reminders of 09:05"}) {
    reminders { kind ticketId companyId contactId dueAt }
    tickets { number title property { name } job { assignedVendor { name email } tenant { fullName email } } }
    remaining
    problems { code message path }
  }
}""",
)
class DueReminders:
    """Tells which reminders are due, and notes them as sent: to start, a day before the visit; to complete, two days
    after work began; for feedback, when the repair is completed.

    With an idempotency key an answer that was lost on its way is told again.
    """

    most: int = given(_MOST, default=100, least=1, most=1000)
