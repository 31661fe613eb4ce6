"""The composer: selected fields → the answer that they ask for, by what the schema says that they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from resolvers.bad_input import BadInput
from resolvers.planner.answer import (
    Cell,
    Choice,
    Constants,
    Hits,
    Named,
    Nodewise,
    One,
    Reference,
    References,
    Shape,
    Told,
    Value,
)
from resolvers.planner.composition.connections import Over, connection
from resolvers.planner.composition.derived import derived_value
from resolvers.planner.composition.shaping import attribute, meaning, shaped, unplanned
from resolvers.planner.pages import PageLimits
from resolvers.planner.plan import All, Located, Outer, Predicate, Rows
from resolvers.planner.scope import scope
from resolvers.planner.seeking import node_id, node_ids, sought, text_search
from resolvers.planner.selection.fields import Field
from resolvers.planner.slots import Slot, settled
from resolvers.representations import Representations, reading, ways_of
from schema.assembly.graph import Graph
from schema.supergraph.meaning import Derive, Everything, Follow, Lookup, Merge, Root
from schema.vocabulary.column import Column
from schema.vocabulary.derived import Merged
from schema.vocabulary.edge import Edge, Link
from schema.vocabulary.entity import Entity
from schema.vocabulary.role import ViewerRole
from schema.vocabulary.scalar import FLOAT, STRING

_BY_ID = Outer(Link((("id", "id"),)))
_OPERATOR = Slot("the viewer's operator", lambda given: given.viewer.operator_id)
_IDS = Slot("the rows' ids", lambda given: given.ids)
_VIEWER = {
    "role": (Slot("the viewer's role", lambda given: given.viewer.role.name), "text"),
    "contact_id": (Slot("the viewer's contact", lambda given: given.viewer.contact_id), "uuid"),
    "operator_id": (_OPERATOR, "uuid"),
}


class Composer:
    """Composes answers from one graph, as a role sees it.

    Raises (each of its methods):
        BadInput: when arguments cannot be followed.
        Declined: when something cannot be planned.
    """

    def __init__(self, graph: Graph, role: ViewerRole, limits: PageLimits) -> None:
        self._graph = graph
        self._role = role
        self._limits = limits

    def root(self, fields: Sequence[Field]) -> Shape:
        """The answer to the fields of Query."""
        return shaped(fields, self._root)

    def named(self, entity: str, field: Field, *, single: bool) -> Named:
        """The rows that a command tells of, as its payload's field selects them."""
        target = self._graph.entities[entity]
        return Named(_IDS, Rows(target, ()), self._row(target, field.only), single)

    def _root(self, field: Field) -> Value:
        match meaning(field):
            case Everything(entity):
                return self._connection(field, Over(entity, None, self._scope(entity)))
            case Lookup(entity, keys):
                where = All((self._scope(entity), sought(keys, field.arguments, field.name)))
                return One(Rows(entity, (), where), self._row(entity, field.only), sure=True)
            case Root.NODE:
                return self._located(node_id(field.arguments["id"]), field, single=True)
            case Root.NODES:
                return self._located(node_ids(field.arguments["ids"], self._limits), field, single=False)
            case Root.SEARCH:
                return self._hits(field)
            case Root.ENTITIES:
                return self._references(field)
            case Root.VIEWER:
                return Constants(_VIEWER, shaped(field.only, self._of_viewer))
        raise unplanned(field)

    def _row(self, entity: Entity, fields: Sequence[Field]) -> Shape:
        """The object of an entity's row."""

        def value(field: Field) -> Value:
            match meaning(field):
                case str(column):
                    return Cell(entity.columns[column])
                case Follow(edge):
                    return self._follow(edge, field)
                case Derive(derived):
                    return derived_value(derived, field, self._follow)
                case Merge(merged):
                    return self._merged(merged, field)
            raise unplanned(field)

        return shaped(fields, value)

    def _follow(self, edge: Edge, field: Field) -> Value:
        parents = Outer(edge.link)
        if not edge.many:
            return One(Rows(edge.target, (), parents=parents), self._row(edge.target, field.only), sure=edge.forward)
        within = All() if edge.source.owned else self._scope(edge.target)  # what is shared leads to everybody's rows
        return self._connection(field, Over(edge.target, parents, within))

    def _connection(self, field: Field, over: Over) -> Value:
        def node(nodes: Field) -> Shape:
            return self._row(over.entity, nodes.only)

        return connection(field, over, self._limits, node, self._key)

    def _merged(self, merged: Merged, field: Field) -> Value:
        over = Over(merged.view, Outer(merged.link), All(), ("AT_ASC",))
        return connection(field, over, self._limits, self._choice, self._key)

    def _choice(self, field: Field) -> Choice:
        """The row that the one at hand names by entity and id."""
        ways = {
            name: One(Rows(entity, (), parents=_BY_ID), self._row(entity, fields), sure=True)
            for name, fields in field.below.items()
            if (entity := self._graph.entities.get(name))
        }
        return Choice(ways)

    def _key(self, fields: Sequence[Field], by: Sequence[Column]) -> Shape:
        """What the rows of a group have in common."""
        known = {column.name: column for column in by}

        def value(field: Field) -> Value:
            match meaning(field):
                case str(name) if name in known:
                    return Told(name, known[name].scalar)
                case Follow(edge) if set(edge.link.own) <= known.keys():
                    return self._follow(edge, field)
            raise BadInput(f"rows are not grouped by {field.name}")  # in better words by the executor

        return shaped(fields, value)

    def _located(self, ids: Any, field: Field, *, single: bool) -> Nodewise:
        entities = tuple((entity, self._scope(entity)) for entity in self._graph)
        return Nodewise(Located(entities, ids), self._choice(field).ways, single)

    def _references(self, field: Field) -> References:
        found = settled(field.arguments["representations"], reading(self._graph))
        named = (found if isinstance(found, Slot) else Slot("the representations", lambda _: found)).once()

        def slot(part: Callable[[Representations], Any]) -> Slot:
            return Slot(named.source, lambda given: part(named.read(given)))

        ways = {
            name: Reference(
                way.entity,
                way.key,
                slot(lambda of, name=name: of.keys.get(name, [])),  # type: ignore[misc] # the default is its name
                self._scope(way.entity),
                self._row(way.entity, field.below[way.entity.name]),
            )
            for name, way in ways_of(self._graph).items()
        }
        names = slot(lambda of: [name for name, _ in of.places])
        return References(names, slot(lambda of: [str(key) for _, key in of.places]), ways)

    def _hits(self, field: Field) -> Hits:
        def value(part: Field) -> Value:
            return Told("rank", FLOAT) if attribute(part) == "rank" else self._choice(part)

        return Hits(text_search(self._graph.searchable, field.arguments, self._limits), shaped(field.only, value))

    def _of_viewer(self, field: Field) -> Value:
        match meaning(field):
            case Follow(edge):
                return self._follow(edge, field)
            case str(name):
                return Told(name, STRING)
        raise unplanned(field)

    def _scope(self, entity: Entity) -> Predicate:
        return scope(entity, self._role, _OPERATOR)
