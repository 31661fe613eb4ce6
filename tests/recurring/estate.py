"""An operating company of a test's own: its homes, guests and rules, written by plain SQL, and its viewers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from db.pool import Connection
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole

_numbers = count(1)
_FILTERS = {"ticket_type": "general", "title": "Change the filter", "description": "Note the size.", "priority": "low"}
Targets = Sequence[tuple[str, UUID]]

_FOUND = """
WITH company AS (
    SELECT platform.new_id() AS id
), founded AS (
    INSERT INTO directory.companies (id, operator_id, name, kind) SELECT id, id, $1, 'operator' FROM company
), settled AS (
    INSERT INTO directory.operator_settings (operator_id, time_zone, currency, auto_approval_limit_cents,
        tenant_response_timeout, visit_window, message_window, auto_reply_cap, recurring_catch_up_limit,
        reopening_window)
    SELECT id, $2, 'USD', 0, 3600, 3600, 60, 3, $3, 3600 FROM company
)
SELECT id FROM company
"""
_CONTACT = """
INSERT INTO directory.contacts (operator_id, full_name, kind) VALUES ($1, $2, $3) RETURNING id
"""
_MEMBER = "INSERT INTO team.team_members (operator_id, name, contact_id) VALUES ($1, $2, $3) RETURNING id"
_HOME = """
INSERT INTO property.properties (operator_id, code, name, kind, resort_id, time_zone, active)
VALUES ($1, $2, $2, $3, $4, $5, $6) RETURNING id
"""
_AREA = "INSERT INTO geo.areas (name, kind, parent_id) VALUES ($1, $2, $3) RETURNING id"
_STAY = """
INSERT INTO reservations.reservations (operator_id, property_id, guest_contact_id, confirmation_code, starts_on,
                                       ends_on, status)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
"""
_TENANCY = """
INSERT INTO property.tenancies (operator_id, property_id, contact_id, starts_on) VALUES ($1, $2, $3, '2020-01-01')
"""
_RULE = """
INSERT INTO team.recurring_rules (operator_id, name, cadence, scope_type, config, starts_at, time_zone, next_run_at)
VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8) RETURNING id
"""
_TARGET = """
INSERT INTO team.recurring_rule_targets (operator_id, recurring_rule_id, property_id, resort_id, reservation_id)
SELECT $1, $2, CASE $3 WHEN 'property' THEN $4::uuid END, CASE $3 WHEN 'resort' THEN $4::uuid END,
       CASE $3 WHEN 'reservation' THEN $4::uuid END
"""
_MADE = """
SELECT r.recurring_rule_id AS rule, r.property_id AS home, r.reservation_id AS stay, r.occurrence_at AS at,
       t.id AS ticket, t.property_id AS place
FROM team.ticket_recurring AS r JOIN team.tickets AS t ON t.id = r.ticket_id
WHERE r.operator_id = $1 ORDER BY r.occurrence_at, r.property_id
"""


@dataclass(eq=False)
class Estate:
    """What a test sets up for itself. Writes as the tables' owner, whom no policy binds."""

    owner: Connection
    id: UUID
    member_id: UUID
    manager: Viewer
    viewers: dict[str, Viewer] = field(default_factory=dict)

    @classmethod
    async def found(cls, owner: Connection, zone: str = "America/New_York", limit: int = 1000) -> Estate:
        number = next(_numbers)
        operator = await owner.fetchval(_FOUND, f"Estate {number}", zone, limit)
        contact = await owner.fetchval(_CONTACT, operator, "Mara Lindqvist", "staff")
        member = await owner.fetchval(_MEMBER, operator, "Mara Lindqvist", contact)
        viewers = {
            role.value: Viewer(role, operator, None if role is ViewerRole.SYSTEM else contact)
            for role in (ViewerRole.MANAGER, ViewerRole.AGENT, ViewerRole.SYSTEM, ViewerRole.ADMIN)
        }
        return cls(owner, operator, member, viewers["manager"], viewers)

    async def home(
        self,
        *,
        kind: str = "RES",
        resort: UUID | None = None,
        zone: str | None = None,
        active: bool = True,
    ) -> UUID:
        code = f"H{next(_numbers):05}"
        found: UUID = await self.owner.fetchval(_HOME, self.id, code, kind, resort, zone, active)
        return found

    async def area(self, kind: str = "resort", parent: UUID | None = None) -> UUID:
        """Within a country of its own, unless told where."""
        name = f"Area {next(_numbers)}"
        if parent is None:
            parent = await self.owner.fetchval(_AREA, f"Country of {name}", "country", None)
        found: UUID = await self.owner.fetchval(_AREA, name, kind, parent)
        return found

    async def contact(self, kind: str) -> UUID:
        found: UUID = await self.owner.fetchval(_CONTACT, self.id, "Ilse Okafor", kind)
        return found

    async def stay(self, home: UUID, first: date, last: date, status: str = "confirmed") -> UUID:
        code = f"STAY-{next(_numbers)}"
        guest = await self.contact("guest")
        found: UUID = await self.owner.fetchval(_STAY, self.id, home, guest, code, first, last, status)
        return found

    async def tenant(self, home: UUID) -> UUID:
        contact = await self.contact("tenant")
        await self.owner.execute(_TENANCY, self.id, home, contact)
        return contact

    async def rule(
        self,
        cadence: str,
        starts_at: datetime,
        targets: Targets = (),
        *,
        scope: str = "property",
        zone: str = "America/New_York",
        since: datetime | None = None,
        **template: Any,
    ) -> UUID:
        """A rule that has waited since its start, or since a later moment."""
        config = json.dumps({"ticket": {**_FILTERS, **template}})
        found: UUID = await self.owner.fetchval(
            _RULE, self.id, "Filters", cadence, scope, config, starts_at, zone, since or starts_at
        )
        for kind, target in targets:
            await self.owner.execute(_TARGET, self.id, found, kind, target)
        return found

    async def made(self) -> list[Any]:
        """What rules have made."""
        return list(await self.owner.fetch(_MADE, self.id))

    async def tickets(self) -> int:
        found: int = await self.owner.fetchval("SELECT count(*) FROM team.tickets WHERE operator_id = $1", self.id)
        return found

    async def next_run(self, rule: UUID) -> datetime | None:
        found: datetime | None = await self.owner.fetchval(
            "SELECT next_run_at FROM team.recurring_rules WHERE id = $1", rule
        )
        return found


def days_ago(days: int, hour: int = 0) -> datetime:
    """A moment in the past, on the hour, in UTC."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days) + timedelta(hours=hour)
