"""Tickets, the people who work on them, and their time. Links, projects and rules stand in modules of their own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from schema.enums import (
    ActorType,
    CancelReason,
    CommentVisibility,
    Priority,
    TicketSource,
    TicketStatus,
    TicketType,
)
from schema.lifecycle import AvailableTransition, Gates
from schema.vocabulary.column import column
from schema.vocabulary.derived import derived, merged
from schema.vocabulary.edge import Many, One, many, one, single
from schema.vocabulary.entity import entity
from schema.vocabulary.role import OUTSIDERS
from schema.vocabulary.row import Edited, Owned, Shared
from schema.vocabulary.scalar import BigInt
from schema.vocabulary.sight import seen

if TYPE_CHECKING:
    from schema.audit import AuditEvent
    from schema.directory import Contact
    from schema.messaging import Message
    from schema.property import Property
    from schema.reservations import Reservation


@entity("team.tickets", search=True, sight=[seen("id", among="my_tickets")])
class Ticket(Edited):
    """A unit of work of any type: a repair, a guest's wish, a clean, a bill. The single source of truth for it."""

    number: str = column("The number people say, such as MT-2026-117.", natural_key="number")
    ticket_type: TicketType = column("What kind of work it is.")
    workflow: str = column("The name of the lifecycle it follows.")
    title: str = column("What it is about, in a line.")
    description: str | None = column("What was reported, in full.")
    notes: str | None = column("What staff wrote for themselves.", hidden_from=OUTSIDERS)
    status: TicketStatus = column("Where it stands in its workflow.", order=True)
    priority: Priority = column("How soon it wants attention.")
    source: TicketSource = column("How it came in.")
    home: One[Property | None] = one(
        "property_id", "The home it is about.", name="property", reverse=many("tickets", "Tickets about this home.")
    )
    reservation: One[Reservation | None] = one(
        "reservation_id", "The stay it is about.", reverse=many("tickets", "Tickets about this stay.")
    )
    homeowner: One[Contact | None] = one(
        "homeowner_id",
        "Who owned the home when the ticket was created.",
        reverse=many("owned_tickets", "Tickets about homes that were this person's."),
    )
    requestor: One[Contact | None] = one(
        "requestor_contact_id", "Who asked.", reverse=many("requested_tickets", "Tickets this person asked for.")
    )
    current_agent: One[TeamMember | None] = one(
        "current_agent_id", "Who looks after it now.", reverse=many("tickets", "Tickets this member looks after.")
    )
    current_team: One[Team | None] = one(
        "current_team_id",
        "The team that looks after it now.",
        reverse=many("tickets", "Tickets this team looks after."),
    )
    lifecycle: One[Workflow] = one(
        "workflow", "The workflow it follows.", to="name", reverse=many("tickets", "Tickets that follow it.")
    )
    state: One[WorkflowState] = one(
        ("workflow", "status"),
        "Its status as a state of its workflow.",
        to=("workflow", "name"),
        reverse=many("tickets", "Tickets that stand here."),
    )
    held_from_state: One[WorkflowState | None] = one(
        ("workflow", "held_from"),
        "The state it was held in and returns to.",
        to=("workflow", "name"),
        reverse=many("held_tickets", "Tickets on hold that return here."),
    )
    created_at: datetime = column("When it was reported.", order=True)
    updated_at: datetime = column("When it last changed.", order=True)
    due_at: datetime | None = column("When it should be resolved.", order=True)
    first_response_at: datetime | None = column("The first public act of staff or vendor: comment, message or status.")
    first_response_seconds: int | None = column("From reported to the first response, in seconds.")
    resolved_at: datetime | None = column("When the work was done.", order=True)
    closed_at: datetime | None = column("When it was closed for good.")
    closure_override: str | None = column("Why a manager closed it although something was missing.")
    active_time_seconds: int = column("The time allocated to it, in seconds.", hidden_from=OUTSIDERS)
    resolution_seconds: int | None = column("From reported to resolved, in seconds.")
    total_days_open: int | None = column("From reported to closed, in whole days.")
    reopened_count: int = column("How often it was reopened.")
    held_from: TicketStatus | None = column("The status it returns to when its hold ends.")
    held_at: datetime | None = column("Since when it is on hold.")
    held_until: datetime | None = column("Until when it should be on hold.")
    hold_reason: str | None = column("Why it is on hold.")
    cancelled_by: ActorType | None = column("In what capacity somebody cancelled it.")
    cancel_reason: CancelReason | None = column("Why it was cancelled.")
    cancel_note: str | None = column("More about why it was cancelled.")
    cancelled_at: datetime | None = column("When it was cancelled.")
    escalated_at: datetime | None = column("When it was last escalated.", hidden_from=OUTSIDERS)
    available_transitions: list[AvailableTransition] = derived(
        "The steps from where it stands, whether you may take them now, and else what is missing.",
        function="lifecycle.verdicts",
        about=5,
    )
    gates: Gates | None = derived(
        "What a repair waits for before work begins; none for other tickets.", function="lifecycle.gates"
    )
    timeline: Many[AuditEvent | TicketComment | Message] = merged(
        "What happened to it, was said and was written, in order.", view="lifecycle.timeline", by="ticket_id"
    )


