"""What happens by itself when time has passed.

Tickets are locked first, as every command does it, and none is waited for: what another one holds is left to the next
call. Under the lock it is asked again whether they are due.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.work import Given, Work
from schema.commands.clockwork import CancelUnanswered, CloseResolved, DueReminders, Reminder, ReminderKind

_LOCK_UNANSWERED = """
SELECT t.id FROM lifecycle.unanswered() AS d JOIN team.tickets AS t ON t.id = d.ticket_id
ORDER BY d.asked_at, t.id LIMIT $1 FOR NO KEY UPDATE OF t SKIP LOCKED
"""
_UNANSWERED = (
    "SELECT ticket_id FROM lifecycle.unanswered() WHERE ticket_id = ANY ($1::uuid[]) ORDER BY asked_at, ticket_id"
)
_COUNT_UNANSWERED = "SELECT count(*) FROM lifecycle.unanswered()"
_CANCEL = """
UPDATE team.tickets SET status = 'cancelled', cancel_reason = 'tenant_no_response_timeout' WHERE id = $1
"""

_LOCK_CLOSABLE = """
SELECT t.id FROM lifecycle.closable() AS d JOIN team.tickets AS t ON t.id = d.ticket_id
ORDER BY d.resolved_at, t.id LIMIT $1 FOR NO KEY UPDATE OF t SKIP LOCKED
"""
_CLOSABLE = (
    "SELECT ticket_id FROM lifecycle.closable() WHERE ticket_id = ANY ($1::uuid[]) ORDER BY resolved_at, ticket_id"
)
_COUNT_CLOSABLE = "SELECT count(*) FROM lifecycle.closable()"
_CLOSE = "UPDATE team.tickets SET status = 'closed' WHERE id = $1"

_LOCK_REMINDERS = """
SELECT t.id FROM lifecycle.reminders($1) AS d JOIN team.tickets AS t ON t.id = d.ticket_id
ORDER BY d.due_at, t.id LIMIT $2 FOR NO KEY UPDATE OF t SKIP LOCKED
"""
_CLAIM_REMINDERS = """
UPDATE maintenance.jobs AS j SET
    start_reminder_sent_at = CASE WHEN $1 = 'start' THEN now() ELSE j.start_reminder_sent_at END,
    completion_reminder_sent_at = CASE WHEN $1 = 'completion' THEN now() ELSE j.completion_reminder_sent_at END,
    feedback_sent_at = CASE WHEN $1 = 'feedback' THEN now() ELSE j.feedback_sent_at END
FROM lifecycle.reminders($1) AS d
WHERE j.ticket_id = d.ticket_id AND j.ticket_id = ANY ($2::uuid[])
RETURNING d.ticket_id, d.company_id, d.contact_id, d.due_at
"""
_COUNT_REMINDERS = """
SELECT count(*) FROM unnest($1::text[]) AS k (kind) CROSS JOIN LATERAL lifecycle.reminders(k.kind)
"""


@handles(CancelUnanswered)
async def cancel_unanswered(work: Work, given: CancelUnanswered) -> Given:
    """What refuses to be cancelled is left as it is."""
    locked = await _ids(work, _LOCK_UNANSWERED, given.most)
    done = await _each(work, _CANCEL, await _ids(work, _UNANSWERED, locked) if locked else [])
    return {"tickets": done, "cancelled": len(done), "remaining": await work.value(_COUNT_UNANSWERED)}


@handles(CloseResolved)
async def close_resolved(work: Work, given: CloseResolved) -> Given:
    """What refuses to be closed is left as it is."""
    locked = await _ids(work, _LOCK_CLOSABLE, given.most)
    done = await _each(work, _CLOSE, await _ids(work, _CLOSABLE, locked) if locked else [])
    return {"tickets": done, "closed": len(done), "remaining": await work.value(_COUNT_CLOSABLE)}


@handles(DueReminders)
async def due_reminders(work: Work, given: DueReminders) -> Given:
    """Reminders to start come first: they are the most urgent."""
    found: list[Reminder] = []
    for kind in ReminderKind:
        left = given.most - len(found)
        if left and (locked := await _ids(work, _LOCK_REMINDERS, kind.value, left)):
            rows = await work.rows(_CLAIM_REMINDERS, kind.value, locked)
            found += sorted((Reminder(kind=kind, **row) for row in rows), key=lambda reminder: reminder.due_at)
    remaining = await work.value(_COUNT_REMINDERS, [kind.value for kind in ReminderKind])
    return {"reminders": found, "tickets": [reminder.ticket_id for reminder in found], "remaining": remaining}


async def _ids(work: Work, sql: str, *parameters: object) -> list[UUID]:
    return [row[0] for row in await work.rows(sql, *parameters)]


async def _each(work: Work, sql: str, tickets: Sequence[UUID]) -> list[UUID]:
    """The tickets to which it could be done."""
    done = []
    for ticket in tickets:
        async with work.attempt() as attempt:
            await work.run(sql, ticket)
        if not attempt.problems:
            done.append(ticket)
    return done
