"""The executor's reader: finds what a field means, in batches, for one operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from graphql import FieldNode, GraphQLResolveInfo

from resolvers.batch import Batch, instance, key_of
from resolvers.connection import Connection, ConnectionRequest, Scope
from resolvers.derived import DerivedRequest
from resolvers.finding import NodeFinder, ReferenceFinder, TextFinder
from resolvers.merged import MergedConnection, MergedRequest
from resolvers.planner.pages import PageLimits
from resolvers.planner.plan import All, Compare, Parents, Predicate, Rows
from resolvers.planner.scope import scope
from resolvers.planner.seeking import sought
from resolvers.representations import Way
from resolvers.selection import needed_columns, subfields
from resolvers.session import Session
from resolvers.viewer import Viewer
from schema.supergraph.comparisons import Operator
from schema.supergraph.meaning import (
    Derive,
    Everything,
    Follow,
    Lookup,
    Meaning,
    Merge,
    Outcome,
    Part,
    Perform,
    Root,
    Tell,
)
from schema.supergraph.supergraph import Supergraph
from schema.vocabulary.column import Column
from schema.vocabulary.derived import Merged
from schema.vocabulary.edge import Edge, Link
from schema.vocabulary.entity import Entity

_ITSELF = Link((("id", "id"),))


class ExecutorReader:
    """Reads for one operation. What a field of the document asks for is worked out once, whatever the rows."""

    def __init__(self, supergraph: Supergraph, session: Session, viewer: Viewer, limits: PageLimits) -> None:
        self._supergraph = supergraph
        self._session = session
        self._viewer = viewer
        self._limits = limits
        self._requests: dict[object, Any] = {}

    def read(
        self, meaning: Meaning, source: Any, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]
    ) -> object:
        """The field's value, or an awaitable of it."""
        match meaning:
            case Follow(edge):
                return self._many(edge, source, info, arguments) if edge.many else self._one(edge, source, info)
            case Everything(entity):
                return Connection(self._connection(Scope(entity, None, self._scope(entity)), info, arguments), ())
            case Derive(derived):
                request: DerivedRequest = self._once(info, lambda: DerivedRequest(derived, self._session))
                return request.of(source)
            case Merge(merged):
                return self._merged(merged, source, info, arguments)
            case Lookup(entity, keys):
                where = All((self._scope(entity), sought(keys, arguments, info.field_name)))
                return self._row(self._rows(entity, where, info), entity, ())
            case Part():
                return self._part(meaning, source, info, arguments)
            case Root():
                return self._root(meaning, info, arguments)
            case Perform() | Tell() | Outcome():
                raise TypeError("what commands tell is read by their own reader")

    async def by_ids(self, entity: str, ids: list[UUID], info: GraphQLResolveInfo[Any]) -> list[Any]:
        """The rows that the viewer sees, in the order of their ids."""
        rows = await self._loader_by_id(info)(self._supergraph.graph.entities[entity], ids) if ids else {}
        return [rows[key] for key in ids if key in rows]

    def by_id(self, entity: str, key: UUID, info: GraphQLResolveInfo[Any]) -> Any:
        """An awaitable of the row, read with those of the field's other parents; of None where it is out of sight."""
        target = self._supergraph.graph.entities[entity]
        if not target.whole:
            return self._named(target, key)

        def make() -> Batch:
            columns = needed_columns(target, subfields(info.field_nodes, info.fragments))
            return Batch(self._session, _ITSELF, lambda parents: Rows(target, columns, parents=parents))

        return self._row(self._once(info, make), target, (key,))

    def _one(self, edge: Edge, source: Any, info: GraphQLResolveInfo[Any]) -> Any:
        key = key_of(edge.link, source)
        if key is None:
            return None
        if not edge.target.whole:
            return self._named(edge.target, key[0])
        return self._row(self._once(info, lambda: self._follow(edge, info.field_nodes, info)), edge.target, key)

    def _named(self, entity: Entity, key: Any) -> Any:
        """A row of which nothing but its key is known here."""
        return instance(self._supergraph.rows[entity.name], {"id": key})

    async def _row(self, batch: Batch, entity: Entity, key: tuple[Any, ...]) -> Any:
        records = await batch.load(key)
        return instance(self._supergraph.rows[entity.name], records[0]) if records else None

    def _follow(self, edge: Edge, nodes: list[FieldNode], info: GraphQLResolveInfo[Any]) -> Batch:
        columns = needed_columns(edge.target, subfields(nodes, info.fragments))

        def plan(parents: Parents | None) -> Rows:
            return Rows(edge.target, columns, parents=parents)

        return Batch(self._session, edge.link, plan)

    def _many(self, edge: Edge, source: Any, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]) -> Connection:
        scope = All() if edge.source.owned else self._scope(edge.target)  # what is shared leads to everybody's rows
        request = self._connection(Scope(edge.target, edge.link, scope), info, arguments)
        key = key_of(edge.link, source)
        return Connection(request, key if key is not None else (None,) * len(edge.link.own))

    def _merged(
        self, merged: Merged, source: Any, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]
    ) -> MergedConnection:
        async def load(entity: str, ids: list[UUID], nodes: list[FieldNode]) -> dict[UUID, Any]:
            return await self._loaded(self._supergraph.graph.entities[entity], ids, nodes, info)

        def make() -> MergedRequest:
            return MergedRequest(
                merged,
                info.field_nodes,
                arguments,
                fragments=info.fragments,
                session=self._session,
                limits=self._limits,
                load=load,
            )

        return MergedConnection(self._once(info, make), (source.id,))

    def _connection(
        self, scope: Scope, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]
    ) -> ConnectionRequest:
        def make() -> ConnectionRequest:
            return ConnectionRequest(
                scope,
                info.field_nodes,
                arguments,
                fragments=info.fragments,
                session=self._session,
                limits=self._limits,
                cls=self._supergraph.rows[scope.entity.name],
            )

        request: ConnectionRequest = self._once(info, make)
        return request

    def _part(self, part: Part, source: Connection, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]) -> Any:
        match part:
            case Part.NODES:
                return source.nodes()
            case Part.EDGES:
                return source.edges()
            case Part.PAGE_INFO:
                return source.page_info()
            case Part.TOTAL_COUNT:
                return source.total_count()
            case Part.AGGREGATE:
                return source.aggregate(info.field_nodes)
            case Part.GROUPS:
                return source.groups(info.field_nodes, arguments)

    def _root(self, root: Root, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]) -> Any:
        if root is Root.VIEWER:
            return self._viewer
        if root is Root.SERVICE:
            return SimpleNamespace(sdl=self._supergraph.sdl)
        if root is Root.ENTITIES:
            return ReferenceFinder(self._supergraph.graph, self._loader_by_key(info)).many(arguments["representations"])
        scopes = {entity.name: (entity, self._scope(entity)) for entity in self._supergraph.graph}
        load = self._loader_by_id(info)
        if root is Root.SEARCH:
            return TextFinder(self._session, scopes, self._limits, load).find(arguments)
        finder = NodeFinder(self._session, scopes, self._limits, load)
        return finder.one(arguments["id"]) if root is Root.NODE else finder.many(arguments["ids"])

    def _loader_by_id(self, info: GraphQLResolveInfo[Any]) -> Callable[[Entity, list[Any]], Any]:
        """Loads rows of an entity by id, with the columns that the field's selection may need of it."""

        async def load(entity: Entity, ids: list[Any]) -> dict[Any, Any]:
            nodes = info.field_nodes
            if info.field_name == Root.SEARCH.value:
                nodes = subfields(nodes, info.fragments).get("node", [])
            return await self._loaded(entity, ids, nodes, info)

        return load

    async def _loaded(
        self, entity: Entity, ids: list[Any], nodes: list[FieldNode], info: GraphQLResolveInfo[Any]
    ) -> dict[Any, Any]:
        """Rows of an entity by id, with the columns that the selections of some fields may need of it."""
        if not entity.whole:
            return {key: self._named(entity, key) for key in ids}
        return await self._keyed(entity.columns["id"], entity, All(), ids, nodes, info)

    def _loader_by_key(self, info: GraphQLResolveInfo[Any]) -> Callable[[Way, list[Any]], Any]:
        """Loads the rows of an entity that the viewer sees by one of its keys."""

        async def load(way: Way, keys: list[Any]) -> dict[Any, Any]:
            if not way.entity.whole:
                return {key: self._named(way.entity, key) for key in keys}
            return await self._keyed(way.key, way.entity, self._scope(way.entity), keys, info.field_nodes, info)

        return load

    async def _keyed(
        self,
        key: Column,
        entity: Entity,
        where: Predicate,
        keys: list[Any],
        nodes: list[FieldNode],
        info: GraphQLResolveInfo[Any],
    ) -> dict[Any, Any]:
        """The rows by their keys."""
        columns = needed_columns(entity, [*subfields(nodes, info.fragments), key.field])
        named = All((where, Compare(key, Operator.IN, keys)))
        records = await Batch(self._session, None, lambda _: Rows(entity, columns, named)).load(())
        cls = self._supergraph.rows[entity.name]
        return {record[key.name]: instance(cls, record) for record in records}

    def _rows(self, entity: Entity, where: Predicate, info: GraphQLResolveInfo[Any]) -> Batch:
        columns = needed_columns(entity, subfields(info.field_nodes, info.fragments))
        return Batch(self._session, None, lambda _: Rows(entity, columns, where))

    def _scope(self, entity: Entity) -> Predicate:
        return scope(entity, self._viewer.role, self._viewer.operator_id)

    def _once(self, info: GraphQLResolveInfo[Any], make: Callable[[], Any]) -> Any:
        """What the field's nodes ask for, made when the first row needs it."""
        key = (info.parent_type.name, *map(id, info.field_nodes))
        if key not in self._requests:
            self._requests[key] = make()
        return self._requests[key]
