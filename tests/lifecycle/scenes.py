"""Tickets in whatever state, with or without what guards ask for: history written by hand, no trigger involved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.tables import Step

_COST = house.LIMIT + 30_000

_TICKET = """
INSERT INTO team.tickets (operator_id, number, ticket_type, workflow, title, status, source, property_id, homeowner_id,
    requestor_contact_id, current_agent_id, held_from, held_at, hold_reason, resolved_at, resolution_seconds,
    created_at)
VALUES ($1, $2, CASE WHEN $3 = 'general' THEN 'guest_request' ELSE 'maintenance' END, $3, 'No hot water', $4, 'phone',
    $5, $6, $7, $8, $9, CASE WHEN $9::text IS NOT NULL THEN now() END, CASE WHEN $9 IS NOT NULL THEN 'Parts' END,
    CASE WHEN $4 IN ('resolved', 'completed', 'disputed', 'closed') THEN now() - make_interval(days => $10) END,
    CASE WHEN $4 IN ('resolved', 'completed', 'disputed', 'closed') THEN 60 END, now() - interval '40 days')
RETURNING id
"""
_JOB = """
INSERT INTO maintenance.jobs (operator_id, ticket_id, issue_type, urgency, tenant_contact_id, assigned_vendor_id,
    vendor_assigned_at, tenant_time_confirmed_at, gate_override, completion_notes, actual_cost_cents, no_photo_reason)
VALUES ($1, $2, 'plumbing', $3, $4, $5, now(), CASE WHEN $6 THEN now() END, CASE WHEN $7 THEN 'The cellar floods' END,
    CASE WHEN $8 THEN 'Valve replaced' END, CASE WHEN $9 THEN $10::bigint END, CASE WHEN $11 THEN 'Camera broken' END)
"""
_QUOTE = """
INSERT INTO maintenance.quotes (operator_id, ticket_id, vendor_id, revision, amount_cents, currency, scope)
VALUES ($1, $2, $3, 1, $4, 'NZD', 'Replace the valve') RETURNING id
"""
_DECISION = """
INSERT INTO maintenance.approvals (operator_id, ticket_id, quote_id, required, decision, decided_by, decided_at,
    approved_amount_cents, currency)
VALUES ($1, $2, $3, true, $4, $5, now(), CASE WHEN $4 = 'approved' THEN $6::bigint END,
        CASE WHEN $4 = 'approved' THEN 'NZD' END)
"""
_PHOTO = """
WITH file AS (INSERT INTO files.files (operator_id, storage_key, file_name, media_type, byte_size, sha256)
    VALUES ($1, $2, 'valve.jpg', 'image/jpeg', 1, repeat('a', 64)) RETURNING id)
