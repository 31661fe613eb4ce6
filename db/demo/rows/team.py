"""Rows of the schema team: who works, when, on which tickets, rules and projects."""

from dataclasses import dataclass
from typing import NamedTuple

from asyncpg.pgproto.pgproto import UUID


class Team(NamedTuple):
    """team.teams"""

    id: UUID
    operator_id: UUID
    name: str
    created_at: int
    updated_at: int
    version: int


class TeamMember(NamedTuple):
    """team.team_members"""

    id: UUID
    operator_id: UUID
    name: str
    contact_id: UUID
    team_id: UUID | None
    manager_id: UUID | None
    approval_limit_cents: int | None
    active: bool
    created_at: int
    updated_at: int
    version: int


class TeamShift(NamedTuple):
    """team.team_shifts"""

    id: UUID
    operator_id: UUID
    member_id: UUID
    starts_at: int
    ends_at: int | None
    created_at: int
    updated_at: int
    version: int


class TimeEntry(NamedTuple):
    """team.time_entries"""

    id: UUID
    operator_id: UUID
    member_id: UUID
    started_at: int
    ended_at: int | None
    property_id: UUID | None
    reservation_id: UUID | None
    hourly_rate_cents: int | None
    created_at: int
    updated_at: int
    version: int


class ShiftTimeEntry(NamedTuple):
    """team.shift_time_entries"""

    id: UUID
    operator_id: UUID
    shift_id: UUID
    time_entry_id: UUID
    allocated_seconds: int
    created_at: int


@dataclass(slots=True)
class Ticket:
    """team.tickets"""

    id: UUID
    operator_id: UUID
    number: str
    ticket_type: str
    workflow: str
    title: str
    description: str | None
    notes: str | None
    status: str
    priority: str
    source: str
    property_id: UUID | None
    reservation_id: UUID | None
    homeowner_id: UUID | None
    requestor_contact_id: UUID | None
    created_at: int
    updated_at: int
    current_agent_id: UUID | None = None
    current_team_id: UUID | None = None
    due_at: int | None = None
    first_response_at: int | None = None
    resolved_at: int | None = None
    closed_at: int | None = None
    closure_override: str | None = None
    active_time_seconds: int = 0
    resolution_seconds: int | None = None
    total_days_open: int | None = None
    reopened_count: int = 0
    held_from: str | None = None
    held_at: int | None = None
    held_until: int | None = None
    hold_reason: str | None = None
    cancelled_by: str | None = None
    cancel_reason: str | None = None
    cancel_note: str | None = None
    cancelled_at: int | None = None
    escalated_at: int | None = None
    version: int = 1


class RecurringRule(NamedTuple):
    """team.recurring_rules"""

    id: UUID
    operator_id: UUID
    name: str
    cadence: str
    scope_type: str
    config: str
    starts_at: int
    time_zone: str
    next_run_at: int | None
    active: bool
    created_at: int
    updated_at: int
    version: int


class RecurringRuleTarget(NamedTuple):
    """team.recurring_rule_targets"""

    id: UUID
    operator_id: UUID
    recurring_rule_id: UUID
    property_id: UUID | None
    resort_id: UUID | None
    reservation_id: UUID | None
    created_at: int


class Project(NamedTuple):
    """team.projects"""

    id: UUID
    operator_id: UUID
    name: str
    project_type: str
    scope_type: str
    created_by_member_id: UUID | None
    created_at: int
    updated_at: int
    version: int


class ProjectProperty(NamedTuple):
    """team.project_properties"""

    id: UUID
    operator_id: UUID
    project_id: UUID
    property_id: UUID
    resort_id: UUID | None
    status: str
    completed_at: int | None
    created_at: int
    updated_at: int
    version: int
