"""Setting up projects, working through their checklists, making their tickets."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.members import refuse_inactive
from resolvers.commands.opening import TEMPLATES_AGENT, Opening, Template, open_tickets
from schema.commands.projects import (
    AddProjectProperties,
    CreateProject,
    CreateTicketsForProject,
    LinkProjectTicket,
    SetChecklistStatus,
)
from schema.enums import TicketSource

_CREATE = """
INSERT INTO team.projects (operator_id, name, project_type, scope_type, created_by_member_id)
VALUES ($1, $2, $3, $4, (SELECT m.id FROM team.team_members AS m WHERE m.operator_id = $1 AND m.contact_id = $5))
RETURNING id
"""
# $3 names homes. With $4 come those of a choice: in the area $5 or within it, of the type $6, active or not as $7 says.
_ADD_HOMES = """
WITH RECURSIVE places AS (
    SELECT id FROM geo.areas WHERE id = $5
    UNION
    SELECT a.id FROM geo.areas AS a JOIN places AS p ON a.parent_id = p.id
), added AS (
    INSERT INTO team.project_properties (operator_id, project_id, property_id, resort_id)
    SELECT $1, $2, h.id, CASE WHEN h.chosen THEN $5::uuid END
    FROM (
        SELECT p.id, $4 AND ($5::uuid IS NULL OR p.resort_id IN (SELECT id FROM places))
                     AND ($6::text IS NULL OR p.kind = $6) AND ($7::boolean IS NULL OR p.active = $7) AS chosen
        FROM property.properties AS p WHERE p.operator_id = $1
    ) AS h
    WHERE h.chosen OR h.id = ANY ($3::uuid[])
    ORDER BY h.id
    ON CONFLICT (project_id, property_id) DO NOTHING
    RETURNING id
)
SELECT count(*) FROM added
"""
_SET_STATUS = "UPDATE team.project_properties SET status = $2 WHERE id = $1"
_LINK = """
INSERT INTO team.project_tickets (operator_id, project_id, ticket_id, role)
VALUES ($1, $2, $3, $4) ON CONFLICT (project_id, ticket_id, role) DO NOTHING
"""
_LINKED = "SELECT id FROM team.project_tickets WHERE project_id = $1 AND ticket_id = $2 AND role = $3"
_WITHOUT_TASK = """
SELECT c.property_id FROM team.project_properties AS c
WHERE c.project_id = $1 AND c.status = ANY ($2::text[]) AND NOT EXISTS (
    SELECT FROM team.project_tickets AS l JOIN team.tickets AS t ON t.id = l.ticket_id
    WHERE l.project_id = c.project_id AND l.role = 'task' AND t.property_id = c.property_id)
ORDER BY c.id
"""
_LINK_TASKS = """
INSERT INTO team.project_tickets (operator_id, project_id, ticket_id, role)
SELECT $1, $2, id, 'task' FROM unnest($3::uuid[]) AS id
"""
_NOW = "SELECT now()"


@handles(CreateProject)
async def create_project(work: Work, given: CreateProject) -> Given:
    """A choice that no home meets is refused: it is a mistake more often than not."""
    viewer = work.viewer
    project_id = await work.value(
        _CREATE, viewer.operator_id, given.name, given.project_type, given.scope_type.value, viewer.contact_id
    )
    added = await _add_homes(work, project_id, given)
    if not added:
        raise Refused(Invalid("NO_HOMES", "No home is chosen. Name some, or choose others.", path=("input",)))
    return {"project": project_id, "added": added}


@handles(AddProjectProperties)
async def add_project_properties(work: Work, given: AddProjectProperties) -> Given:
    """Raises Refused when nothing is named."""
    if not given.property_ids and given.homes is None:
        raise Refused(Invalid("NO_HOMES", "No home is chosen. Name some, or choose them.", path=("input",)))
    return {"project": given.project_id, "added": await _add_homes(work, given.project_id, given)}


@handles(SetChecklistStatus)
async def set_checklist_status(work: Work, given: SetChecklistStatus) -> Given:
    """completed_at follows from the status."""
    await work.run(_SET_STATUS, given.project_property_id, given.status.value)
    return {"project_property": given.project_property_id}


@handles(LinkProjectTicket)
async def link_project_ticket(work: Work, given: LinkProjectTicket) -> Given:
    """The link that is there, be it new or not."""
    role = given.role.value
    await work.run(_LINK, work.viewer.operator_id, given.project_id, given.ticket_id, role)
    link = await work.value(_LINKED, given.project_id, given.ticket_id, role)
    return {"project_ticket": link, "project": given.project_id}


@handles(CreateTicketsForProject)
async def create_tickets_for_project(work: Work, given: CreateTicketsForProject) -> Given:
    """The project's lock, which the contract holds, keeps two calls from making the same."""
    await refuse_inactive(work, given.template.agent_id, path=TEMPLATES_AGENT)
    statuses = [status.value for status in given.statuses]
    homes = [row["property_id"] for row in await work.rows(_WITHOUT_TASK, given.project_id, statuses)]
    now, later = homes[: given.most], homes[given.most :]
    template, moment = Template.of(given.template), await work.value(_NOW)
    openings = [Opening(home, due_at=template.due_at(moment)) for home in now]
    opened = await open_tickets(work, template, TicketSource.PROJECT, openings)
    await work.run(_LINK_TASKS, work.viewer.operator_id, given.project_id, opened)
    return {"project": given.project_id, "tickets": opened, "made": len(opened), "remaining": len(later)}


async def _add_homes(work: Work, project_id: UUID, given: CreateProject | AddProjectProperties) -> int:
    """How many are new on the checklist."""
    choice: Any = given.homes
    added: int = await work.value(
        _ADD_HOMES,
        work.viewer.operator_id,
        project_id,
        given.property_ids,
        choice is not None,
        choice.resort_id if choice else None,
        choice.kind.value if choice and choice.kind else None,
        choice.active if choice else None,
    )
    return added
