"""A prospect: the graph as one role sees it. What it does not see is not there, so that nothing can ask for it."""

from __future__ import annotations

from dataclasses import replace

from schema.assembly.graph import Graph
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity
from schema.vocabulary.role import ViewerRole


def prospect(graph: Graph, role: ViewerRole) -> Graph:
    """The part of the graph that the role sees: entities, columns that are not hidden, and edges between them.

    Staff sees all of it. A key goes with its edge: of a row that cannot be seen not even the id is told. Commands are
    there for everybody: a role that may not give one is told so.
    """
    if role.staff:
        return graph
    seen = {entity.name: _bare(entity, role) for entity in graph if any(role in sight.by for sight in entity.sight)}
    for entity in seen.values():
        for edge in graph.entities[entity.name].edges.values():
            if role not in edge.hidden_from:
                _put_edge(edge, entity, seen)
    for entity in seen.values():
        for name in _dangling(graph.entities[entity.name], entity):
            entity.columns.pop(name, None)
    return Graph(seen, graph.commands)


def _bare(entity: Entity, role: ViewerRole) -> Entity:
    """The entity with the role's columns, yet without edges."""
    columns = {
        name: column.as_seen_by(role) for name, column in entity.columns.items() if role not in column.hidden_from
    }
    searchable = entity.search and all(column.comparable for column in columns.values())
    return replace(entity, search=searchable, columns=columns, edges={})


def _put_edge(edge: Edge, entity: Entity, seen: dict[str, Entity]) -> None:
    target = seen.get(edge.target.name)
    if target is None or edge.link.through is not None:
        return
    own = [entity.columns.get(column) for column, _ in edge.link.pairs]
    other = [target.columns.get(column) for _, column in edge.link.pairs]
    if all(column is not None and column.comparable for column in own + other):
        entity.edges[edge.field] = replace(edge, source=entity, target=target)


def _dangling(whole: Entity, entity: Entity) -> set[str]:
    """Columns that are only keys of edges that this entity no longer has."""
    kept = {column for edge in entity.edges.values() for column in edge.link.own}
    lost = [edge for edge in whole.edges.values() if edge.forward and edge.field not in entity.edges]
    keys = {own for edge in lost for own, other in edge.link.pairs if other == "id"}
    return keys - kept