@entity("team.ticket_comments", sight=[seen("ticket_id", among="my_tickets", only={"visibility": ("public",)})])
class TicketComment(Owned):
    """What somebody wrote on a ticket."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("comments", "What was written on it."))
    author: One[Contact | None] = one(
        "author_contact_id", "Who wrote it.", reverse=many("comments", "What this person wrote on tickets.")
    )
    body: str = column("What it says.")
    visibility: CommentVisibility = column("Who reads it.")


@entity("team.teams")
class Team(Edited):
    """A group of staff that tickets are assigned to, such as property care or finance."""

    name: str = column("What it is called.", natural_key="name")


@entity("team.team_members", sight=[seen("id", among="my_agents")])
class TeamMember(Edited):
    """A member of staff; an agent may be a program."""

    name: str = column("The name colleagues use.", order=True)
    contact: One[Contact] = one(
        "contact_id",
        "The person.",
        reverse=single("team_member", "Their place in our staff, if they have one."),
        hidden_from=OUTSIDERS,
    )
    team: One[Team | None] = one("team_id", "The team they belong to.", reverse=many("members", "Who belongs to it."))
    manager: One[TeamMember | None] = one(
        "manager_id",
        "Whom they report to.",
        reverse=many("reports", "Who reports to them."),
        hidden_from=OUTSIDERS,
    )
    approval_limit_cents: BigInt | None = column(
        "Up to this amount they may approve a quote, in cents.", hidden_from=OUTSIDERS
    )
    active: bool = column("Whether they work here now.", hidden_from=OUTSIDERS)


@entity("team.team_shifts")
class TeamShift(Edited):
    """A member's shift."""

    member: One[TeamMember] = one("member_id", "Whose shift it is.", reverse=many("shifts", "Their shifts."))
    starts_at: datetime = column("When it starts.", order=True)
    ends_at: datetime | None = column("When it ended; open where empty.")


@entity("team.time_entries", plural="timeEntries")
class TimeEntry(Edited):
    """An unbroken stretch of one member's work; a member's entries do not overlap."""

    member: One[TeamMember] = one("member_id", "Who worked.", reverse=many("time_entries", "Their time."))
    started_at: datetime = column("When it started.", order=True)
    ended_at: datetime | None = column("When it ended; running where empty.")
    duration_seconds: int | None = column("How long it took, in seconds; none while running.")
    home: One[Property | None] = one(
        "property_id", "Where the work was.", name="property", reverse=many("time_entries", "Time spent at this home.")
    )
    reservation: One[Reservation | None] = one(
        "reservation_id", "The stay it was for.", reverse=many("time_entries", "Time spent for this stay.")
    )
    hourly_rate_cents: int | None = column("What an hour of it costs, in cents.")


@entity("team.shift_time_entries")
class ShiftTimeEntry(Owned):
    """Time that falls into a shift."""

    shift: One[TeamShift] = one("shift_id", "The shift.", reverse=many("time_entries", "The time that falls into it."))
    time_entry: One[TimeEntry] = one(
        "time_entry_id", "The time.", reverse=many("shift_allocations", "What of it went to shifts.")
    )
    allocated_seconds: int = column("How much of the time entry, in seconds.")


@entity("team.workflows")
class Workflow(Shared):
    """A lifecycle: the states that tickets of some types go through."""

    name: str = column("What it is called; tickets bear it.", natural_key="name")
    description: str = column("What it is for.")
    ticket_types: list[TicketType] = column("The types of tickets that follow it.")
    number_prefix: str = column("What the numbers of its tickets begin with, such as MT.")
    mermaid: str = derived(
        "The workflow as a Mermaid state diagram: who may take each step, and what must hold for it.",
        function="lifecycle.mermaid",
        of="name",
    )


@entity("team.workflow_states")
class WorkflowState(Shared):
    """A state of a workflow."""

    lifecycle: One[Workflow] = one("workflow", "The workflow.", to="name", reverse=many("states", "Its states."))
    workflow: str = column("The workflow's name.")
    name: TicketStatus = column("The status that a ticket bears in it.")
    position: int = column("Its place when states are listed.")
    initial: bool = column("Whether tickets start here.")
    held: bool = column("Whether it is the workflow's hold.")
    final: bool = column("Whether a ticket's work ends here.")
    resolves: bool = column("Whether the work is done here: a ticket that comes here is resolved.")
    cancels: bool = column("Whether a ticket ends here without being worked on.")


@entity("team.workflow_transitions")
class WorkflowTransition(Shared):
    """A step that a workflow allows."""

    lifecycle: One[Workflow] = one(
        "workflow", "The workflow.", to="name", reverse=many("transitions", "The steps it allows.")
    )
    workflow: str = column("The workflow's name.")
    from_state: TicketStatus = column("The status it leaves.")
    to_state: TicketStatus = column("The status it leads to.")
    source: One[WorkflowState] = one(
        ("workflow", "from_state"),
        "The state it leaves.",
        to=("workflow", "name"),
        reverse=many("outgoing", "The steps that leave it."),
    )
    target: One[WorkflowState] = one(
        ("workflow", "to_state"),
        "The state it leads to.",
        to=("workflow", "name"),
        reverse=many("incoming", "The steps that lead to it."),
    )
    roles: list[str] = column("Who may take it: roles, or `staff` for agent, manager and admin.")
    guards: list[str] = column("What must hold for it.")
    reopening: bool = column("Whether it brings a ticket back that was resolved or closed, which is counted.")
    rework: bool = column("Whether work that was done is to be done again.")
