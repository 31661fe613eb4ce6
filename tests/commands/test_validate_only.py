"""`validateOnly` does everything and leaves no trace."""

from __future__ import annotations

from db.pool import Connection
from tests.commands.player import Player

_TABLES = """
SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""


async def _trace(owner: Connection) -> dict[str, tuple[int, str]]:
    """Every table's rows, counted and summed up."""
    found = {}
    for row in await owner.fetch(_TABLES):
        sql = f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {row['name']} AS t"  # noqa: S608 - the catalogue's name
        found[row["name"]] = tuple(await owner.fetchrow(sql) or ())
    return found


async def test_what_would_happen_is_told_and_nothing_is_left_behind(
    manager: Player, ticket: str, owner: Connection
) -> None:
    before = await _trace(owner)
    assert before["team.tickets"][0] > 0
    told = await manager.done(
        "transitionTicket",
        "ticket { status version events { totalCount } } events { eventType }",
        ticketId=ticket,
        to="IN_PROGRESS",
        validateOnly=True,
        idempotencyKey="trying",
    )
    assert told["ticket"] == {"status": "IN_PROGRESS", "version": 2, "events": {"totalCount": 2}}
    assert told["events"] == [{"eventType": "status_changed"}]
    assert await _trace(owner) == before


async def test_what_would_be_refused_is_told_too(manager: Player, ticket: str, owner: Connection) -> None:
    before = await _trace(owner)
    problem = await manager.problem("transitionTicket", ticketId=ticket, to="CLOSED", validateOnly=True)
    assert problem["code"] == "TRANSITION_REFUSED"
    assert await _trace(owner) == before


async def test_an_outsider_tries_as_well(tenant: Player, ticket: str, owner: Connection) -> None:
    before = await _trace(owner)
    told = await tenant.done("addComment", "comment { body }", ticketId=ticket, body="Will it do?", validateOnly=True)
    assert told["comment"] == {"body": "Will it do?"}
    assert await _trace(owner) == before


async def test_tried_and_done_in_one_operation(manager: Player, ticket: str) -> None:
    document = """mutation ($id: ID!) {
        tried: addComment(input: {ticketId: $id, body: "Hm.", validateOnly: true}) { ...Told }
        done: addComment(input: {ticketId: $id, body: "Hm."}) { ...Told }
    }
    fragment Told on AddCommentPayload { comment { ticket { comments { totalCount } } } }"""
    told = await manager.ask(document, id=ticket)
    assert told["tried"] == told["done"] == {"comment": {"ticket": {"comments": {"totalCount": 1}}}}


async def test_null_means_that_it_is_not_only_tried(manager: Player, ticket: str, owner: Connection) -> None:
    await manager.done("addComment", ticketId=ticket, body="Hm.", validateOnly=None)
    assert await owner.fetchval("SELECT count(*) FROM team.ticket_comments WHERE ticket_id = $1", ticket) == 1
