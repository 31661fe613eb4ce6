"""The tickets of scenes, written for good, with more people around them; and what stands there afterwards."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.scenes import Scene, arrange

_NUMBERS = count(1)

_NUMBER = "UPDATE team.tickets SET number = left(number, 8) || lpad($2::text, 6, '0') WHERE id = $1"
_TAKE_PART = """
WITH participants AS (
    INSERT INTO team.ticket_participants (operator_id, ticket_id, contact_id, role)
    SELECT $1, $2, who, 'cc' FROM unnest($3::uuid[]) AS who
), vendors AS (
    INSERT INTO team.ticket_vendors (operator_id, ticket_id, vendor_id, role) VALUES ($1, $2, $4, 'quoting')
)
INSERT INTO access.ticket_viewers (operator_id, ticket_id, principal, reason)
SELECT $1, $2, who, 'participant' FROM unnest($3::uuid[]) AS who
UNION ALL VALUES ($1, $2, $4, 'linked_vendor')
"""
_TRACE = """
SELECT to_jsonb(t)::text AS ticket,
       (SELECT to_jsonb(j)::text FROM maintenance.jobs AS j WHERE j.ticket_id = t.id) AS job,
       (SELECT count(*) FROM audit.events AS e WHERE e.ticket_id = t.id) AS events,
       (SELECT jsonb_agg(to_jsonb(a) ORDER BY a.id)::text FROM maintenance.approvals AS a WHERE a.ticket_id = t.id)
           AS approvals,
       (SELECT jsonb_agg(to_jsonb(v) ORDER BY v.id)::text FROM team.ticket_vendors AS v WHERE v.ticket_id = t.id)
           AS vendors
FROM team.tickets AS t WHERE t.id = $1
"""
_STATUS = "SELECT status FROM team.tickets WHERE id = $1"

Trace = dict[str, Any]


async def put(owner: Connection, scene: Scene, workflow: str, status: str) -> UUID:
    """A ticket of a scene."""
    async with owner.transaction():
        ticket = await arrange(owner, scene, workflow, status)
        await owner.execute("SET LOCAL session_replication_role = replica")
        await owner.execute(_NUMBER, ticket, str(next(_NUMBERS)))
        await owner.execute(_TAKE_PART, house.OPERATOR, ticket, [house.GRACE, house.JANE], house.TUI)
    return ticket


async def trace(owner: Connection, ticket: UUID) -> Trace:
    """What a command that is not done leaves as it was."""
    return dict(await owner.fetchrow(_TRACE, ticket) or {})


async def status(owner: Connection, ticket: UUID) -> str:
    found: str = await owner.fetchval(_STATUS, ticket)
    return found
