"""Who may write: outsiders nothing at all by SQL, staff what is its operator's, and nobody what has happened."""

from __future__ import annotations

import asyncpg
import pytest

from db.pool import Connection
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from tests.access.sql import lent
from tests.access.world import World

_SHARED = {"geo.areas", "team.workflows", "team.workflow_states", "team.workflow_transitions"}
_DEFINERS = """
SELECT p.oid::regprocedure::text AS name, p.proconfig AS settings,
       EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
               WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE') AS public,
       has_function_privilege('gateway_staff', p.oid, 'EXECUTE') AS staff,
       has_function_privilege('gateway_outsider', p.oid, 'EXECUTE') AS outsider
FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY 1
"""
_ASKED = {"lifecycle.gates(uuid[])", "lifecycle.mermaid(text[])", "lifecycle.verdicts(uuid[])"}
_OF_STAFF = {
    "lifecycle.closable()",
    "lifecycle.follow_gates(uuid)",
    "lifecycle.reminders(text)",
    "lifecycle.unanswered()",
}
_SETS = """
SELECT c.oid::regclass::text AS name, c.reloptions AS settings,
       ARRAY(SELECT coalesce(r.rolname, 'PUBLIC') || ' ' || a.privilege_type FROM aclexplode(c.relacl) AS a
             LEFT JOIN pg_roles AS r ON r.oid = a.grantee WHERE a.grantee <> c.relowner ORDER BY 1) AS grants
FROM pg_class AS c WHERE c.relkind = 'v' AND c.relnamespace = 'access'::regnamespace
ORDER BY 1
"""
_WRITABLE = """
SELECT attname::text AS name FROM pg_attribute
WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = ''
  AND attname NOT IN ('id', 'operator_id')
"""


@pytest.mark.parametrize("name", ["first busy vendor", "first tenant", "first guest", "first homeowner"])
async def test_outsiders_write_to_no_table(name: str, pools: Pools, cast: dict[str, Viewer], world: World) -> None:
    for table in [*world.tables, "access.ticket_viewers", "access.api_keys", "platform.migrations"]:
        for statement in (
            f"INSERT INTO {table} DEFAULT VALUES",
            f"UPDATE {table} SET {'ticket_id' if table == 'access.ticket_viewers' else 'id'} = NULL",  # noqa: S608
            f"DELETE FROM {table}",  # noqa: S608 - the catalogue's name
            f"TRUNCATE {table} CASCADE",
        ):
            async with lent(pools.outsiders, cast[name]) as connection:
                with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.UndefinedColumnError)) as refused:
                    await connection.execute(statement)
                assert isinstance(refused.value, asyncpg.InsufficientPrivilegeError) or "platform" in table, statement


async def test_staff_reaches_no_row_of_another_operator(
    pools: Pools, cast: dict[str, Viewer], world: World, owner: Connection
) -> None:
    other = cast["second manager"].operator_id
    for table in sorted(set(world.tables) - _SHARED):
        before = await owner.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608 - the catalogue's name
        async with lent(pools.staff, cast["first manager"]) as connection:
            assert not await connection.fetch(f"SELECT id FROM {table} WHERE operator_id = $1", other)  # noqa: S608
            if table == "audit.events":
                continue
            updated = await connection.execute(f"UPDATE {table} SET created_at = now() WHERE operator_id = $1", other)  # noqa: S608
            deleted = await connection.execute(f"DELETE FROM {table} WHERE operator_id = $1", other)  # noqa: S608
            assert (updated, deleted) == ("UPDATE 0", "DELETE 0"), table
        assert await owner.fetchval(f"SELECT count(*) FROM {table}") == before  # noqa: S608


async def test_staff_puts_no_row_into_another_operators_hands(
    pools: Pools, cast: dict[str, Viewer], world: World, owner: Connection
) -> None:
    mine, other = cast["first manager"].operator_id, cast["second manager"].operator_id
    for table in sorted(set(world.tables) - _SHARED):
        row = next(row for row in world[table] if row["operator_id"] == mine)
        columns = ", ".join(found["name"] for found in await owner.fetch(_WRITABLE, table))
        copied = (
            f"INSERT INTO {table} (id, operator_id, {columns})"  # noqa: S608 - the catalogue's names
            f" SELECT platform.new_id(), $2, {columns} FROM {table} WHERE id = $1"
        )
        given = f"UPDATE {table} SET operator_id = $2 WHERE id = $1"  # noqa: S608
        for statement in (copied, given):
            async with lent(pools.staff, cast["first manager"]) as connection:
                with pytest.raises(asyncpg.PostgresError) as refused:
                    await connection.execute(statement, row["id"], other)
                assert _is_refusal(refused.value), (statement, refused.value)
        assert await owner.fetchval(f"SELECT operator_id FROM {table} WHERE id = $1", row["id"]) == mine  # noqa: S608


