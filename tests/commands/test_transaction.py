"""A command's transaction: its end is what it says, whatever happened to its connection."""

from __future__ import annotations

import asyncpg
import pytest

from db.pool import Connection
from db.refusals import refusal
from resolvers.commands.contract.transaction import Transaction, TransactionAborted
from resolvers.planner.parameters import Statement
from resolvers.session import Ended
from tests.commands.player import Player

_TITLE = "UPDATE team.tickets SET title = 'Gone' WHERE id = $1"
_NOW = "SELECT title FROM team.tickets WHERE id = $1"


async def _begun(player: Player) -> Transaction:
    transaction = Transaction(player.pool, player.viewer)
    await transaction.begin("a-request")
    return transaction


async def test_a_commit_that_postgresql_turns_into_a_rollback_is_an_error(
    manager: Player, ticket: str, owner: Connection
) -> None:
    transaction = await _begun(manager)
    await transaction.rows(_TITLE, ticket)
    with pytest.raises(asyncpg.DivisionByZeroError):
        await transaction.rows("SELECT 1 / 0")
    with pytest.raises(TransactionAborted):
        await transaction.commit()
    assert await owner.fetchval(_NOW, ticket) == "A tap drips"


async def test_a_connection_that_is_lost_before_the_commit_is_an_error(
    manager: Player, ticket: str, owner: Connection
) -> None:
    transaction = await _begun(manager)
    await transaction.rows(_TITLE, ticket)
    (pid,) = await transaction.rows("SELECT pg_backend_pid()")
    assert await owner.fetchval("SELECT pg_terminate_backend($1, 5000)", pid[0])
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)) as lost:
        await transaction.commit()
    told = refusal(lost.value)
    assert told is not None
    assert told.kind == "unavailable"
    assert await owner.fetchval(_NOW, ticket) == "A tap drips"
    await manager.done("addComment", ticketId=ticket, body="The pool goes on.")


async def test_the_payload_reads_nothing_more_after_its_first_failure(manager: Player) -> None:
    transaction = await _begun(manager)
    with pytest.raises(asyncpg.DivisionByZeroError) as first:
        await transaction.fetch(Statement("SELECT 1 / 0", ()))
    with pytest.raises(asyncpg.DivisionByZeroError) as second:
        await transaction.fetch(Statement("SELECT 1", ()))
    assert second.value is first.value
    await transaction.roll_back()


async def test_what_reads_after_the_end_is_refused(manager: Player) -> None:
    transaction = await _begun(manager)
    await transaction.commit()
    with pytest.raises(Ended):
        await transaction.fetch(Statement("SELECT 1", ()))
    await transaction.roll_back()  # of what is over: nothing to do
