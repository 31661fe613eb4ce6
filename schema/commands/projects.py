"""What may be done with projects, their checklists and tickets."""

from __future__ import annotations

from uuid import UUID

from schema.commands.template import TicketTemplate
from schema.enums import ProjectPropertyStatus, ProjectTicketRole, PropertyKind, ScopeType
from schema.vocabulary.command import command
from schema.vocabulary.given import given, part
from schema.vocabulary.result import told
from schema.vocabulary.role import STAFF

_MOST_HOMES = 5000
_IDS = "Homes by name, so to say; together with those of the choice."
_CHOICE = "All homes of a kind or place, by one choice."


@part
class HomeChoice:
    """Homes by what they have in common; an empty choice is every active home."""

    resort_id: UUID | None = given("Those in this area, and in the areas within it.", of="Area", default=None)
    kind: PropertyKind | None = given("Those of this type.", default=None)
    active: bool | None = given("Whether they are in use; null for both.", default=True)


@command(
    by=STAFF,
    gives={"project": "Project", "added": told("How many homes are on its checklist.", int)},
    example="""mutation {
  createProject(input: {
    name: "Smoke detectors 2027", projectType: "safety", scopeType: RESORT,
    homes: {resortId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", kind: RES}
  }) {
    project { id name projectProperties(first: 5) { totalCount nodes { status property { name } } } }
    added
    problems { code message path }
  }
}""",
)
class CreateProject:
    """Sets up a project with its checklist: a pending row for each home."""

    name: str = given("What it is called.", longest=200)
    project_type: str = given("What kind of work it is, such as safety or renovation.", longest=100)
    scope_type: ScopeType = given("How far it reaches.")
    property_ids: list[UUID] = given(_IDS, of="Property", default=[], most_items=_MOST_HOMES)
    homes: HomeChoice | None = given(_CHOICE, default=None)


@command(
    by=STAFF,
    subject="project_id",
    gives={"project": "Project", "added": told("How many homes are new on its checklist.", int)},
    example="""mutation {
  addProjectProperties(input: {
    projectId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", propertyIds: ["018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e10"]
  }) {
    added
    problems { code message path }
  }
}""",
)
class AddProjectProperties:
    """Puts homes on a project's checklist. Those that are on it stay as they are."""

    project_id: UUID = given("The project.", of="Project")
    property_ids: list[UUID] = given(_IDS, of="Property", default=[], most_items=_MOST_HOMES)
    homes: HomeChoice | None = given(_CHOICE, default=None)


@command(
    by=STAFF,
    subject="project_property_id",
    gives={"project_property": "ProjectProperty"},
    example="""mutation {
  setChecklistStatus(input: {projectPropertyId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", status: DONE}) {
    projectProperty { status completedAt }
    problems { code message path }
  }
}""",
)
class SetChecklistStatus:
    """Says how far a project has come at a home. When it was done is stamped, and taken back with the status."""

    project_property_id: UUID = given("The row of the checklist.", of="ProjectProperty")
    status: ProjectPropertyStatus = given("How far it has come.")


@command(
    by=STAFF,
    subject="project_id",
    gives={"project_ticket": "ProjectTicket", "project": "Project"},
    example="""mutation {
  linkProjectTicket(input: {
    projectId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e10", role: FOLLOWUP
  }) {
    projectTicket { role ticket { number } }
    problems { code message path }
  }
}""",
)
class LinkProjectTicket:
    """Makes a ticket one of a project's. One that is so already stays so."""

    project_id: UUID = given("The project.", of="Project")
    ticket_id: UUID = given("The ticket.", of="Ticket")
    role: ProjectTicketRole = given("What it is to the project.", default=ProjectTicketRole.TASK)


@command(
    by=STAFF,
    subject="project_id",
    gives={
        "project": "Project",
        "tickets": told("The tickets that were made.", ["Ticket"]),
        "made": told("How many were made.", int),
        "remaining": told("How many homes wait for the next call.", int),
    },
    example="""mutation {
  createTicketsForProject(input: {
    projectId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", statuses: [PENDING],
    template: {ticketType: MAINTENANCE, title: "Replace smoke detectors", issueType: "smoke_detectors"}
  }) {
    made
    remaining
    tickets { number property { name } }
    problems { code message path }
  }
}""",
)
class CreateTicketsForProject:
    """Makes a task for each home of a project that has none yet. Once more makes those that are still without."""

    project_id: UUID = given("The project.", of="Project")
    template: TicketTemplate = given("What the tickets look like.")
    statuses: list[ProjectPropertyStatus] = given(
        "Which rows of the checklist: those that are not settled, if left out.",
        default=[ProjectPropertyStatus.PENDING, ProjectPropertyStatus.IN_PROGRESS],
    )
    most: int = given("How many to make in this call at most.", default=500, least=1, most=2000)
