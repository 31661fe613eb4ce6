"""Rows of the schemas files, finance, messaging and audit."""

from datetime import date
from typing import NamedTuple

from asyncpg.pgproto.pgproto import UUID


class File(NamedTuple):
    """files.files"""

    id: UUID
    operator_id: UUID
    storage_key: str
    file_name: str
    media_type: str
    byte_size: int
    sha256: str
    uploaded_by: UUID | None
    created_at: int


class Transaction(NamedTuple):
    """finance.transactions"""

    id: UUID
    operator_id: UUID
    property_id: UUID | None
    reservation_id: UUID | None
    amount_cents: int
    currency: str
    type: str
    occurred_at: int
    memo: str | None
    created_at: int


class Document(NamedTuple):
    """finance.documents"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    kind: str
    number: str | None
    url: str | None
    file_id: UUID | None
    external_id: str | None
    amount_cents: int | None
    currency: str | None
    issued_at: int | None
    created_at: int
    updated_at: int
    version: int


class Payment(NamedTuple):
    """finance.payments"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    method: str
    reference: str | None
    amount_cents: int
    currency: str
    status: str
    paid_at: int | None
    created_at: int
    updated_at: int
    version: int


class Thread(NamedTuple):
    """messaging.threads"""

    id: UUID
    operator_id: UUID
    ticket_id: UUID
    created_at: int


class Message(NamedTuple):
    """messaging.messages"""

    id: UUID
    operator_id: UUID
    thread_id: UUID
    message_id: str
    in_reply_to: str | None
    direction: str
    sender: str
    body: str
    received_at: int
    created_at: int


class ActiveTicket(NamedTuple):
    """messaging.active_tickets"""

    id: UUID
    operator_id: UUID
    contact_id: UUID
    ticket_id: UUID
    created_at: int
    updated_at: int
    version: int


class BufferedMessage(NamedTuple):
    """messaging.buffered_messages"""

    id: UUID
    operator_id: UUID
    sender: str
    body: str
    received_at: int
    release_at: int
    created_at: int


class AutoReply(NamedTuple):
    """messaging.auto_replies"""

    id: UUID
    operator_id: UUID
    sender: str
    sent_at: int
    created_at: int


class ReportRun(NamedTuple):
    """messaging.report_runs"""

    id: UUID
    operator_id: UUID
    kind: str
    period: date
    claimed_at: int
    created_at: int


class Event(NamedTuple):
    """audit.events"""

    id: UUID
    operator_id: UUID
    entity: str
    entity_id: UUID
    ticket_id: UUID | None
    event_type: str
    actor_type: str
    actor_id: UUID | None
    occurred_at: int
    details: str
    request_id: str | None
    created_at: int
