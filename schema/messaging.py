"""Conversations by mail and chat, and the bookkeeping that keeps them sane."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from schema.enums import MessageDirection, ReportKind
from schema.vocabulary.column import column
from schema.vocabulary.edge import One, many, one, single
from schema.vocabulary.entity import entity
from schema.vocabulary.role import OUTSIDERS
from schema.vocabulary.row import Edited, Owned
from schema.vocabulary.sight import seen

if TYPE_CHECKING:
    from schema.directory import Contact
    from schema.team import Ticket


@entity("messaging.threads", sight=[seen("ticket_id", among="my_tickets")])
class Thread(Owned):
    """The conversation about a ticket; one each."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=single("thread", "The conversation about it."))


@entity("messaging.messages", sight=[seen("thread_id", among="my_threads")])
class Message(Owned):
    """A message that came in or went out."""

    thread: One[Thread] = one("thread_id", "The conversation.", reverse=many("messages", "What was written in it."))
    message_id: str = column("The Message-ID it was sent with; unique per operator.")
    in_reply_to: str | None = column("The Message-ID it answers.")
    direction: MessageDirection = column("Whether it came in or went out.")
    sender: str = column("The address it came from.", hidden_from=OUTSIDERS)
    body: str = column("What it says.")
    received_at: datetime = column("When it came in or went out.", order=True)


@entity("messaging.active_tickets")
class ActiveTicket(Edited):
    """The ticket that a person wrote about last: the best guess for a message that names none."""

    contact: One[Contact] = one(
        "contact_id", "The person.", reverse=single("active_ticket", "The ticket they wrote about last.")
    )
    ticket: One[Ticket] = one(
        "ticket_id", "The ticket.", reverse=many("active_for", "The people who wrote about it last.")
    )


@entity("messaging.buffered_messages")
class BufferedMessage(Owned):
    """A message that waits for rapid follow-ups of its sender, to be handled as one with them."""

    sender: str = column("The address it came from.")
    body: str = column("What it says.")
    received_at: datetime = column("When it came in.")
    release_at: datetime = column("When it is handled, if no other follows.", order=True)


@entity("messaging.auto_replies")
class AutoReply(Owned):
    """An automatic reply that went out; counted, so that two robots never talk for long."""

    sender: str = column("The address it answered.")
    sent_at: datetime = column("When it went out.", order=True)


@entity("messaging.report_runs")
class ReportRun(Owned):
    """A report's period, claimed once so that it is sent once."""

    kind: ReportKind = column("How often it goes out.")
    period: date = column("The first day of the period.", order=True)
    claimed_at: datetime = column("When a worker took it.")
