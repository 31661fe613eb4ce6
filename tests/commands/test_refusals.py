"""What the database refuses becomes a problem; what is our fault stays an error, and nothing is done either way."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import orjson
import pytest
from graphql import GraphQLError

from db.pool import Connection
from resolvers.commands.contract.codes import Code
from resolvers.commands.contract.translation import BY_CONSTRAINT
from tests.commands.player import Player
from tests.graph.client import is_fault

_COMMENTS = "SELECT count(*) FROM team.ticket_comments WHERE ticket_id = $1"
_TRIP = "mutation ($i: TripInput!) { trip(input: $i) { role } }"
_DETAIL = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{}', MESSAGE = 'No.', DETAIL = '{}'; END $$"


def _raised(state: str, detail: str) -> str:
    return _DETAIL.format(state, detail)


@pytest.mark.parametrize(
    ("sql", "kind", "code", "more"),
    [
        (_raised("TK002", '{"code": "HELD", "message": "It is on hold."}'), "Conflict", "HELD", {}),
        (_raised("TK003", '{"code": "FULL", "message": "60 of 60.", "most": 60}'), "LimitExceeded", "FULL", {}),
        (
            _raised("TK004", '{"code": "BOSS", "message": "Only a manager.", "role": "manager"}'),
            "Forbidden",
            "BOSS",
            {"role": "manager"},
        ),
        ("SELECT 'x'::uuid", "Invalid", "VALUE_INVALID", {}),
        ("UPDATE team.tickets SET title = ''", "Invalid", "CHECK_VIOLATED", {}),
        ("INSERT INTO team.teams SELECT * FROM team.teams", "Conflict", "VALUE_TAKEN", {}),
        ("DO $$ BEGIN RAISE lock_not_available; END $$", "Conflict", "LOCKED", {}),
    ],
)
async def test_a_refusal_becomes_the_problem_that_it_means(
    manager: Player, ticket: str, owner: Connection, sql: str, kind: str, code: str, more: dict[str, Any]
) -> None:
    problem = await manager.problem("trip", "... on Forbidden { role }", ticketId=ticket, sql=sql)
    assert (problem["__typename"], problem["code"]) == (kind, code)
    assert problem["message"]
    assert problem.items() >= more.items()
    assert await owner.fetchval(_COMMENTS, ticket) == 0


async def test_a_constraint_that_is_known_by_name_says_more_than_its_kind(manager: Player, ticket: str) -> None:
    sql = "UPDATE team.tickets SET cancel_reason = 'other'"
    problem = await manager.problem("trip", ticketId=ticket, sql=sql)
    assert (problem["code"], problem["path"]) == ("NOTE_MISSING", ["input", "note"])


async def test_the_words_of_the_database_are_not_told(manager: Player, ticket: str) -> None:
    sql = "INSERT INTO team.teams SELECT * FROM team.teams"
    problem = await manager.problem("trip", ticketId=ticket, sql=sql)
    assert "duplicate key" not in problem["message"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT nothing FROM team.tickets",
        "UPDATE team.tickets SET active_time_seconds = 5",
        "DELETE FROM audit.events",
        "DELETE FROM platform.migrations",
    ],
)
async def test_a_fault_of_ours_is_an_error_and_nothing_is_done(
    manager: Player, ticket: str, owner: Connection, sql: str
) -> None:
    error = await manager.error(_TRIP, {"i": {"ticketId": ticket, "sql": sql}})
    assert is_fault(error)
    assert isinstance(error.original_error, asyncpg.PostgresError)
    assert error.path == ["trip"]
    assert await owner.fetchval(_COMMENTS, ticket) == 0


async def test_a_fault_keeps_no_command_behind_it_from_being_done(
    manager: Player, ticket: str, owner: Connection
) -> None:
    document = """mutation ($id: ID!) {
        broken: trip(input: {ticketId: $id, sql: "SELECT nothing"}) { role }
        addComment(input: {ticketId: $id, body: "Done."}) { comment { body } }
    }"""
    result = await manager.answer(document, {"id": ticket})
    assert orjson.loads(orjson.dumps(result.data)) == {"broken": None, "addComment": {"comment": {"body": "Done."}}}
    assert [error.path for error in result.errors or ()] == [["broken"]]
    assert await owner.fetchval(_COMMENTS, ticket) == 1


async def test_the_database_that_goes_away_after_a_command_was_done_fails_only_the_next(
    manager: Player, ticket: str, owner: Connection
) -> None:
    document = """mutation ($id: ID!) {
        addComment(input: {ticketId: $id, body: "Done."}) { comment { body } }
        away: trip(input: {ticketId: $id, sql: "SELECT public.die()"}) { role }
    }"""
    result = await manager.answer(document, {"id": ticket})
    assert orjson.loads(orjson.dumps(result.data)) == {"addComment": {"comment": {"body": "Done."}}, "away": None}
    (error,) = result.errors or [GraphQLError("none")]
    assert error.extensions == {"code": "DATABASE_UNAVAILABLE"}
    assert not is_fault(error)
    assert await owner.fetchval(_COMMENTS, ticket) == 1


async def test_a_statement_that_takes_too_long_is_told_as_that(manager: Player, ticket: str, owner: Connection) -> None:
    sql = "DO $$ BEGIN SET LOCAL statement_timeout = 1; PERFORM pg_sleep(1); RAISE query_canceled; END $$"
    error = await manager.error(_TRIP, {"i": {"ticketId": ticket, "sql": sql}})
    assert error.extensions == {"code": "TIMEOUT"}
    assert await owner.fetchval(_COMMENTS, ticket) == 0


async def test_a_command_gives_way_three_times_and_then_says_so(
    manager: Player, ticket: str, owner: Connection
) -> None:
    await owner.execute("CREATE SEQUENCE IF NOT EXISTS public.tries; GRANT USAGE ON SEQUENCE public.tries TO PUBLIC")
    await owner.execute("SELECT setval('public.tries', 1, false)")
    sql = "DO $$ BEGIN PERFORM nextval('public.tries'); RAISE serialization_failure; END $$"
    problem = await manager.problem("trip", ticketId=ticket, sql=sql)
    assert (problem["__typename"], problem["code"]) == ("Conflict", "TRY_AGAIN")
    assert await owner.fetchval("SELECT nextval('public.tries')") == 4
    assert await owner.fetchval(_COMMENTS, ticket) == 0


async def test_a_command_that_gave_way_once_is_done_once(manager: Player, ticket: str, owner: Connection) -> None:
    await owner.execute("CREATE SEQUENCE IF NOT EXISTS public.tries; GRANT USAGE ON SEQUENCE public.tries TO PUBLIC")
    await owner.execute("SELECT setval('public.tries', 1, false)")
    sql = "DO $$ BEGIN IF nextval('public.tries') < 2 THEN RAISE deadlock_detected; END IF; END $$"
    told = await manager.done("trip", "ticket { id }", ticketId=ticket, sql=sql)
    assert told["ticket"]["id"] == ticket
    assert await owner.fetchval(_COMMENTS, ticket) == 1


async def test_a_cancelled_operation_does_nothing_and_gives_its_connection_back(
    manager: Player, ticket: str, owner: Connection
) -> None:
    for _ in range(8):  # more than the pool has connections
        task = asyncio.create_task(manager.answer(_TRIP, {"i": {"ticketId": ticket, "sql": "SELECT pg_sleep(5)"}}))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await owner.fetchval(_COMMENTS, ticket) == 0
    await manager.done("addComment", ticketId=ticket, body="Still here.")


async def test_constraints_that_are_known_by_name_are_there(owner: Connection) -> None:
    live = {row["conname"] for row in await owner.fetch("SELECT conname FROM pg_constraint")}
    assert set(BY_CONSTRAINT) - live == set()


def test_no_code_of_the_contract_means_two_things() -> None:
    codes = {problem.code for problem in BY_CONSTRAINT.values()}
    assert codes & {code.value for code in Code} == set()
