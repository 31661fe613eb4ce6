"""Doing the same with many tickets: each as the command for one does it, in a part of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from resolvers.commands import steps, tickets
from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.payload import Each
from resolvers.commands.contract.problems import Refused, at
from resolvers.commands.contract.work import Given, Work
from schema.commands.bulk import AssignTickets, TransitionTickets
from schema.commands.steps import AssignTicket
from schema.commands.tickets import TransitionTicket

# All of them first, in the order that all keep, so that two bulks wait for each other and never in a circle.
_HOLD = "SELECT FROM team.tickets WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE"


@handles(TransitionTickets)
async def transition_tickets(work: Work, given: TransitionTickets) -> Given:
    """Raises Refused where all were to be moved and one cannot be."""

    def move(ticket: UUID) -> Awaitable[Given]:
        return tickets.transition_ticket(work, TransitionTicket(ticket_id=ticket, to=given.to, reason=given.reason))

    return {"results": await _each(work, given.ticket_ids, move, whole=given.all_or_nothing)}


@handles(AssignTickets)
async def assign_tickets(work: Work, given: AssignTickets) -> Given:
    """Raises Refused where all were to be assigned and one cannot be."""

    def assign(ticket: UUID) -> Awaitable[Given]:
        return steps.assign_ticket(work, AssignTicket(ticket_id=ticket, agent_id=given.agent_id, team_id=given.team_id))

    return {"results": await _each(work, given.ticket_ids, assign, whole=given.all_or_nothing)}


async def _each(work: Work, ids: Sequence[UUID], do: Callable[[UUID], Awaitable[Given]], *, whole: bool) -> list[Each]:
    """What came of each, in the order of the ids. Raises Refused with all problems where the whole is wanted."""
    await work.run(_HOLD, ids)
    found: list[Each] = []
    for n, ticket in enumerate(ids):
        async with work.attempt() as attempt:
            await do(ticket)
        found.append(Each(ticket, at(attempt.problems, ("input", "ticketIds", str(n)))))
    problems = [problem for each in found for problem in each.problems]
    if whole and problems:
        raise Refused(*problems)
    return found
