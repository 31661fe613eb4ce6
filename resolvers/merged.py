"""A merge while it is resolved: a connection whose rows name rows of several entities, which are read behind them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import SimpleNamespace
from typing import Any, TypeAlias
from uuid import UUID

from graphql import FieldNode
from strawberry.dataloader import DataLoader

from resolvers.batch import Key
from resolvers.connection import Connection, ConnectionRequest, Scope
from resolvers.planner.pages import PageLimits
from resolvers.planner.plan import All
from resolvers.selection import Fragments, subfields
from resolvers.session import Session
from schema.vocabulary.derived import Merged

Load: TypeAlias = Callable[[str, list[UUID], list[FieldNode]], Awaitable[dict[UUID, Any]]]
"""The rows of an entity by id, with what some fields may select of them."""


class Entry:
    """A row of a merge's view."""

    entity: str
    id: UUID
    at: str


class MergedRequest(ConnectionRequest):
    """What one field of the document asks of a merge: its rows are read once, one statement for each entity."""

    def __init__(
        self,
        merged: Merged,
        nodes: list[FieldNode],
        arguments: Mapping[str, Any],
        *,
        fragments: Fragments,
        session: Session,
        limits: PageLimits,
        load: Load,
    ) -> None:
        scope = Scope(merged.view, merged.link, All(), order=("AT_ASC",), columns=tuple(merged.view.columns.values()))
        super().__init__(scope, nodes, arguments, fragments=fragments, session=session, limits=limits, cls=Entry)
        below = subfields(nodes, fragments)
        self._members = below.get("nodes", []) + subfields(below.get("edges", []), fragments).get("node", [])
        self._load = load
        self._loader: DataLoader[tuple[str, UUID], Any] = DataLoader(self._loaded)

    async def members(self, entries: list[Entry]) -> list[Any]:
        """The rows that entries name, in their order."""
        return await self._loader.load_many([(entry.entity, entry.id) for entry in entries])

    async def _loaded(self, keys: list[tuple[str, UUID]]) -> list[Any]:
        """keys: n → n rows, same order."""
        ids: dict[str, list[UUID]] = {}
        for entity, key in keys:
            ids.setdefault(entity, []).append(key)
        rows: dict[UUID, Any] = {}
        for entity, found in ids.items():
            rows |= await self._load(entity, found, self._members)
        return [rows[key] for _, key in keys]


class MergedConnection(Connection):
    """The merge of one row."""

    __slots__ = ("_merged",)

    def __init__(self, request: MergedRequest, key: Key) -> None:
        super().__init__(request, key)
        self._merged = request

    async def nodes(self) -> list[Any]:
        return await self._merged.members(await super().nodes())

    async def edges(self) -> list[Any]:
        edges = await super().edges()
        nodes = await self._merged.members([edge.node for edge in edges])
        return [
            SimpleNamespace(node=node, cursor=edge.cursor, at=edge.node.at)
            for node, edge in zip(nodes, edges, strict=True)
        ]
