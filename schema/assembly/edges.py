"""Edges of an entity as they are put together: the foreign key's, its way back, and paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.assembly.annotations import Annotated, target_of
from schema.assembly.columns import put_column, refuse_taken_field
from schema.assembly.mistakes import Mistakes, nearest
from schema.assembly.names import camel
from schema.vocabulary.column import Column
from schema.vocabulary.edge import Edge, Link, OneWord, PathWord
from schema.vocabulary.entity import Entity
from schema.vocabulary.scalar import ID

if TYPE_CHECKING:
    from schema.assembly.graph import Graph


def read_edge(graph: Graph, entity: Entity, attribute: Annotated, mistakes: Mistakes) -> None:
    """Adds a declared edge, and its way back to the other entity, or says what is wrong with it."""
    where, word, found = f"{entity.name}.{attribute.name}", attribute.word, target_of(attribute.annotation)
    target = graph.entities.get(found[0].__name__) if found else None
    if found is None or target is None:
        mistakes.add(where, "its annotation names no entity", "Annotate One[X], One[X | None] or Many[X]")
        return
    _, nullable, many = found
    if isinstance(word, OneWord) and not many:
        _foreign_key(entity, target, attribute.name, word, mistakes, nullable=nullable)
    elif isinstance(word, PathWord) and many:
        _path(graph, entity, target, attribute.name, word, mistakes)
    else:
        mistakes.add(where, "annotation and word disagree", "One[…] goes with one(…), Many[…] with path(…)")


def _foreign_key(
    entity: Entity, target: Entity, name: str, word: OneWord, mistakes: Mistakes, *, nullable: bool
) -> None:
    field = word.name or camel(name)
    if len(word.columns) == 1 and word.columns[0] not in entity.columns:
        put_column(entity, _key_column(word.columns[0], field, word.description, nullable=nullable), mistakes)
    _known(entity, word.columns, f"{entity.name}.{name}", mistakes)
    _known(target, word.to, f"{entity.name}.{name}", mistakes)
    link = Link(tuple(zip(word.columns, word.to, strict=False)))
    if len(word.columns) != len(word.to):
        mistakes.add(f"{entity.name}.{name}", "pairs unequal numbers of columns", "Name one `to` for each column")
    _put_edge(
        Edge(
            field=field,
            source=entity,
            target=target,
            link=link,
            many=False,
            nullable=nullable or target.owned,  # visibility may empty an edge to a row that belongs to an operator
            description=word.description,
            domain=entity.domain,
            forward=True,
            hidden_from=word.hidden_from,
        ),
        mistakes,
    )
    _put_edge(
        Edge(
            field=camel(word.reverse.name),
            source=target,
            target=entity,
            link=link.back,
            many=word.reverse.many,
            nullable=not word.reverse.many,
            description=word.reverse.description,
            domain=entity.domain,
            forward=False,
            hidden_from=word.hidden_from,
        ),
        mistakes,
    )


def _key_column(name: str, edge: str, description: str, *, nullable: bool) -> Column:
    return Column(
        name=name,
        field=camel(name),
        scalar=ID,
        nullable=nullable,
        array=False,
        description=f"The key of `{edge}`: {description[:1].lower()}{description[1:]}",
        order=False,
        natural_key=None,
    )


def _path(graph: Graph, entity: Entity, target: Entity, name: str, word: PathWord, mistakes: Mistakes) -> None:
    where, through = f"{entity.name}.{name}", graph.by_table.get(word.through.table)
    _known(entity, (*word.on, word.through.own), where, mistakes)
    _known(target, word.on, where, mistakes)
    if through is None:
        fix = nearest(word.through.table, graph.by_table)
        mistakes.add(where, f"{word.through.table} is no declared table", fix)
    else:
        _known(through, (word.through.own, word.through.target), where, mistakes)
    if {word.through.table.partition(".")[0], target.domain} != {entity.domain}:
        mistakes.add(where, "its path leaves its domain", f"Run it over tables of {entity.domain} only")
    link = Link(tuple((column, column) for column in word.on), word.through)
    _put_edge(
        Edge(
            field=word.name or camel(name),
            source=entity,
            target=target,
            link=link,
            many=True,
            nullable=False,
            description=word.description,
            domain=entity.domain,
            forward=True,
        ),
        mistakes,
    )


def _known(entity: Entity, columns: tuple[str, ...], where: str, mistakes: Mistakes) -> None:
    for column in columns:
        if column not in entity.columns:
            mistakes.add(where, f"{entity.table} declares no column {column}", nearest(column, entity.columns))


def _put_edge(edge: Edge, mistakes: Mistakes) -> None:
    if not edge.description.strip():
        mistakes.add(f"{edge.source.name}.{edge.field}", "has no description", "Say where it leads")
    refuse_taken_field(edge.source, edge.field, mistakes)
    edge.source.edges[edge.field] = edge
