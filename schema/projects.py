"""The same work across many homes: projects, their checklists, their tickets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from schema.enums import ProjectPropertyStatus, ProjectTicketRole, ScopeType
from schema.vocabulary.column import column
from schema.vocabulary.edge import Many, One, Through, many, one, path
from schema.vocabulary.entity import entity
from schema.vocabulary.row import Edited, Owned

if TYPE_CHECKING:
    from schema.geo import Area
    from schema.property import Property
    from schema.team import TeamMember, Ticket


@entity("team.projects")
class Project(Edited):
    """A piece of work across many homes: do this everywhere."""

    name: str = column("What it is called.", order=True)
    project_type: str = column("What kind of work it is, such as safety or renovation.")
    scope_type: ScopeType = column("How far it reaches.")
    created_by_member: One[TeamMember | None] = one(
        "created_by_member_id", "Who set it up.", reverse=many("projects", "Projects this member set up.")
    )
    created_at: datetime = column("When it was set up.", order=True)


@entity("team.project_properties")
class ProjectProperty(Edited):
    """A home on a project's checklist."""

    project: One[Project] = one(
        "project_id", "The project.", reverse=many("project_properties", "Its checklist: a row for each home.")
    )
    home: One[Property] = one(
        "property_id", "The home.", name="property", reverse=many("project_properties", "Checklists it is on.")
    )
    resort: One[Area | None] = one(
        "resort_id", "The resort it was chosen by.", reverse=many("project_properties", "Checklist rows chosen by it.")
    )
    status: ProjectPropertyStatus = column("How far the project has come here.")
    completed_at: datetime | None = column("When it was done here.", order=True)
    tickets: Many[Ticket] = path(
        "The tickets of this home that belong to this project.",
        on=("property_id",),
        through=Through("team.project_tickets", own="project_id", target="ticket_id"),
    )


@entity("team.project_tickets")
class ProjectTicket(Owned):
    """A ticket that belongs to a project."""

    project: One[Project] = one("project_id", "The project.", reverse=many("project_tickets", "Its tickets."))
    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("project_links", "The projects it belongs to."))
    role: ProjectTicketRole = column("What it is to the project.")
