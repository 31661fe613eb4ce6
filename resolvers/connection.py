"""A connection while it is resolved: its parts are read only when they are asked for, each for all parents at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from graphql import FieldNode

from resolvers.batch import Batch, Key, instance
from resolvers.figures import FigureRequest, GroupRequest
from resolvers.planner.filters import filter_predicate
from resolvers.planner.pages import PageLimits, read_page
from resolvers.planner.plan import All, Figures, Parents, Predicate, Rows
from resolvers.selection import Fragments, needed_columns, subfields
from resolvers.session import Session
from schema.vocabulary.column import Column
from schema.vocabulary.edge import Link
from schema.vocabulary.entity import Entity


@dataclass(frozen=True)
class Scope:
    """What a connection is over: an entity's rows, those of each parent where there is a link, within a predicate."""

    entity: Entity
    link: Link | None
    predicate: Predicate
    order: tuple[str, ...] = ()
    """Where the client names none."""
    columns: tuple[Column, ...] | None = None
    """What is read of each row, where that is not what is selected."""


class ConnectionRequest:
    """What one field of the document asks of a connection; shared by all the parents it is resolved for.

    Raises:
        BadInput: when its arguments cannot be followed.
    """

    def __init__(
        self,
        scope: Scope,
        nodes: list[FieldNode],
        arguments: Mapping[str, Any],
        *,
        fragments: Fragments,
        session: Session,
        limits: PageLimits,
        cls: Any,
    ) -> None:
        self.scope = scope
        self.cls = cls
        self.session = session
        self.limits = limits
        self.fragments = fragments
        self.page = read_page(scope.entity, arguments, limits, scope.order)
        self.where = All((scope.predicate, filter_predicate(scope.entity, arguments.get("where"))))
        self._fields = subfields(nodes, fragments)
        self._figures: dict[tuple[int, ...], FigureRequest | GroupRequest] = {}

    @cached_property
    def rows(self) -> Batch:
        """The page's records, and one more that tells whether there are more."""
        below = subfields(self._fields.get("edges", []), self.fragments)
        node_fields = {
            *subfields(self._fields.get("nodes", []), self.fragments),
            *subfields(below.get("node", []), self.fragments),
        }
        info = subfields(self._fields.get("pageInfo", []), self.fragments)
        cursors = "cursor" in below or "startCursor" in info or "endCursor" in info
        columns = self.scope.columns or needed_columns(self.scope.entity, node_fields)
        page = self.page

        def plan(parents: Parents | None) -> Rows:
            return Rows(
                entity=self.scope.entity,
                columns=columns,
                where=All((self.where, *page.bounds)),
                order=page.order,
                limit=page.size + 1,
                offset=page.offset,
                parents=parents,
                cursor=page.signature if cursors else None,
            )

        return Batch(self.session, self.scope.link, plan)

    @cached_property
    def count(self) -> Batch:
        def plan(parents: Parents | None) -> Figures:
            return Figures(self.scope.entity, (), self.where, parents)

        return Batch(self.session, self.scope.link, plan)

    def figures(self, nodes: list[FieldNode]) -> FigureRequest:
        request: FigureRequest = self._once(nodes, lambda: FigureRequest(self, nodes))
        return request

    def groups(self, nodes: list[FieldNode], arguments: Mapping[str, Any]) -> GroupRequest:
        request: GroupRequest = self._once(nodes, lambda: GroupRequest(self, nodes, arguments))
        return request

    def _once(self, nodes: list[FieldNode], make: Any) -> Any:
        key = tuple(map(id, nodes))
        if key not in self._figures:
            self._figures[key] = make()
        return self._figures[key]


class Connection:
    """The connection of one parent, or of the root."""

    __slots__ = ("_key", "_request")

    def __init__(self, request: ConnectionRequest, key: Key) -> None:
        self._request = request
        self._key = key

    async def nodes(self) -> list[Any]:
        rows, _ = await self._page()
        return [instance(self._request.cls, record) for record in rows]

    async def edges(self) -> list[Any]:
        rows, _ = await self._page()
        cls = self._request.cls
        return [SimpleNamespace(node=instance(cls, row), cursor=row.get("_cursor")) for row in rows]

    async def page_info(self) -> Any:
        rows, more = await self._page()
        page = self._request.page
        return SimpleNamespace(
            has_next_page=page.bounded if page.backward else more,
            has_previous_page=more if page.backward else page.bounded,
            start_cursor=rows[0].get("_cursor") if rows else None,
            end_cursor=rows[-1].get("_cursor") if rows else None,
        )

    async def total_count(self) -> int:
        (record,) = await self._request.count.load(self._key)
        count: int = record["count"]
        return count

    async def aggregate(self, nodes: list[FieldNode]) -> Any:
        request = self._request.figures(nodes)
        (record,) = await request.batch.load(self._key)
        return request.present(record)

    async def groups(self, nodes: list[FieldNode], arguments: Mapping[str, Any]) -> list[Any]:
        request = self._request.groups(nodes, arguments)
        return [request.present(record) for record in await request.batch.load(self._key)]

    async def _page(self) -> tuple[list[Any], bool]:
        """The page's records in the order the client asked for, and whether there are more in the reading direction."""
        records = await self._request.rows.load(self._key)
        rows = records[: self._request.page.size]
        return rows[::-1] if self._request.page.backward else rows, len(records) > len(rows)
