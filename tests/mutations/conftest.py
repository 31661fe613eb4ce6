"""Databases with the operators of the lifecycle's house, and everybody there who gives commands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg
import pytest

from db.embedded import USER
from db.pool import Connection
from resolvers.commands.contract.handlers import collect
from resolvers.commands.handlers import MODULES
from resolvers.pools import Pools
from schema.assembly.graph import Graph, assemble
from schema.assembly.prospect import prospect
from schema.domains import COMMANDS, DOMAINS
from schema.supergraph.supergraph import Supergraph, build_supergraph
from schema.vocabulary.role import OUTSIDERS, ViewerRole
from tests.commands.player import Player
from tests.lifecycle.conftest import furnish
from tests.mutations.arena import Arena
from tests.mutations.people import PEOPLE, Players

Clone = Callable[[], Awaitable[str]]
Schemas = dict[ViewerRole, Supergraph]

_CONNECTIONS = 8
# Who waits for each other is told soon: there are many rounds.
_IMPATIENT = "ALTER DATABASE {} SET deadlock_timeout = '30ms'"


@pytest.fixture(scope="session")
def graph() -> Graph:
    return assemble(DOMAINS, COMMANDS)


@pytest.fixture(scope="session")
def schemas(graph: Graph) -> Schemas:
    """The schema of each role."""
    staff = build_supergraph(graph)
    return {role: build_supergraph(prospect(graph, role)) if role in OUTSIDERS else staff for role in ViewerRole}


@asynccontextmanager
async def _opened(clone: Clone, graph: Graph, schemas: Schemas) -> AsyncIterator[tuple[Connection, Players]]:
    """A connection of the owner's, whom no policy binds, and everybody at the graph of their role."""
    dsn = await clone()
    await furnish(dsn)
    handlers = collect(MODULES, graph)
    owner = await asyncpg.connect(dsn)
    await owner.execute(_IMPATIENT.format(await owner.fetchval("SELECT current_database()")))
    login = dsn.replace(f"//{USER}@", "//gateway_login@", 1)
    pools = Pools.open(login, size=_CONNECTIONS, statement_timeout_ms=20_000)
    viewers = {name: person.viewer for name, person in PEOPLE.items()}
    yield owner, {name: Player(schemas[it.role], pools.of(it), handlers, it) for name, it in viewers.items()}
    await pools.close()
    await owner.close()


@pytest.fixture(scope="session")
async def _studio(clone: Clone, graph: Graph, schemas: Schemas) -> AsyncIterator[tuple[Connection, Players]]:
    async with _opened(clone, graph, schemas) as opened:
        yield opened


@pytest.fixture
def owner(_studio: tuple[Connection, Players]) -> Connection:
    """Of the database of scenes, whose tickets have no history."""
    return _studio[0]


@pytest.fixture
def players(_studio: tuple[Connection, Players]) -> Players:
    return _studio[1]


@pytest.fixture(scope="module")
async def arena(clone: Clone, graph: Graph, schemas: Schemas) -> AsyncIterator[Arena]:
    """A database in which all that is there has come about by the rules."""
    async with _opened(clone, graph, schemas) as (owner, players):
        yield Arena(owner, players)
