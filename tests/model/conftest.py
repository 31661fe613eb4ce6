"""A database of the model's own, with the whole graph's commands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from db.demo.load import load
from db.embedded import USER
from db.pool import Connection
from resolvers.commands.contract.handlers import collect
from resolvers.commands.handlers import MODULES
from resolvers.policies import write_policies
from resolvers.pools import Pools
from schema.assembly.graph import assemble
from schema.assembly.prospect import prospect
from schema.domains import COMMANDS, DOMAINS
from schema.supergraph.supergraph import build_supergraph
from schema.vocabulary.role import OUTSIDERS, ViewerRole
from tests.commands.player import Player
from tests.model.repair import Actor
from tests.model.stage import Stage, open_ticket, set_up, viewers

_PEOPLE = "SELECT operator_id, contact_id FROM team.team_members ORDER BY operator_id, id LIMIT 1"


class Theatre:
    """Opens a stage for each example. No dataclass: a failing example would print the whole graph."""

    def __init__(self, owner: Connection, operator: Any, place: Any, players: dict[Actor, Player]) -> None:
        self.owner = owner
        self.operator = operator
        self.place = place
        self.players = players

    async def stage(self) -> Stage:
        ticket = await open_ticket(self.owner, self.operator, self.place)
        return Stage(self.owner, self.operator, self.place, self.players, ticket)


@pytest.fixture(scope="session")
async def theatre(clone: Callable[[], Awaitable[str]]) -> AsyncIterator[Theatre]:
    """Everybody who acts, over one database."""
    dsn = await clone()
    graph = assemble(DOMAINS, COMMANDS)
    handlers = collect(MODULES, graph)
    staff = build_supergraph(graph)
    schemas = {role: build_supergraph(prospect(graph, role)) if role in OUTSIDERS else staff for role in ViewerRole}
    owner = await asyncpg.connect(dsn)
    await write_policies(owner, graph)
    await load(owner, scale=0.02)
    await owner.execute("ANALYZE")
    people = await owner.fetchrow(_PEOPLE)
    assert people is not None
    operator = people["operator_id"]
    place = await set_up(owner, operator)
    pools = Pools.open(dsn.replace(f"//{USER}@", "//gateway_login@", 1), size=4, statement_timeout_ms=20_000)
    players = {
        actor: Player(schemas[viewer.role], pools.of(viewer), handlers, viewer)
        for actor, viewer in viewers(operator, place, people["contact_id"]).items()
    }
    yield Theatre(owner, operator, place, players)
    await pools.close()
    await owner.close()
