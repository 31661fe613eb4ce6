"""What requests rotate over, found in the data: agents, projects and tickets of the demo's manager."""

from __future__ import annotations

from collections.abc import Iterable

import asyncpg

from bench.operation import MUTATION, Operation, Variables

_OPERATOR = "SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id LIMIT 1"
# Those who have a page of a thousand; of few data, those who have the most.
_AGENTS = """
WITH busy AS (
    SELECT t.current_agent_id AS id, count(*) AS n FROM team.tickets AS t
    WHERE t.operator_id = $1 AND t.current_agent_id IS NOT NULL GROUP BY t.current_agent_id
)
SELECT b.id::text FROM busy AS b WHERE b.n >= (SELECT least(1000, max(n) / 2) FROM busy) ORDER BY b.id LIMIT $2
"""
_PROJECTS = """
SELECT p.id::text FROM team.projects AS p WHERE p.operator_id = $1 AND p.name LIKE 'Round %' ORDER BY p.id LIMIT $2
"""
_TICKETS = "SELECT t.id::text FROM team.tickets AS t WHERE t.operator_id = $1 ORDER BY md5(t.id::text) LIMIT $2"
_MOVABLE = """
SELECT t.id::text FROM team.tickets AS t
WHERE t.operator_id = $1 AND t.workflow = 'general' AND t.status IN ('open', 'in_progress') ORDER BY t.id LIMIT $2
"""
_BEGIN_WORK = "UPDATE team.tickets SET status = 'in_progress' WHERE id = ANY ($1::uuid[]) AND status <> 'in_progress'"


async def sample(dsn: str, clients: int) -> list[Operation]:
    """The four queries, and the mutation with a ticket for each client."""
    connection = await asyncpg.connect(dsn)
    operator = await connection.fetchval(_OPERATOR)

    async def ids(statement: str, count: int) -> list[str]:
        return [row[0] for row in await connection.fetch(statement, operator, count)]

    try:
        agents, projects = await ids(_AGENTS, 40), await ids(_PROJECTS, 40)
        tickets, movable = await ids(_TICKETS, 1_000), await ids(_MOVABLE, clients)
    finally:
        await connection.close()
    return [
        Operation("list", (_deck("agent", agents),)),
        Operation("project", (_deck("project", projects),)),
        Operation("ticket", (_deck("ticket", tickets),)),
        Operation("wide", (_deck("agent", agents),)),
        Operation(MUTATION, tuple(_to_and_fro(ticket) for ticket in movable), ("manager",)),
    ]


async def begin_work(dsn: str, operation: Operation) -> None:
    """Brings a mutation's tickets to where its decks begin."""
    connection = await asyncpg.connect(dsn)
    await connection.execute(_BEGIN_WORK, [deck[0]["ticket"] for deck in operation.decks])
    await connection.close()


def _deck(name: str, values: Iterable[str]) -> tuple[Variables, ...]:
    return tuple({name: value} for value in values)


def _to_and_fro(ticket: str) -> tuple[Variables, ...]:
    return (
        {"ticket": ticket, "status": "WAITING", "reason": "The part is ordered."},
        {"ticket": ticket, "status": "IN_PROGRESS", "reason": None},
    )
