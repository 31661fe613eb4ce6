"""A repair told by plain SQL, every trigger awake."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from db.pool import Connection
from tests.lifecycle import house

CHEAP, DEAR = house.LIMIT - 10_000, house.LIMIT + 30_000
TUESDAY = datetime(2099, 6, 2, 9, tzinfo=UTC)
WEDNESDAY = datetime(2099, 6, 3, 9, tzinfo=UTC)

OPEN = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source, property_id, requestor_contact_id, current_agent_id)
VALUES ($1, 'maintenance', 'No hot water', 'phone', $2, $3, $4) RETURNING id
"""
JOB = """
INSERT INTO maintenance.jobs (operator_id, ticket_id, issue_type, urgency, tenant_contact_id)
VALUES ($1, $2, 'plumbing', $3, $4)
"""
QUOTE = """
INSERT INTO maintenance.quotes (operator_id, ticket_id, vendor_id, amount_cents, currency, scope, visit_at, valid_until)
VALUES ($1, $2, $3, $4, $5, 'Replace the valve', $6, $7) RETURNING id
"""
DECISION = """
INSERT INTO maintenance.approvals (operator_id, ticket_id, quote_id, required, decision, decided_by, decided_at,
    approved_amount_cents, currency, conditions)
VALUES ($1, $2, $3, true, $4, $5, clock_timestamp(), $6, CASE WHEN $6::bigint IS NOT NULL THEN $7 END,
        coalesce($8::text[], '{}'))
RETURNING id
"""
SLOT = """
INSERT INTO maintenance.visit_slots (operator_id, quote_id, starts_at, ends_at)
VALUES ($1, $2, $3::timestamptz, $3 + interval '2 hours') RETURNING id
"""
STATUS = "UPDATE team.tickets SET status = $2 WHERE id = $1"
HOLD = "UPDATE team.tickets SET status = 'on_hold', hold_reason = 'Parts are ordered' WHERE id = $1"
ASSIGN = "UPDATE maintenance.jobs SET assigned_vendor_id = $2 WHERE ticket_id = $1"
CONFIRM = "UPDATE maintenance.jobs SET tenant_time_confirmed_at = now() WHERE ticket_id = $1"
REVOKE = "UPDATE maintenance.approvals SET revoked_at = now() WHERE id = $1"
OVERRIDE = "UPDATE maintenance.jobs SET gate_override = 'The cellar floods' WHERE ticket_id = $1"
COMPLETION = """
UPDATE maintenance.jobs
SET completion_notes = 'Valve replaced', no_photo_reason = 'Camera broken', actual_cost_cents = $2
WHERE ticket_id = $1
"""
PHOTO = """
WITH file AS (INSERT INTO files.files (operator_id, storage_key, file_name, media_type, byte_size, sha256)
    VALUES ($1, platform.new_id()::text, 'valve.jpg', 'image/jpeg', 1, repeat('a', 64)) RETURNING id)
INSERT INTO team.ticket_photos (operator_id, ticket_id, file_id, photo_type, created_at)
SELECT $1, $2, id, 'completion', $3 FROM file
"""
PAYMENT = """
INSERT INTO finance.payments (operator_id, ticket_id, method, amount_cents, currency, status, paid_at)
VALUES ($1, $2, 'card', $3, 'NZD', $4, CASE WHEN $4 = 'paid' THEN now() END)
"""


