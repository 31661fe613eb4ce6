"""Opens many tickets at once, all by one template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self
from uuid import UUID

from resolvers.commands.contract.work import Work
from schema.commands.template import TicketTemplate
from schema.enums import Priority, TicketSource, TicketType

# Numbered in the order given; number, workflow and status are the database's to fill in. Who no longer works here when
# a ticket is due is not given it.
_OPEN_TICKETS = """
WITH opening AS MATERIALIZED (
    SELECT platform.new_id() AS id, o.property_id, o.reservation_id, o.due_at, o.place
    FROM unnest($8::uuid[], $9::uuid[], $10::timestamptz[])
        WITH ORDINALITY AS o (property_id, reservation_id, due_at, place)
    ORDER BY o.place
), opened AS (
    INSERT INTO team.tickets (id, operator_id, ticket_type, title, description, priority, source, current_team_id,
                              current_agent_id, property_id, reservation_id, due_at)
    SELECT id, $1, $2, $3, $4, $5, $11, $6, (SELECT m.id FROM team.team_members AS m WHERE m.id = $7 AND m.active),
           property_id, reservation_id, due_at
    FROM opening ORDER BY place
)
SELECT id FROM opening ORDER BY place
"""

# The tenant's time is asked for, where one alone lives there.
_OPEN_JOBS = """
WITH opened AS (
    INSERT INTO maintenance.jobs (operator_id, ticket_id, issue_type, urgency, unit, tenant_contact_id)
    SELECT $1, t.id, $3, $4, l.unit, l.contact_id
    FROM team.tickets AS t
    LEFT JOIN LATERAL (
        SELECT (array_agg(y.unit))[1] AS unit, (array_agg(y.contact_id))[1] AS contact_id
        FROM property.tenancies AS y
        WHERE y.property_id = t.property_id AND y.starts_on <= current_date
          AND (y.ends_on IS NULL OR y.ends_on >= current_date)
        HAVING count(*) = 1
    ) AS l ON true
    WHERE t.id = ANY ($2::uuid[])
    ORDER BY t.id
    RETURNING ticket_id, tenant_contact_id
)
INSERT INTO team.ticket_participants (operator_id, ticket_id, contact_id, role)
SELECT $1, ticket_id, tenant_contact_id, 'tenant' FROM opened WHERE tenant_contact_id IS NOT NULL
"""

_URGENCY = {
    Priority.LOW.value: "routine",
    Priority.NORMAL.value: "routine",
    Priority.HIGH.value: "urgent",
    Priority.URGENT.value: "emergency",
}

TEMPLATES_AGENT = ("input", "template", "agentId")
"""Where a command's template names who is to have the tickets."""


class Opening(NamedTuple):
    """Where and by when."""

    property_id: UUID
    reservation_id: UUID | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Template:
    """What tickets look like, in values that the database takes."""

    ticket_type: str
    title: str
    description: str | None = None
    priority: str = Priority.NORMAL.value
    issue_type: str | None = None
    team_id: UUID | None = None
    agent_id: UUID | None = None
    due_after_hours: int | None = None

    @classmethod
    def of(cls, given: TicketTemplate) -> Self:
        values = {**asdict(given), "ticket_type": given.ticket_type.value, "priority": given.priority.value}
        return cls(**values)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """From what `kept` has made. Raises KeyError, TypeError or ValueError where it is something else."""
        ids = {name: UUID(kept[name]) for name in ("team_id", "agent_id") if kept.get(name)}
        return cls(**{**kept, **ids})

    def kept(self) -> dict[str, Any]:
        """As plain JSON, without what is not said."""
        values = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: str(value) if isinstance(value, UUID) else value for name, value in values.items()}

    def due_at(self, moment: datetime) -> datetime | None:
        """By when a ticket of that moment should be resolved."""
        return moment + timedelta(hours=self.due_after_hours) if self.due_after_hours else None


async def open_tickets(work: Work, template: Template, source: TicketSource, openings: Sequence[Opening]) -> list[UUID]:
    """Opens a ticket for each opening: n openings → n ids, same order."""
    if not openings:
        return []
    homes, stays, due = zip(*openings, strict=True)
    rows = await work.rows(
        _OPEN_TICKETS,
        work.viewer.operator_id,
        template.ticket_type,
        template.title,
        template.description,
        template.priority,
        template.team_id,
        template.agent_id,
        list(homes),
        list(stays),
        list(due),
        source.value,
    )
    opened = [row["id"] for row in rows]
    if template.ticket_type == TicketType.MAINTENANCE.value:
        issue_type = template.issue_type or source.value
        await work.run(_OPEN_JOBS, work.viewer.operator_id, opened, issue_type, _URGENCY[template.priority])
    return opened
