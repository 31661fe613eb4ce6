"""What happened, to what, by whom."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from schema.enums import ActorType
from schema.vocabulary.column import column
from schema.vocabulary.edge import One, many, one
from schema.vocabulary.entity import entity
from schema.vocabulary.role import OUTSIDERS
from schema.vocabulary.row import Owned
from schema.vocabulary.scalar import BigInt, Json
from schema.vocabulary.sight import seen

if TYPE_CHECKING:
    from schema.directory import Contact
    from schema.team import Ticket


_PUBLIC = {"event_type": ("ticket_created", "status_changed")}


@entity("audit.events", plural="auditEvents", sight=[seen("ticket_id", among="my_tickets", only=_PUBLIC)])
class AuditEvent(Owned):
    """A change that happened; written in the change's own transaction, and never changed itself."""

    sequence: BigInt = column("Its place in the order of all events.", order=True)
    entity: str = column("The type of the row that changed, such as Ticket.")
    entity_id: UUID = column("The row that changed.")
    ticket: One[Ticket | None] = one(
        "ticket_id", "The ticket it belongs to, if any.", reverse=many("events", "What happened to it, in order.")
    )
    event_type: str = column("What happened, in the past tense, such as status_changed.")
    actor_type: ActorType = column("In what capacity somebody acted.")
    actor: One[Contact | None] = one(
        "actor_id", "Who did it; none for the clockwork.", reverse=many("audit_events", "What this person did.")
    )
    occurred_at: datetime = column("When it happened.", order=True)
    details: Json = column("What changed: the values before and after.", hidden_from=OUTSIDERS)
    request_id: str | None = column("The request that did it.", hidden_from=OUTSIDERS)
