"""An operator of a test's own, with one home, and repairs of it at whatever stage, however long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from db.pool import Connection

_FOUND = """
WITH operator AS (SELECT platform.new_id() AS id), company AS (
    INSERT INTO directory.companies (id, operator_id, name, kind)
    SELECT id, id, 'Alpine Homes', 'operator' FROM operator
), settings AS (
    INSERT INTO directory.operator_settings (operator_id, time_zone, currency, auto_approval_limit_cents,
        tenant_response_timeout, visit_window, message_window, auto_reply_cap, recurring_catch_up_limit,
        reopening_window)
    SELECT id, 'America/Denver', 'USD', 50000, 48 * 3600, 7200, 60, 3, 3, 7 * 86400 FROM operator
)
SELECT id FROM operator
"""
_VENDOR = """
INSERT INTO directory.companies (operator_id, name, kind) VALUES ($1, 'Ridgeline Plumbing', 'vendor') RETURNING id
"""
_CONTACT = """
INSERT INTO directory.contacts (operator_id, full_name, kind, company_id) VALUES ($1, $2, $3, $4) RETURNING id
"""
_PROFILE = """
INSERT INTO directory.vendor_profiles (operator_id, company_id, primary_contact_id) VALUES ($1, $2, $3)
"""
_HOME = """
INSERT INTO property.properties (operator_id, code, name, kind) VALUES ($1, 'ASP-1', 'Aspen One', 'RES') RETURNING id
"""
_OPEN = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source, property_id)
VALUES ($1, $2, 'A tap drips', 'phone', $3) RETURNING id
"""
_JOB = """
INSERT INTO maintenance.jobs (operator_id, ticket_id, issue_type, urgency, tenant_contact_id, assigned_vendor_id)
VALUES ($1, $2, 'plumbing', 'routine', $3, $4)
"""
_QUOTE = """
INSERT INTO maintenance.quotes (operator_id, ticket_id, vendor_id, amount_cents, currency, scope, visit_at)
VALUES ($1, $2, $3, 10000, 'USD', 'A new washer', now() + $4::interval) RETURNING id
"""
_STEP = "UPDATE team.tickets SET status = $2 WHERE id = $1"
_CONFIRM = "UPDATE maintenance.jobs SET tenant_time_confirmed_at = now() WHERE ticket_id = $1"
_FINISH = """
UPDATE maintenance.jobs SET completion_notes = 'A new washer', actual_cost_cents = $2, no_photo_reason = 'Too dark'
WHERE ticket_id = $1
"""
_PAY = """
INSERT INTO finance.payments (operator_id, ticket_id, method, amount_cents, currency, status, paid_at)
VALUES ($1, $2, 'card', $3, 'USD', 'paid', now())
"""
_AGE = (
    "UPDATE audit.events SET occurred_at = occurred_at - $2::interval WHERE ticket_id = $1",
    """UPDATE team.tickets SET created_at = created_at - $2::interval, resolved_at = resolved_at - $2::interval
    WHERE id = $1""",
    """UPDATE maintenance.jobs SET vendor_assigned_at = vendor_assigned_at - $2::interval,
    work_started_at = work_started_at - $2::interval, completed_at = completed_at - $2::interval
    WHERE ticket_id = $1""",
    """UPDATE maintenance.quotes SET created_at = created_at - $2::interval,
    slot_menu_sent_at = slot_menu_sent_at - $2::interval WHERE ticket_id = $1""",
    """UPDATE maintenance.visit_slots SET offered_at = offered_at - $2::interval,
    accepted_at = accepted_at - $2::interval WHERE ticket_id = $1""",
)


@dataclass(frozen=True)
class Estate:
    """What it does, it does as the tables' owner would by hand."""

    connection: Connection
    operator: UUID
    home: UUID
    vendor: UUID
    speaker: UUID
    """Who speaks for the vendor."""
    tenant: UUID

    @classmethod
    async def found(cls, connection: Connection) -> Estate:
        operator = await connection.fetchval(_FOUND)
        vendor = await connection.fetchval(_VENDOR, operator)
        speaker = await connection.fetchval(_CONTACT, operator, "Joe Field", "vendor", vendor)
        await connection.execute(_PROFILE, operator, vendor, speaker)
        tenant = await connection.fetchval(_CONTACT, operator, "Lena Ortiz", "tenant", None)
        home = await connection.fetchval(_HOME, operator)
        return cls(connection, operator, home, vendor, speaker, tenant)

    async def open(self, ticket_type: str = "general") -> UUID:
        ticket: UUID = await self.connection.fetchval(_OPEN, self.operator, ticket_type, self.home)
        return ticket

    async def resolved(self) -> UUID:
        """A ticket that is no repair."""
        ticket = await self.open()
        await self.step(ticket, "resolved")
        return ticket

    async def asked(self, visit_in: timedelta | None = timedelta(days=30), *, vacant: bool = False) -> UUID:
        """A repair whose cost is agreed; its time too, where nobody lives there."""
        ticket = await self.open("maintenance")
        await self.connection.execute(_JOB, self.operator, ticket, None if vacant else self.tenant, self.vendor)
        await self.step(ticket, "vendor_contacted")
        await self.connection.execute(_QUOTE, self.operator, ticket, self.vendor, visit_in)
        await self.step(ticket, "quoted")
        await self.connection.execute("SELECT lifecycle.follow_gates($1)", ticket)
        return ticket

    async def approved(self, visit_in: timedelta | None = timedelta(days=30)) -> UUID:
        ticket = await self.asked(visit_in)
        await self.connection.execute(_CONFIRM, ticket)
        return ticket

    async def begun(self) -> UUID:
        ticket = await self.approved()
        await self.step(ticket, "in_progress")
        return ticket

    async def completed(self, *, cost: int = 10_000, paid: int = 0) -> UUID:
        ticket = await self.begun()
        await self.connection.execute(_FINISH, ticket, cost)
        await self.step(ticket, "completed")
        if paid:
            await self.connection.execute(_PAY, self.operator, ticket, paid)
        return ticket

    async def step(self, ticket: UUID, status: str) -> None:
        await self.connection.execute(_STEP, ticket, status)

    async def status(self, ticket: UUID) -> str:
        status: str = await self.connection.fetchval("SELECT status FROM team.tickets WHERE id = $1", ticket)
        return status

    async def age(self, ticket: UUID, by: timedelta) -> None:
        """All that has happened to a ticket happened so much earlier; the time of its visit stays."""
        async with self.connection.transaction():
            await self.connection.execute("SET LOCAL session_replication_role = replica")
            for statement in _AGE:
                await self.connection.execute(statement, ticket, by)
