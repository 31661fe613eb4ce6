"""Why a ticket comes into being other than by somebody's wish: a rule's occurrence, a project's task."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from asyncpg.pgproto.pgproto import UUID

from db.demo.world import Home, Stay


class Template(NamedTuple):
    """What tickets of a rule or project look like."""

    ticket_type: str
    title: str
    description: str
    priority: str


class Occurrence(NamedTuple):
    """A recurring rule's turn."""

    rule_id: UUID
    template: Template
    at: int
    home: Home
    stay: Stay | None


@dataclass(slots=True)
class Item:
    """A row of a project's checklist."""

    id: UUID
    project_id: UUID
    home: Home
    created_at: int
    status: str = "pending"
    completed_at: int | None = None
    changed_at: int | None = None


class Task(NamedTuple):
    """A ticket of a project; a follow-up has no say about the checklist."""

    project_id: UUID
    template: Template
    item: Item
    role: str


Occasion: TypeAlias = Occurrence | Task | None
"""None: somebody asked for it."""


class Appointment(NamedTuple):
    """A ticket to come: when, whose, and why."""

    moment: int
    operator: int
    occasion: Occasion
