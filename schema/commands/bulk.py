"""What may be done with many tickets at once."""

from __future__ import annotations

from uuid import UUID

from schema.enums import TicketStatus
from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given
from schema.vocabulary.result import each
from schema.vocabulary.role import STAFF, SYSTEM

_MOST = 500
_ALL_OR_NOTHING = "Whether nothing is done with any ticket where one is refused."
_RESULTS = each("What came of each ticket, in the order of their ids; empty where nothing was done.", "Ticket")


@command(
    by=STAFF | {SYSTEM},
    gives={"results": _RESULTS},
    example="""mutation {
  transitionTickets(input: {
    ticketIds: ["018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20"], to: IN_PROGRESS
  }) {
    results { ticketId ticket { number status } problems { code message path } }
    problems { code message path }
  }
}""",
)
class TransitionTickets:
    """Moves many tickets on in their workflows, each as `transitionTicket` does. One that is refused stays as it is.

    An id that is out of sight refuses all of it.
    """

    ticket_ids: list[UUID] = given("The tickets.", of="Ticket", most_items=_MOST)
    to: TicketStatus = given("Where they go.")
    reason: str | None = given("Why; a hold needs it.", default=None, longest=2_000, lines=True)
    all_or_nothing: bool = given(_ALL_OR_NOTHING, default=False)


@command(
    by=STAFF,
    gives={"results": _RESULTS},
    example="""mutation {
  assignTickets(input: {
    ticketIds: ["018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"], agentId: "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20"
    allOrNothing: true
  }) {
    results { ticketId ticket { currentAgent { name } } problems { code message path } }
    problems { code message path }
  }
}""",
)
class AssignTickets:
    """Gives many tickets to an agent, a team, or both, each as `assignTicket` does.

    An id that is out of sight refuses all of it.
    """

    ticket_ids: list[UUID] = given("The tickets.", of="Ticket", most_items=_MOST)
    agent_id: UUID | Omitted | None = given("Who looks after them.", default=OMITTED, of="TeamMember")
    team_id: UUID | Omitted | None = given("The team that looks after them.", default=OMITTED, of="Team")
    all_or_nothing: bool = given(_ALL_OR_NOTHING, default=False)