def _is_refusal(error: asyncpg.PostgresError) -> bool:
    """By row-level security, or by a trigger of the lifecycle, whose turn comes before."""
    return isinstance(error, asyncpg.InsufficientPrivilegeError) or str(error.sqlstate).startswith("TK")


async def test_staff_changes_nothing_that_has_happened_or_is_shared(
    pools: Pools, cast: dict[str, Viewer], owner: Connection
) -> None:
    before = await owner.fetchval("SELECT count(*) FROM audit.events")
    for table in sorted({"audit.events", *_SHARED}):
        for statement in (
            f"UPDATE {table} SET created_at = now()",  # noqa: S608 - constants above
            f"DELETE FROM {table}",  # noqa: S608
            f"TRUNCATE {table} CASCADE",
        ):
            async with lent(pools.staff, cast["first admin"]) as connection:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(statement)
    assert await owner.fetchval("SELECT count(*) FROM audit.events") == before


async def test_staff_reads_and_writes_no_right_and_no_key(pools: Pools, cast: dict[str, Viewer]) -> None:
    for statement in (
        "SELECT 1 FROM access.ticket_viewers",
        "DELETE FROM access.ticket_viewers",
        "SELECT 1 FROM access.api_keys",
        "UPDATE access.api_keys SET revoked_at = NULL",
    ):
        async with lent(pools.staff, cast["first admin"]) as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)


async def test_functions_with_their_owners_rights_are_closed_to_the_public_and_fix_their_search_path(
    owner: Connection,
) -> None:
    functions = await owner.fetch(_DEFINERS)
    assert {"access.keep_ticket_viewers()", "access.search_team_tickets(text,bigint)"} <= {r["name"] for r in functions}
    for row in functions:
        assert not row["public"], row["name"]
        paths = [setting for setting in row["settings"] or () if setting.startswith("search_path=")]
        assert paths, row["name"]
        assert paths[0].endswith("pg_temp"), row["name"]  # or a temporary table would come first
        asked = row["name"].startswith("access.search_") or row["name"] in _ASKED
        assert (row["staff"], row["outsider"]) == (asked or row["name"] in _OF_STAFF, asked), row["name"]


async def test_sets_are_behind_a_barrier_and_read_by_the_gateways_roles_alone(owner: Connection) -> None:
    views = await owner.fetch(_SETS)
    assert "access.my_tickets" in {row["name"] for row in views}
    for row in views:
        assert row["settings"] == ["security_barrier=true"], row["name"]
        assert row["grants"] == ["gateway_outsider SELECT", "gateway_staff SELECT"], row["name"]


async def test_sets_are_empty_without_a_viewer(owner: Connection, pools: Pools) -> None:
    for row in await owner.fetch(_SETS):
        for pool in (pools.staff, pools.outsiders):
            async with pool.connection() as connection:
                found = await connection.fetch(f"SELECT id FROM {row['name']} WHERE id IS NOT NULL")  # noqa: S608
                assert not found, row["name"]


async def test_the_gateways_roles_own_nothing_and_bypass_nothing(owner: Connection) -> None:
    roles = await owner.fetch(
        "SELECT oid, rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit FROM pg_roles"
        " WHERE rolname LIKE 'gateway\\_%'"
    )
    assert {row["rolname"] for row in roles} == {"gateway_login", "gateway_staff", "gateway_outsider"}
    for row in roles:
        assert not any(row[name] for name in ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolinherit"))
        assert not await owner.fetchval("SELECT count(*) FROM pg_class WHERE relowner = $1", row["oid"])
        assert not await owner.fetchval("SELECT count(*) FROM pg_proc WHERE proowner = $1", row["oid"])
