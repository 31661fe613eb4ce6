"""Migrations by an owner that is no superuser, and the gateway by its login."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import pytest

from db.embedded import USER
from db.pool import Connection
from gateway import database
from resolvers.catalogue import read_catalogue
from resolvers.definers import definer_differences
from resolvers.derived import derived_differences
from resolvers.drift import Difference, domains, drift
from resolvers.policies import policy_changes
from schema.assembly.graph import Graph, assemble
from schema.domains import DOMAINS
from tests.conftest import at

_OWNER = "tests_owner"
_COMPANY = UUID("00000000-0000-7000-8000-000000000001")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return assemble(DOMAINS)


@asynccontextmanager
async def _connected(dsn: str, user: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(dsn, user=user)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture
async def owned(server: str, admin: Connection, template: str) -> AsyncIterator[str]:  # noqa: ARG001 - it made the roles
    """A database of an owner that may do nothing else."""
    name = f"owned_{admin.get_server_pid()}"
    if not await admin.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", _OWNER):
        await admin.execute(f"CREATE ROLE {_OWNER} LOGIN CREATEROLE")
    await admin.execute(f'CREATE DATABASE "{name}" OWNER {_OWNER}')
    yield at(server, name)
    await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


async def _differences(connection: Connection, graph: Graph) -> list[Difference]:
    found = drift(graph, await read_catalogue(connection, domains(graph)))
    found += [change.difference for change in await policy_changes(connection, graph)]
    found += await derived_differences(connection, graph)
    return found + await definer_differences(connection, domains(graph))


async def test_an_owner_migrates_and_the_login_serves(owned: str, graph: Graph) -> None:
    await database.migrate(owned.replace(f"//{USER}@", f"//{_OWNER}@"), graph)
    async with _connected(owned, _OWNER) as owner:
        assert await _differences(owner, graph) == []
        await owner.execute(
            "INSERT INTO directory.companies (id, operator_id, name, kind) VALUES ($1, $1, 'Owned', 'operator')",
            _COMPANY,
        )
    async with _connected(owned, "gateway_login") as login, login.transaction():
        await login.execute("SET LOCAL ROLE gateway_staff")
        assert await login.fetch("SELECT id FROM directory.companies") == []
        await login.execute("SELECT set_config('viewer.operator_id', $1, true)", str(_COMPANY))
        assert [row["id"] for row in await login.fetch("SELECT id FROM directory.companies")] == [_COMPANY]


async def test_check_finds_a_table_without_a_policy_and_functions_that_give_too_much(owned: str, graph: Graph) -> None:
    await database.migrate(owned.replace(f"//{USER}@", f"//{_OWNER}@"), graph)
    async with _connected(owned, _OWNER) as owner:
        await owner.execute("DROP POLICY staff ON team.tickets")
        await owner.execute("GRANT EXECUTE ON FUNCTION access.search_team_tickets TO PUBLIC")
        await owner.execute("ALTER FUNCTION access.search_directory_contacts RESET search_path")
        told = sorted(str(difference) for difference in await _differences(owner, graph))
    assert len(told) == 3
    assert "REVOKE EXECUTE ON FUNCTION access.search_team_tickets" in told[1]
    assert "search_directory_contacts" in told[0]
    assert "SET search_path" in told[0]
    assert told[2].startswith("team.tickets policy staff")
