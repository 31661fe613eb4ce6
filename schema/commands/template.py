"""What the tickets look like that a rule or a project makes by itself."""

from __future__ import annotations

from uuid import UUID

from schema.enums import Priority, TicketType
from schema.vocabulary.given import given, part


@part
class TicketTemplate:
    """What each of the tickets looks like."""

    ticket_type: TicketType = given("What kind of ticket it is.")
    title: str = given("What it is about, in a line.", longest=200)
    description: str | None = given("What is to be done, in full.", default=None, longest=20_000, lines=True)
    priority: Priority = given("How soon it wants attention.", default=Priority.NORMAL)
    issue_type: str | None = given(
        "Of maintenance: what kind of work it is, such as smoke_detectors.", default=None, longest=100
    )
    team_id: UUID | None = given("The team that it is for.", of="Team", default=None)
    agent_id: UUID | None = given("Who looks after it.", of="TeamMember", default=None)
    due_after_hours: int | None = given("How many hours it may take.", default=None, least=1, most=8784)
