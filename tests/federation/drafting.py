"""Operations for the router, made by the oracle's drafters over the schema that its clients see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import asyncpg
from graphql import GraphQLObjectType, GraphQLSchema, build_schema

from db.embedded import USER
from db.pool import Pool
from gateway.documents import Documents
from gateway.settings import Settings
from gateway.viewers.demo import find_demo_viewers
from resolvers.planner.planner import Planner
from resolvers.pools import Pools
from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from schema.supergraph.supergraph import Supergraph, build_supergraph
from schema.vocabulary.role import ViewerRole
from tests.oracle.cursors import fulfil
from tests.oracle.drafter import Drafter
from tests.oracle.ground import Ground
from tests.oracle.seat import LIMITS, Seat
from tests.oracle.stock import Stock
from tests.oracle.text import document, sent
from tests.oracle.uses import Uses


@dataclass(frozen=True)
class Asked:
    """An operation of a viewer."""

    viewer: str
    text: str
    name: str | None
    variables: dict[str, Any]


async def drafted(dsn: str, api: str, roles: list[ViewerRole], seed: int, drafts: int) -> AsyncIterator[Asked]:
    """Operations over the SDL `api` that follow from a seed, asked by the demo's staff of these roles in turn."""
    supergraph = build_supergraph(assemble(DOMAINS))
    seen = _meant(build_schema(api), supergraph.graphql)
    uses = Uses(seen)
    async with AsyncExitStack() as stack:
        seats = [await _seat(stack, dsn, supergraph, seen, uses, role) for role in roles]
        for number in range(drafts):
            seat = seats[number % len(seats)]
            draft = Drafter(seat.ground).draft(seed + number)
            await fulfil(draft, seat)
            for time in range(len(draft.variables)):
                yield Asked(seat.name, document(draft), draft.name, sent(draft, time))


async def _seat(
    stack: AsyncExitStack, dsn: str, supergraph: Supergraph, seen: GraphQLSchema, uses: Uses, role: ViewerRole
) -> Seat:
    """At the whole graph, where cursors are found; its operations are made of what the router's clients see."""
    pools = Pools.open(dsn.replace(f"//{USER}@", "//gateway_login@", 1), size=1, statement_timeout_ms=20_000)
    stack.push_async_callback(pools.close)
    owner = await asyncpg.connect(dsn, server_settings={"TimeZone": "UTC"})
    stack.push_async_callback(owner.close)
    async with Pool.open(dsn, size=1) as pool:
        viewer = (await find_demo_viewers(pool))[role]
    stock = await Stock.read(supergraph.graph, owner, pools.of(viewer), viewer)
    ground = Ground(supergraph.graph, seen, stock, uses)
    documents = Documents(supergraph.graphql, Settings())
    return Seat(role.value, viewer, supergraph, pools.of(viewer), documents, Planner(supergraph, role, LIMITS), ground)


def _meant(api: GraphQLSchema, whole: GraphQLSchema) -> GraphQLSchema:
    """The first, its fields with what they mean in the second."""
    for name, kind in api.type_map.items():
        known = whole.type_map.get(name)
        if isinstance(kind, GraphQLObjectType) and isinstance(known, GraphQLObjectType):
            for field, definition in kind.fields.items():
                if field in known.fields:
                    definition.extensions = known.fields[field].extensions
    return api
