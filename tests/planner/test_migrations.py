"""A migration under a running gateway: what was planned and prepared before it answers rightly after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from tests.planner.cast import find_manager
from tests.planner.migrated import Gateway

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from db.pool import Connection
    from tests.planner.desk import Desk

_MADE = """
SELECT pg_get_functiondef('lifecycle.verdicts'::regproc) AS function,
       'CREATE VIEW lifecycle.timeline WITH (security_invoker) AS ' || pg_get_viewdef('lifecycle.timeline'::regclass)
       AS view
"""
_GRANTS = """
GRANT EXECUTE ON FUNCTION lifecycle.verdicts TO gateway_staff, gateway_outsider;
GRANT SELECT ON lifecycle.timeline TO gateway_staff, gateway_outsider;
"""
_ALIKE = {
    "a column is added": "ALTER TABLE team.tickets ADD COLUMN extra text NOT NULL DEFAULT 'x'",
    "an index is dropped": "DROP INDEX team.tickets_by_created_at, team.tickets_by_property",
    "an index is made": "CREATE INDEX ON team.tickets (operator_id, reopened_count, id)",
    "a column is wider": "ALTER TABLE team.tickets ALTER COLUMN reopened_count TYPE bigint",
    "a text is bounded": "ALTER TABLE team.tickets ALTER COLUMN hold_reason TYPE varchar(500)",
    "figures are anew": "ANALYZE",
}
_OTHER = {
    "fewer rows are seen": "CREATE POLICY odd ON team.tickets AS RESTRICTIVE USING (right(number, 1) IN ('1', '3'))",
    "rows are gone": "ALTER TABLE team.tickets DISABLE ROW LEVEL SECURITY; CREATE POLICY none ON team.tickets"
    " AS RESTRICTIVE USING (false); ALTER TABLE team.tickets ENABLE ROW LEVEL SECURITY",
}


@pytest.fixture
async def migrator(own: str) -> AsyncIterator[Connection]:
    """Of the owner."""
    connection = await asyncpg.connect(own)
    yield connection
    await connection.close()


@pytest.fixture
async def gateway(own: str, desk: Desk, migrator: Connection) -> AsyncIterator[Gateway]:
    """One that has answered before."""
    gateway = Gateway(desk, own, await find_manager(migrator))
    for _ in range(2):
        assert await gateway.planned() == await gateway.executed()
    yield gateway
    await gateway.close()


async def test_a_change_that_the_graph_does_not_see_changes_no_answer(gateway: Gateway, migrator: Connection) -> None:
    before = await gateway.planned()
    for change, sql in _ALIKE.items():
        await migrator.execute(sql)
        for _ in range(2):
            assert await gateway.planned() == before, change
        assert await gateway.anew() == before, change


async def test_what_a_field_is_derived_with_may_be_made_again(gateway: Gateway, migrator: Connection) -> None:
    before = await gateway.planned()
    made = await migrator.fetchrow(_MADE)
    assert made is not None
    async with migrator.transaction():
        await migrator.execute("DROP FUNCTION lifecycle.verdicts; DROP VIEW lifecycle.timeline")
        await migrator.execute(f"{made['function']}; {made['view']}; {_GRANTS}")
    for _ in range(2):
        assert await gateway.planned() == before
    await migrator.execute(made["function"].replace("AS $function$", "SET work_mem = '8MB' AS $function$"))
    assert await gateway.planned() == before


async def test_a_policy_holds_from_its_first_moment(gateway: Gateway, migrator: Connection) -> None:
    seen = [await gateway.planned()]
    for change, sql in _OTHER.items():
        await migrator.execute(sql)
        seen.append(await gateway.planned())
        assert seen[-1] == await gateway.anew(), change
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    ("gone", "back"),
    [
        ("DROP COLUMN hold_reason CASCADE", "ADD COLUMN hold_reason text"),
        ("RENAME COLUMN hold_reason TO held_because", "RENAME COLUMN held_because TO hold_reason"),
        ("ALTER COLUMN hold_reason TYPE jsonb USING to_jsonb(hold_reason)", "ALTER COLUMN hold_reason TYPE text"),
    ],
    ids=["dropped", "renamed", "of another type"],
)
async def test_a_column_that_is_gone_fails_the_operation_until_it_is_back(
    gone: str, back: str, gateway: Gateway, migrator: Connection
) -> None:
    await migrator.execute(f"ALTER TABLE team.tickets {gone}")
    for ask in (gateway.planned, gateway.planned, gateway.executed, gateway.anew):
        with pytest.raises((asyncpg.UndefinedColumnError, asyncpg.UndefinedFunctionError)):
            await ask()
    await migrator.execute(f"ALTER TABLE team.tickets {back}")
    for _ in range(2):
        assert await gateway.planned() == await gateway.anew()


async def test_the_executor_fails_once_where_a_type_has_changed(gateway: Gateway, migrator: Connection) -> None:
    """Its statements give columns, which may not change under a prepared statement; the planner's give one value."""
    before = await gateway.executed()
    await migrator.execute(_ALIKE["a column is wider"])
    with pytest.raises(asyncpg.InvalidCachedStatementError):
        await gateway.executed()
    for ask in (gateway.executed, gateway.planned):
        assert await ask() == before
