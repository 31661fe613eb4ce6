"""One database with policies, demo data and everybody who acts in these tests; they leave what they did."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from uuid import UUID, uuid4

import asyncpg
import pytest

from db.demo.load import load
from db.embedded import USER
from db.pool import Connection
from resolvers.commands.contract.handlers import Handlers, collect
from resolvers.commands.handlers import MODULES
from resolvers.policies import write_policies
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph, assemble
from schema.assembly.prospect import prospect
from schema.domains import COMMANDS, DOMAINS
from schema.supergraph.supergraph import Supergraph, build_supergraph
from schema.vocabulary.role import ViewerRole
from tests.commands import trial
from tests.commands.estate import Estate
from tests.commands.office import Office
from tests.commands.player import Player

_SCALE = 0.03
_OPEN = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source, property_id, requestor_contact_id)
SELECT operator_id, $2, 'A tap drips', 'phone', id, $3 FROM property.properties WHERE operator_id = $1
ORDER BY id LIMIT 1 RETURNING id
"""
# Ends the connection that calls it, as a crash would.
_DIE = """
CREATE FUNCTION public.die() RETURNS boolean LANGUAGE sql SECURITY DEFINER
    RETURN pg_terminate_backend(pg_backend_pid())
"""

Cast = dict[str, Viewer]


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The whole graph, with the trial's commands."""
    return assemble(DOMAINS, (*COMMANDS, trial))


@pytest.fixture(scope="session")
def handlers(graph: Graph) -> Handlers:
    return collect((*MODULES, trial), graph)


@pytest.fixture(scope="session")
def supergraphs(graph: Graph) -> dict[ViewerRole, Supergraph]:
    """The schema of each role that acts here."""
    staff = build_supergraph(graph)
    tenant = build_supergraph(prospect(graph, ViewerRole.TENANT))
    vendor = build_supergraph(prospect(graph, ViewerRole.VENDOR))
    outsiders = {ViewerRole.TENANT: tenant, ViewerRole.VENDOR: vendor}
    return {role: outsiders.get(role, staff) for role in ViewerRole}


@pytest.fixture(scope="session")
async def acted(clone: Callable[[], Awaitable[str]], graph: Graph) -> str:
    """The owner's address of the database."""
    dsn = await clone()
    connection = await asyncpg.connect(dsn)
    try:
        await write_policies(connection, graph)
        await load(connection, scale=_SCALE)
        await connection.execute(_DIE)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return dsn


@pytest.fixture(scope="session")
async def owner(acted: str) -> AsyncIterator[Connection]:
    """A connection of the tables' owner, whom no policy binds."""
    connection = await asyncpg.connect(acted)
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
async def pools(acted: str) -> AsyncIterator[Pools]:
    """As the gateway opens them."""
    pools = Pools.open(acted.replace(f"//{USER}@", "//gateway_login@", 1), size=6, statement_timeout_ms=20_000)
    yield pools
    await pools.close()


@pytest.fixture(scope="session")
async def cast(owner: Connection) -> Cast:
    """Who acts: staff of the first operator, two of its outsiders, and the second operator's manager."""
    first, second = [
        row["id"] for row in await owner.fetch("SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id")
    ]
    member = await owner.fetchval("SELECT contact_id FROM team.team_members WHERE operator_id = $1 LIMIT 1", first)
    tenant, stranger = [
        row["id"]
        for row in await owner.fetch(
            "SELECT id FROM directory.contacts WHERE operator_id = $1 AND kind = 'tenant' ORDER BY id LIMIT 2", first
        )
    ]
    return {
        "manager": Viewer(ViewerRole.MANAGER, first, member),
        "agent": Viewer(ViewerRole.AGENT, first, member),
        "reader": Viewer(ViewerRole.MANAGER, first, member, may_write=False),
        "analyst": Viewer(ViewerRole.ANALYST, first, member),
        "system": Viewer(ViewerRole.SYSTEM, first, None),
        "tenant": Viewer(ViewerRole.TENANT, first, tenant),
        "stranger": Viewer(ViewerRole.TENANT, first, stranger),
        "vendor": Viewer(ViewerRole.VENDOR, first, None, uuid4()),
        "neighbour": Viewer(ViewerRole.MANAGER, second, None),
    }


@pytest.fixture(scope="session")
def players(
    cast: Cast, pools: Pools, handlers: Handlers, supergraphs: dict[ViewerRole, Supergraph]
) -> dict[str, Player]:
    """Everybody, at the graph of their role."""
    return {name: Player(supergraphs[viewer.role], pools.of(viewer), handlers, viewer) for name, viewer in cast.items()}


@pytest.fixture
def manager(players: dict[str, Player]) -> Player:
    return players["manager"]


@pytest.fixture
def tenant(players: dict[str, Player]) -> Player:
    """The requestor of the test's ticket."""
    return players["tenant"]


@pytest.fixture
def office(owner: Connection, cast: Cast) -> Office:
    """The first operator's."""
    return Office(owner, cast["manager"].operator_id)


@pytest.fixture
async def ticket(owner: Connection, cast: Cast) -> str:
    """The id of an open ticket, which the tenant asked for."""
    who = cast["tenant"]
    found: UUID = await owner.fetchval(_OPEN, who.operator_id, "general", who.contact_id)
    return str(found)


@pytest.fixture
async def estate(owner: Connection) -> Estate:
    """An operator of the test's own."""
    return await Estate.found(owner)


@pytest.fixture
def clockwork(estate: Estate, players: dict[str, Player]) -> Player:
    """The clockwork of that operator."""
    return replace(players["system"], viewer=Viewer(ViewerRole.SYSTEM, estate.operator, None))
