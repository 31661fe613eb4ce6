"""Policies and grants that differ from the declarations are found, each with its fix, and mended."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import asyncpg
import pytest

from db.pool import Connection
from resolvers.policies import policy_changes, write_policies
from schema.assembly.graph import Graph

_FIX = "Run `python -m gateway migrate`, which writes policies and grants"
_DRIFTS = [
    ("DROP POLICY staff ON team.tickets", "team.tickets policy staff", "it is not as declared"),
    ("DROP POLICY outsider_0 ON team.tickets", "team.tickets policy outsider_0", "it is not as declared"),
    ("ALTER POLICY outsider_0 ON team.tickets USING (true)", "team.tickets policy outsider_0", "it is not as declared"),
    ("ALTER POLICY staff ON team.tickets WITH CHECK (true)", "team.tickets policy staff", "it is not as declared"),
    ("ALTER POLICY staff ON team.tickets TO PUBLIC", "team.tickets policy staff", "it is not as declared"),
    (
        "ALTER POLICY staff ON team.tickets RENAME TO everybody",
        "team.tickets policy staff",
        "it is not as declared",
    ),
    (
        "CREATE POLICY open ON team.projects FOR SELECT TO gateway_outsider USING (true)",
        "team.projects policy open",
        "it is not declared",
    ),
    ("COMMENT ON POLICY staff ON team.tickets IS NULL", "team.tickets policy staff", "it is not as declared"),
    ("ALTER TABLE team.tickets DISABLE ROW LEVEL SECURITY", "team.tickets", "row-level security is off"),
    (
        "GRANT SELECT (notes) ON team.tickets TO gateway_outsider",
        "team.tickets",
        "gateway_outsider's rights differ in notes",
    ),
    (
        "GRANT SELECT ON team.teams TO gateway_outsider",
        "team.teams",
        "gateway_outsider's rights differ in created_at, id, name, operator_id, updated_at, version",
    ),
    (
        "REVOKE SELECT (title) ON team.tickets FROM gateway_outsider",
        "team.tickets",
        "gateway_outsider's rights differ in title",
    ),
    (
        "GRANT INSERT ON team.ticket_comments TO gateway_outsider",
        "team.ticket_comments",
        "gateway_outsider's rights differ in writes",
    ),
    (
        "GRANT UPDATE (title) ON team.tickets TO gateway_outsider",
        "team.tickets",
        "gateway_outsider's rights differ in writes",
    ),
    (
        "GRANT DELETE ON team.tickets TO gateway_outsider",
        "team.tickets",
        "gateway_outsider's rights differ in writes",
    ),
    (
        "REVOKE UPDATE ON team.tickets FROM gateway_staff",
        "team.tickets",
        "gateway_staff may DELETE, INSERT, SELECT",
    ),
    (
        "GRANT DELETE ON audit.events TO gateway_staff",
        "audit.events",
        "gateway_staff may DELETE, SELECT",
    ),
    (
        "GRANT TRUNCATE ON team.tickets TO gateway_staff",
        "team.tickets",
        "gateway_staff may DELETE, INSERT, SELECT, TRUNCATE, UPDATE",
    ),
]


@pytest.fixture(scope="module")
async def bare(clone: Callable[[], Awaitable[str]], graph: Graph) -> AsyncIterator[Connection]:
    """The owner of a database with policies and no data."""
    connection = await asyncpg.connect(await clone())
    await write_policies(connection, graph)
    yield connection
    await connection.close()


@pytest.fixture
async def written(bare: Connection) -> AsyncIterator[Connection]:
    """The same for one test; what it changes is rolled back."""
    transaction = bare.transaction()
    await transaction.start()
    yield bare
    await transaction.rollback()


async def test_what_was_written_does_not_differ_and_is_not_written_again(written: Connection, graph: Graph) -> None:
    assert await policy_changes(written, graph) == []
    assert await write_policies(written, graph) == 0


@pytest.mark.parametrize(("statement", "where", "what"), _DRIFTS, ids=[drift[0] for drift in _DRIFTS])
async def test_a_drift_is_found_with_its_fix_and_mended(
    statement: str, where: str, what: str, written: Connection, graph: Graph
) -> None:
    await written.execute(statement)
    found = [change.difference for change in await policy_changes(written, graph)]
    assert (where, what, _FIX) in [(difference.where, difference.what, difference.fix) for difference in found]
    assert len(found) == (2 if "RENAME" in statement else 1), found
    assert await write_policies(written, graph) == len(found)
    assert await policy_changes(written, graph) == []


async def test_a_right_of_everybody_is_found_and_taken_away(written: Connection, graph: Graph) -> None:
    await written.execute("GRANT SELECT ON team.tickets TO PUBLIC")
    (change,) = [change.difference for change in await policy_changes(written, graph)]
    assert change.where == "team.tickets"
    assert "notes" in change.what
    await write_policies(written, graph)
    assert await policy_changes(written, graph) == []


async def test_a_policy_of_a_table_that_no_entity_is_bound_to_is_left_alone(written: Connection, graph: Graph) -> None:
    await written.execute("CREATE TABLE team.wishes (id uuid)")
    await written.execute("CREATE POLICY wished ON team.wishes USING (true)")
    assert await write_policies(written, graph) == 0


async def test_a_declaration_that_changes_changes_its_policy(written: Connection, graph: Graph) -> None:
    ticket = graph.entities["Ticket"]
    other = Graph({**graph.entities, "Ticket": replace(ticket, sight=(replace(ticket.sight[0], among="my_jobs"),))})
    (change,) = await policy_changes(written, other)
    assert change.difference.where == "team.tickets policy outsider_0"
    assert await write_policies(written, other) == 1
    assert "my_jobs" in await written.fetchval(
        "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy"
        " WHERE polrelid = 'team.tickets'::regclass AND polname = 'outsider_0'"
    )


async def test_a_table_without_a_sight_is_closed_to_outsiders(written: Connection, graph: Graph) -> None:
    await written.execute("CREATE TABLE team.wishes (id uuid, operator_id uuid, created_at timestamptz)")
    await written.execute("INSERT INTO team.wishes VALUES (gen_random_uuid(), gen_random_uuid(), now())")
    team = graph.entities["Team"]
    columns = {name: team.columns[name] for name in ("id", "operator_id", "created_at")}
    wish = replace(team, name="Wish", table="team.wishes", columns=columns, edges={}, sight=())
    await write_policies(written, Graph({**graph.entities, "Wish": wish}))
    assert await written.fetchval("SELECT relrowsecurity FROM pg_class WHERE oid = 'team.wishes'::regclass")
    assert not await written.fetchval("SELECT has_any_column_privilege('gateway_outsider', 'team.wishes', 'SELECT')")
    await written.execute("GRANT SELECT ON team.wishes TO gateway_outsider")
    await written.execute("SET LOCAL ROLE gateway_outsider")
    assert not await written.fetch("SELECT id FROM team.wishes")


async def test_before_policies_are_written_tables_are_closed(connection: Connection, graph: Graph) -> None:
    for entity in graph:
        for role in ("gateway_staff", "gateway_outsider"):
            assert not await connection.fetchval(
                "SELECT has_table_privilege($1, $2, 'SELECT, INSERT, UPDATE, DELETE')"
                " OR has_any_column_privilege($1, $2, 'SELECT, INSERT, UPDATE')",
                role,
                entity.table,
            )
