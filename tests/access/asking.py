"""A viewer at the graph, beside what the model says that it sees."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID

from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.supergraph.supergraph import Supergraph
from schema.vocabulary.entity import Entity
from schema.vocabulary.role import ViewerRole
from tests.access.model import visible
from tests.access.world import Ids, World
from tests.graph.client import Client
from tests.graph.model import Model


class Asking:
    """Makes each viewer's seat once."""

    def __init__(
        self, world: World, cast: dict[str, Viewer], pools: Pools, supergraphs: dict[ViewerRole, Supergraph]
    ) -> None:
        self._world = world
        self._cast = cast
        self._pools = pools
        self._supergraphs = supergraphs
        self._clients: dict[ViewerRole, Client] = {}
        self._seats: dict[str, Seat] = {}

    def __getitem__(self, name: str) -> Seat:
        if name not in self._seats:
            viewer = self._cast[name]
            self._seats[name] = Seat(self._world, self._client(viewer), visible(self._world, viewer))
        return self._seats[name]

    def _client(self, viewer: Viewer) -> Client:
        """A copy of its role's client, so that a role's documents are parsed and validated once."""
        if viewer.role not in self._clients:
            self._clients[viewer.role] = Client(self._supergraphs[viewer.role], self._pools.of(viewer), viewer)
        client = copy(self._clients[viewer.role])
        client.viewer = viewer
        return client


@dataclass(frozen=True, eq=False)
class Seat:
    """A viewer's client, and the ids that the model lets it see."""

    world: World
    client: Client
    sees: dict[str, Ids]

    @property
    def entities(self) -> list[Entity]:
        """What the viewer's role has in its graph."""
        return list(self.client.supergraph.graph)

    @cached_property
    def model(self) -> Model:
        """The world as if there were nothing but what the viewer sees."""
        tables = {
            table: sorted(
                (row for row in self.world[table] if row["id"] in self.sees[table]), key=lambda row: row["id"]
            )
            for table in self.world.tables
        }
        return Model(self.client.supergraph.graph, tables)

    def some_seen(self, entity: Entity, most: int) -> list[UUID]:
        """A few ids that it sees, the same ones each time."""
        return _some(self.sees[entity.table], most)

    def some_unseen(self, entity: Entity, most: int) -> list[UUID]:
        """A few ids that there are, and that it does not see."""
        return _some(set(self.world.tables[entity.table]) - self.sees[entity.table], most)

    async def ask(self, query: str, **variables: Any) -> Any:
        return await self.client.ask(query, variables)


def _some(ids: Ids, most: int) -> list[UUID]:
    ordered = sorted(ids)
    return ordered if len(ordered) <= most else sorted(Random(7).sample(ordered, most))  # noqa: S311 - a sample
