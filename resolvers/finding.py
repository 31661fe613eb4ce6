"""Finding rows whose entity is not known beforehand: by id, by text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, TypeAlias
from uuid import UUID

from resolvers.planner.pages import PageLimits
from resolvers.planner.plan import Located, Predicate
from resolvers.planner.printer import print_plan
from resolvers.planner.seeking import node_id, node_ids, text_search
from resolvers.representations import Way, reading, ways_of
from resolvers.session import Session
from schema.assembly.graph import Graph
from schema.vocabulary.entity import Entity

Scopes: TypeAlias = Mapping[str, tuple[Entity, Predicate]]
LoadByKey: TypeAlias = Callable[[Way, list[Any]], Awaitable[dict[Any, Any]]]
LoadById: TypeAlias = Callable[[Entity, list[Any]], Awaitable[dict[Any, Any]]]


class NodeFinder:
    """Finds rows of any entity by id: one statement locates them all, then one for each entity found loads them."""

    def __init__(self, session: Session, scopes: Scopes, limits: PageLimits, load: LoadById) -> None:
        self._session = session
        self._scopes = scopes
        self._limits = limits
        self._load = load

    async def one(self, value: str) -> Any:
        (row,) = await self._find(node_id(value))
        return row

    async def many(self, values: list[str]) -> list[Any]:
        """The rows in the order of their ids, None where there is none."""
        return await self._find(node_ids(values, self._limits))

    async def _find(self, ids: list[UUID]) -> list[Any]:
        located = await self._session.fetch(print_plan(Located(tuple(self._scopes.values()), list(set(ids)))))
        rows = await load_rows([(record["entity"], record["id"]) for record in located], self._scopes, self._load)
        return [rows.get(key) for key in ids]


class TextFinder:
    """Finds rows by text: one statement ranks them, then one for each entity found loads them."""

    def __init__(self, session: Session, scopes: Scopes, limits: PageLimits, load: LoadById) -> None:
        self._session = session
        self._scopes = scopes
        self._limits = limits
        self._load = load

    async def find(self, arguments: Mapping[str, Any]) -> list[Any]:
        """Hits of rank and node, the best first."""
        searchable = [entity for entity, _ in self._scopes.values() if entity.search]
        found = await self._session.fetch(print_plan(text_search(searchable, arguments, self._limits)))
        rows = await load_rows([(record["entity"], record["id"]) for record in found], self._scopes, self._load)
        return [SimpleNamespace(rank=record["rank"], node=rows[record["id"]]) for record in found]


class ReferenceFinder:
    """Finds rows by the keys that routers name them by: one statement for each key that they are named by."""

    def __init__(self, graph: Graph, load: LoadByKey) -> None:
        self._ways = ways_of(graph)
        self._read = reading(graph)
        self._load = load

    async def many(self, representations: Sequence[Any]) -> list[Any]:
        """The rows in the order of their representations, None where there is none."""
        found = self._read(representations)
        rows = {name: await self._load(self._ways[name], keys) for name, keys in found.keys.items()}
        return [rows[name].get(key) for name, key in found.places]


async def load_rows(located: list[tuple[str, Any]], scopes: Scopes, load: LoadById) -> dict[Any, Any]:
    """Rows by id, for ids whose entities are known."""
    by_entity: dict[str, list[Any]] = {}
    for name, key in located:
        by_entity.setdefault(name, []).append(key)
    rows: dict[Any, Any] = {}
    for name, keys in by_entity.items():
        rows.update(await load(scopes[name][0], keys))
    return rows