class Repair:
    """A maintenance ticket and what is done to it."""

    def __init__(self, connection: Connection, ticket: UUID) -> None:
        self.connection = connection
        self.id = ticket

    @classmethod
    async def begin(
        cls,
        connection: Connection,
        *,
        tenant: UUID | None = house.FINN,
        vendor: UUID | None = house.KAURI,
        urgency: str = "routine",
        agent: UUID | None = None,
    ) -> Repair:
        """Reported, and a vendor asked."""
        ticket = await connection.fetchval(OPEN, house.OPERATOR, house.RATA_4, house.FINN, agent)
        await connection.execute(JOB, house.OPERATOR, ticket, urgency, tenant)
        repair = cls(connection, ticket)
        if vendor:
            await repair.assign(vendor)
            await repair.go("vendor_contacted")
        return repair

    @classmethod
    async def quoted(cls, connection: Connection, cents: int = DEAR, **how: Any) -> Repair:
        """A vendor has named its price, and a time."""
        repair = await cls.begin(connection, **how)
        await repair.quote(cents, visit_at=TUESDAY)
        await repair.go("quoted")
        return repair

    @classmethod
    async def approved(cls, connection: Connection, cents: int = DEAR, **how: Any) -> Repair:
        """Both gates have passed."""
        repair = await cls.quoted(connection, cents, **how)
        await repair.approve()
        await repair.confirm()
        return repair

    @classmethod
    async def working(cls, connection: Connection, cents: int = DEAR, **how: Any) -> Repair:
        repair = await cls.approved(connection, cents, **how)
        await repair.go("in_progress")
        return repair

    async def run(self, sql: str, *values: object) -> None:
        """A statement whose $1 is the ticket."""
        await self.connection.execute(sql, self.id, *values)

    async def go(self, status: str) -> None:
        await self.run(STATUS, status)

    async def assign(self, vendor: UUID | None) -> None:
        await self.run(ASSIGN, vendor)

    async def confirm(self) -> None:
        await self.run(CONFIRM)

    async def hold(self) -> None:
        await self.run(HOLD)

    async def complete(self, cents: int = DEAR) -> None:
        await self.run(COMPLETION, cents)
        await self.go("completed")

    async def quote(
        self,
        cents: int,
        *,
        vendor: UUID = house.KAURI,
        currency: str = "NZD",
        visit_at: datetime | None = None,
        valid_until: datetime | None = None,
    ) -> UUID:
        values = (vendor, cents, currency, visit_at, valid_until)
        made: UUID = await self.connection.fetchval(QUOTE, house.OPERATOR, self.id, *values)
        return made

    async def decide(
        self, decision: str, cents: int | None, *, currency: str = "NZD", quote: UUID | None = None
    ) -> UUID:
        """By a manager, on the live quote unless another one is named."""
        quote = quote or await self.live()
        conditions = ["Keep the old valve"] if decision == "approved" else []
        values = (quote, decision, house.BEN, cents, currency, conditions)
        made: UUID = await self.connection.fetchval(DECISION, house.OPERATOR, self.id, *values)
        return made

    async def approve(self, cents: int | None = None) -> UUID:
        amount = await self.connection.fetchval("SELECT amount_cents FROM lifecycle.live_quote($1)", self.id)
        return await self.decide("approved", cents if cents is not None else amount)

    async def slot(self, quote: UUID, starts_at: datetime) -> UUID:
        made: UUID = await self.connection.fetchval(SLOT, house.OPERATOR, quote, starts_at)
        return made

    async def live(self) -> UUID | None:
        found: UUID | None = await self.connection.fetchval("SELECT id FROM lifecycle.live_quote($1)", self.id)
        return found

    async def gates(self) -> tuple[bool, bool]:
        """Whether the cost's has passed, and the time's."""
        row = await self.connection.fetchrow("SELECT lifecycle.cost_gate($1), lifecycle.time_gate($1)", self.id)
        assert row is not None
        return row[0], row[1]

    async def status(self) -> str:
        found: str = await self.connection.fetchval("SELECT status FROM team.tickets WHERE id = $1", self.id)
        return found

    async def ticket(self, column: str) -> Any:
        return await self.connection.fetchval(f"SELECT {column} FROM team.tickets WHERE id = $1", self.id)  # noqa: S608 - a test's own

    async def job(self, column: str) -> Any:
        return await self.connection.fetchval(
            f"SELECT {column} FROM maintenance.jobs WHERE ticket_id = $1",  # noqa: S608 - a test's own
            self.id,
        )

    async def links(self) -> set[tuple[UUID, str]]:
        rows = await self.connection.fetch(
            "SELECT vendor_id, role FROM team.ticket_vendors WHERE ticket_id = $1", self.id
        )
        return {(row["vendor_id"], row["role"]) for row in rows}

    async def events(self) -> list[tuple[str, str]]:
        """What happened, and who did it, in order."""
        rows = await self.connection.fetch(
            "SELECT event_type, actor_type FROM audit.events WHERE ticket_id = $1 ORDER BY sequence", self.id
        )
        return [(row["event_type"], row["actor_type"]) for row in rows]
