"""A slice: the part of the graph that one domain answers, from the tables of its own PostgreSQL schema."""

from __future__ import annotations

from dataclasses import replace

from schema.assembly.graph import Graph
from schema.vocabulary.command import EVENT, Command
from schema.vocabulary.derived import Derived, Merged
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity
from schema.vocabulary.result import EachResult, RowResult


def domains_of(graph: Graph) -> list[str]:
    """The domains that have a slice."""
    return sorted({entity.domain for entity in graph})


def slice_of(graph: Graph, domain: str) -> Graph:
    """The domain's entities whole; of those of others that it leads to or that its edges lead back from, the key.

    An edge is the domain's whose table holds the foreign key, in both its directions, so that each stands in one
    slice. Left out is what needs other tables: conditions and orders over edges to other domains, fields that
    functions and views beside the domain's schema work out, and what is asked of all entities alike. Of a role's
    prospect, a slice may be empty.
    """
    kept = [edge for entity in graph for edge in entity.edges.values() if edge.domain == domain]
    commands = {name: command for name, command in graph.commands.items() if command.domain == domain}
    names = {entity.name for entity in graph if entity.domain == domain}
    names |= {end.name for edge in kept for end in (edge.source, edge.target)}
    names |= {name for command in commands.values() for name in _told(command)} & graph.entities.keys()
    entities = {entity.name: _part(entity, domain) for entity in graph if entity.name in names}
    for edge in kept:
        _put(edge, entities)
    return Graph(entities, commands, domain)


def _part(entity: Entity, domain: str) -> Entity:
    if entity.domain != domain:
        key = {"id": entity.columns["id"]}
        return replace(entity, search=False, sight=(), columns=key, edges={}, derived={}, whole=False)
    derived = {name: each for name, each in entity.derived.items() if _works_alone(each, domain)}
    return replace(entity, search=False, edges={}, derived=derived)


def _works_alone(derived: Derived | Merged, domain: str) -> bool:
    """Whether a field is worked out in the domain's own schema."""
    return isinstance(derived, Derived) and derived.function.partition(".")[0] == domain


def _put(edge: Edge, entities: dict[str, Entity]) -> None:
    source = entities[edge.source.name]
    source.edges[edge.field] = replace(edge, source=source, target=entities[edge.target.name])


def _told(command: Command) -> set[str]:
    """The entities whose rows a command's payload tells of."""
    rows = [result.row if isinstance(result, EachResult) else result for result in command.results]
    return {row.entity for row in rows if isinstance(row, RowResult)} | {EVENT}