INSERT INTO team.ticket_photos (operator_id, ticket_id, file_id, photo_type) SELECT $1, $3, id, 'completion' FROM file
"""
_PAYMENT = """
INSERT INTO finance.payments (operator_id, ticket_id, method, amount_cents, currency, status, paid_at)
VALUES ($1, $2, 'card', $3, 'NZD', 'paid', now())
"""
CO_OWNER = """
INSERT INTO team.ticket_homeowners (operator_id, ticket_id, homeowner_id, role) VALUES ($1, $2, $3, 'co_owner')
"""
_VIEWER = """
INSERT INTO access.ticket_viewers (operator_id, ticket_id, principal, reason)
SELECT $1, $2, who, why FROM unnest($3::uuid[], $4::text[]) AS v (who, why) WHERE who IS NOT NULL
"""


@dataclass(frozen=True)
class Scene:
    """What there is of what guards ask for."""

    vendor: bool = True
    agent: bool = True
    quote: bool = True
    approved: bool = True
    rejected: bool = False
    confirmed: bool = True
    overridden: bool = True
    emergency: bool = False
    noted: bool = True
    priced: bool = True
    photo: bool = True
    no_photo: bool = False
    paid: bool = True
    reason: bool = True
    old: bool = True
    """Resolved longer ago than the reopening window."""
    held_from: str = "approved"

    def lacks(self, step: Step, there: str, role: str = "database") -> list[str]:
        """The codes of what is missing for a step, in the order of its guards."""
        return [code for guard in step.guards for code in self._lacks(guard, there, role)]

    def _lacks(self, guard: str, there: str, role: str) -> Iterator[str]:
        live = self.vendor and self.quote
        covered = live and self.approved
        held = {"held_from": self.held_from == there, "cancellable": self.held_from not in ("completed", "disputed")}
        holds: dict[str, dict[str, bool]] = {
            "reason": {"REASON": self.reason},
            "held_from": {"HELD_FROM": held["held_from"]},
            "cancellable": {"HELD_FROM": held["cancellable"]},
            "window": {"REOPENING_WINDOW": role != "system" or self.old},
            "vendor": {"VENDOR": self.vendor},
            "live_quote": {"LIVE_QUOTE": live},
            "cost": {"COST_APPROVAL": covered},
            "cost_open": {"COST_GATE_PASSED": not covered},
            "time": {"TENANT_TIME": self.confirmed},
            "reschedule": {"RESCHEDULE": not self.confirmed},
            "rejection": {"REJECTION": live and self.rejected},
            "locked_in": {
                "COST_APPROVAL": self.overridden or covered,
                "TENANT_TIME": self.overridden or self.confirmed,
            },
            "direct": {
                "ASSIGNEE": self.vendor or self.agent,
                "MANAGER": role in ("database", "manager", "admin") or (role == "agent" and self.emergency),
                "REASON": self.overridden,
            },
            "completion": {
                "COMPLETION_NOTES": self.noted,
                "ACTUAL_COST": self.priced,
                "COMPLETION_PHOTO": self.photo or self.no_photo,
            },
            "payment": {
                "PAYMENT": not self.priced or self.paid,
                "COST_APPROVAL": not self.overridden or not self.priced or (self.quote and self.approved),
            },
        }
        yield from (code for code, held in holds[guard].items() if not held)


FULL = Scene()
SCENES = {
    "everything": FULL,
    "no vendor": replace(FULL, vendor=False),
    "nobody": replace(FULL, vendor=False, agent=False),
    "no quote": replace(FULL, quote=False),
    "cost open": replace(FULL, approved=False),
    "cost and time open": replace(FULL, approved=False, confirmed=False),
    "time open": replace(FULL, confirmed=False),
    "rejected": replace(FULL, approved=False, rejected=True),
    "not overridden": replace(FULL, overridden=False),
    "gates open, not overridden": replace(FULL, overridden=False, approved=False, confirmed=False),
    "time open, not overridden": replace(FULL, overridden=False, confirmed=False),
    "no notes": replace(FULL, noted=False),
    "no cost": replace(FULL, priced=False),
    "no photo": replace(FULL, photo=False),
    "no photo for a reason": replace(FULL, photo=False, no_photo=True),
    "nothing of the work": replace(FULL, noted=False, priced=False, photo=False),
    "not paid": replace(FULL, paid=False),
    "no reason": replace(FULL, reason=False),
    "held before its cost was approved": replace(FULL, held_from="pending_approval", approved=False),
    "held when done": replace(FULL, held_from="completed"),
    "held at work": replace(FULL, held_from="in_progress"),
}


async def arrange(connection: Connection, scene: Scene, workflow: str, status: str) -> UUID:
    """A ticket as it would be if all that had happened."""
    held_from = scene.held_from if status == "on_hold" else "open" if status == "waiting" else None
    await connection.execute("SET LOCAL session_replication_role = replica")
    ticket: UUID = await connection.fetchval(
        _TICKET,
        house.OPERATOR,
        "TK-2020-001" if workflow == "general" else "MT-2020-001",
        workflow,
        status,
        house.RATA_4,
        house.HANA,
        house.KIM,
        house.CARLA_AT_WORK if scene.agent else None,
        held_from,
        30 if scene.old else 0,
    )
    seen = {"requestor": house.KIM, "homeowner": house.HANA}
    if workflow == "maintenance":
        seen |= {"tenant": house.FINN, "co_owner": house.IAN}
        if scene.vendor:
            seen["assigned_vendor"] = house.KAURI
        await _work(connection, scene, ticket)
    await connection.execute(_VIEWER, house.OPERATOR, ticket, list(seen.values()), list(seen))
    await connection.execute("SET LOCAL session_replication_role = origin")
    return ticket


async def _work(connection: Connection, scene: Scene, ticket: UUID) -> None:
    values = (
        house.FINN,
        house.KAURI if scene.vendor else None,
        scene.confirmed,
        scene.overridden,
        scene.noted,
        scene.priced,
        _COST,
        scene.no_photo,
    )
    urgency = "emergency" if scene.emergency else "routine"
    await connection.execute(_JOB, house.OPERATOR, ticket, urgency, *values)
    await connection.execute(
        CO_OWNER,
        house.OPERATOR,
        ticket,
        house.IAN,
    )
    if scene.quote:
        quote = await connection.fetchval(_QUOTE, house.OPERATOR, ticket, house.KAURI, _COST)
        decision = "approved" if scene.approved else "rejected" if scene.rejected else None
        if decision:
            await connection.execute(_DECISION, house.OPERATOR, ticket, quote, decision, house.BEN, _COST)
    if scene.photo:
        await connection.execute(_PHOTO, house.OPERATOR, str(ticket), ticket)
    if scene.paid:
        await connection.execute(_PAYMENT, house.OPERATOR, ticket, _COST)


STEP = """
UPDATE team.tickets SET status = $2,
    hold_reason = CASE WHEN $2 IN ('on_hold', 'waiting') AND $3 THEN 'Parts' ELSE hold_reason END,
    cancel_reason = CASE WHEN $2 = 'cancelled' AND $3 THEN 'not_needed' END
WHERE id = $1
"""
"""A step; $3: whether a reason is given where one may be."""
