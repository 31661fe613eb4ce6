"""The work of repairs."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from resolvers.commands.contract.edit import edit, written
from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.repair import read_repair
from resolvers.commands.step import take_step
from schema.commands.repairs import (
    CompleteWork,
    DisputeWork,
    Escalate,
    RecordFeedback,
    StartWork,
    UpdateEscalation,
)
from schema.enums import TicketStatus
from schema.vocabulary.role import MANAGERS, ViewerRole

_PHOTOS = """
INSERT INTO team.ticket_photos (operator_id, ticket_id, file_id, photo_type)
SELECT $1, $2, file_id, 'completion' FROM unnest($3::uuid[]) AS file_id
ON CONFLICT (ticket_id, file_id) DO UPDATE SET photo_type = excluded.photo_type
"""
_NO_PICTURES = """
SELECT g.place - 1 AS place, f.media_type FROM unnest($1::uuid[]) WITH ORDINALITY AS g (file_id, place)
JOIN files.files AS f ON f.id = g.file_id
WHERE f.media_type NOT LIKE 'image/%' ORDER BY g.place
"""
_ESCALATE = """
INSERT INTO maintenance.escalations (operator_id, ticket_id, type, raised_by, details)
VALUES ($1, $2, $3, $4, $5) RETURNING id
"""


@handles(StartWork)
async def start_work(work: Work, given: StartWork) -> Given:
    """An override is written before the step, whose guards look for it; who may not write it is told so by them."""
    repair = await read_repair(work, given.ticket_id)
    await work.because(given.override)
    job = {"arrival_notes": given.arrival_notes} if given.arrival_notes is not None else {}
    role = work.viewer.role
    if given.override is not None and (
        role in MANAGERS or (role is ViewerRole.AGENT and repair.urgency == "emergency")
    ):
        job["gate_override"] = given.override
    await edit(work, "maintenance.jobs", given.ticket_id, job, by="ticket_id")
    await take_step(work, given.ticket_id, TicketStatus.IN_PROGRESS)
    return {"ticket": given.ticket_id}


@handles(CompleteWork)
async def complete_work(work: Work, given: CompleteWork) -> Given:
    """What completion needs is checked by the step's guards, after it was written. Raises Refused for other files."""
    await read_repair(work, given.ticket_id)
    await _refuse_other_files(work, given.photo_file_ids)
    job = {
        "completion_notes": given.notes,
        "actual_cost_cents": given.actual_cost_cents,
        "no_photo_reason": given.no_photo_reason,
    }
    await edit(work, "maintenance.jobs", given.ticket_id, job, by="ticket_id")
    await work.run(_PHOTOS, work.viewer.operator_id, given.ticket_id, given.photo_file_ids)
    await take_step(work, given.ticket_id, TicketStatus.COMPLETED)
    return {"ticket": given.ticket_id}


async def _refuse_other_files(work: Work, files: Sequence[UUID]) -> None:
    found = await work.rows(_NO_PICTURES, list(files)) if files else []
    if found:
        raise Refused(*(_no_picture(**row) for row in found))


def _no_picture(place: int, media_type: str) -> Invalid:
    message = f"The file is {media_type}. A photo is a picture."
    return Invalid("NOT_A_PICTURE", message, path=("input", "photoFileIds", str(place)))


@handles(DisputeWork)
async def dispute_work(work: Work, given: DisputeWork) -> Given:
    """The reason stands in the event."""
    await read_repair(work, given.ticket_id)
    await work.because(given.reason)
    await take_step(work, given.ticket_id, TicketStatus.DISPUTED)
    return {"ticket": given.ticket_id}


@handles(RecordFeedback)
async def record_feedback(work: Work, given: RecordFeedback) -> Given:
    """Raises Refused before the work was completed."""
    repair = await read_repair(work, given.ticket_id)
    if repair.status not in ("completed", "disputed", "closed"):
        message = f"The ticket is {repair.status}: the work is rated when it is done."
        raise Refused(Conflict("NOT_COMPLETED", message, path=("input", "ticketId")))
    job = {"tenant_satisfied": given.satisfied, "tenant_rating": given.rating, "tenant_feedback": given.feedback}
    await edit(work, "maintenance.jobs", given.ticket_id, job, by="ticket_id")
    return {"ticket": given.ticket_id}


@handles(Escalate)
async def escalate(work: Work, given: Escalate) -> Given:
    """Raised by the viewer, or by nobody: the clockwork."""
    viewer = work.viewer
    escalation = await work.value(
        _ESCALATE, viewer.operator_id, given.ticket_id, given.type.value, viewer.contact_id, given.details
    )
    return {"escalation": escalation, "ticket": given.ticket_id}


@handles(UpdateEscalation)
async def update_escalation(work: Work, given: UpdateEscalation) -> Given:
    """Raises Refused where nothing is said."""
    values = written(given, besides={"escalation_id"})
    if not values:
        raise Refused(Invalid("NOTHING_SAID", "Say how far it is, or what happened.", path=("input",)))
    await edit(work, "maintenance.escalations", given.escalation_id, values)
    return {"escalation": given.escalation_id}
