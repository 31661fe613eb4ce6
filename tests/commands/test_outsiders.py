"""Outsiders write through commands alone, and a payload shows them no more than a query does."""

from __future__ import annotations

from db.pool import Connection
from resolvers.commands.contract.transaction import Transaction
from resolvers.planner.parameters import Statement
from tests.commands.player import Player

_COMMENTS = "SELECT count(*) FROM team.ticket_comments WHERE ticket_id = $1"
_WHO = "SELECT current_user::text AS name"


async def test_an_outsider_comments_on_a_ticket_of_its_own(tenant: Player, ticket: str, owner: Connection) -> None:
    selection = "comment { body author { id } } events { eventType }"
    told = await tenant.done("addComment", selection, ticketId=ticket, body="It drips worse.")
    assert told["comment"] == {"body": "It drips worse.", "author": {"id": str(tenant.viewer.contact_id)}}
    assert told["events"] == []  # outsiders see what happened to the status alone
    assert await owner.fetchval("SELECT count(*) FROM audit.events WHERE ticket_id = $1", ticket) >= 2


async def test_the_handler_writes_as_staff_and_the_payload_is_read_as_the_outsider(tenant: Player, ticket: str) -> None:
    transaction = Transaction(tenant.pool, tenant.viewer)
    await transaction.begin("a-request")
    assert await transaction.rows(_WHO) == [("gateway_staff",)]
    assert await transaction.fetch(Statement(_WHO, ())) == [("gateway_outsider",)]
    await transaction.mark()
    await transaction.undo()
    assert await transaction.rows(_WHO) == [("gateway_staff",)]
    await transaction.roll_back()
    async with tenant.pool.connection() as connection:
        assert await connection.fetchval(_WHO) == "gateway_outsider"
    told = await tenant.done("trip", "role ticket { title }", ticketId=ticket, sql="SELECT 1")
    assert told == {"role": "gateway_staff", "ticket": {"title": "A tap drips"}}


async def test_the_role_comes_back_after_a_refused_command(tenant: Player, ticket: str) -> None:
    for _ in range(8):  # more than the pool has connections
        told = await tenant.do("trip", "ticket { title } problems { code }", ticketId=ticket, sql="SELECT 'x'::uuid")
        assert told == {"ticket": {"title": "A tap drips"}, "problems": [{"code": "VALUE_INVALID"}]}
    async with tenant.pool.connection() as connection:
        assert await connection.fetchval(_WHO) == "gateway_outsider"


async def test_a_payload_shows_an_outsider_no_internal_comment(
    players: dict[str, Player], tenant: Player, ticket: str
) -> None:
    await players["manager"].done("addComment", ticketId=ticket, body="Difficult.", visibility="INTERNAL")
    selection = "comment { ticket { comments { nodes { body } } } }"
    told = await tenant.done("addComment", selection, ticketId=ticket, body="Please hurry.")
    assert told["comment"]["ticket"]["comments"]["nodes"] == [{"body": "Please hurry."}]


async def test_only_staff_writes_internal_comments(tenant: Player, ticket: str, owner: Connection) -> None:
    given = {"ticketId": ticket, "body": "Psst.", "visibility": "INTERNAL"}
    problem = await tenant.problem("addComment", "... on Forbidden { role }", **given)
    assert (problem["__typename"], problem["code"]) == ("Forbidden", "INTERNAL_COMMENT")
    assert (problem["role"], problem["path"]) == ("agent", ["input", "visibility"])
    assert await owner.fetchval(_COMMENTS, ticket) == 0


async def test_an_outsider_takes_the_steps_that_are_its_own(tenant: Player, ticket: str) -> None:
    selection = "... on TransitionRefused { missing { code role } }"
    problem = await tenant.problem("transitionTicket", selection, ticketId=ticket, to="RESOLVED")
    assert problem["missing"] == [{"code": "ROLE", "role": "agent"}]


async def test_what_the_outsiders_graph_does_not_have_no_payload_has(tenant: Player) -> None:
    fields = tenant.supergraph.graphql.type_map["TransitionTicketPayload"].fields  # type: ignore[attr-defined] # an object
    hidden = tenant.supergraph.graphql.type_map["Ticket"].fields  # type: ignore[attr-defined]
    assert set(fields) == {"ticket", "events", "problems"}
    assert "notes" not in hidden
    assert "addComment" in tenant.supergraph.graphql.mutation_type.fields  # type: ignore[union-attr]


async def test_an_outsider_learns_of_recent_changes_what_it_may_know(
    players: dict[str, Player], tenant: Player, ticket: str
) -> None:
    await players["manager"].done("updateTicket", ticketId=ticket, notes="A difficult one.")
    await players["manager"].done("transitionTicket", ticketId=ticket, to="IN_PROGRESS")
    selection = "... on VersionConflict { actual changes { eventType actorType actor } }"
    problem = await tenant.problem("addComment", selection, ticketId=ticket, body="Well?", expectedVersion=1)
    assert problem["actual"] == 3
    assert problem["changes"] == [{"eventType": "status_changed", "actorType": "MANAGER", "actor": None}]
