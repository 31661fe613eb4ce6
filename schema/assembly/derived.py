"""Derived fields of an entity as they are put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, get_args, get_origin

from schema.assembly.annotations import Annotated
from schema.assembly.columns import refuse_taken_field
from schema.assembly.mistakes import Mistakes, nearest
from schema.assembly.names import camel, lower_first, upper_first
from schema.assembly.results import Results
from schema.vocabulary.column import Column
from schema.vocabulary.derived import Derived, DerivedWord, Merged, MergedWord
from schema.vocabulary.edge import Link, Many
from schema.vocabulary.entity import Entity
from schema.vocabulary.result import Record, ToldWord
from schema.vocabulary.scalar import BOOLEAN, DATE_TIME, ID, INT, STRING, Scalar

if TYPE_CHECKING:
    from schema.assembly.graph import Graph

_IN_JSON = (STRING, INT, BOOLEAN)


def read_derived(graph: Graph, entity: Entity, attribute: Annotated, word: DerivedWord, mistakes: Mistakes) -> None:
    """Adds a declared derived field to its entity, or says what is wrong with it."""
    where = f"{entity.name}.{attribute.name}"
    item = Results(graph.entities, mistakes).item(
        where, attribute.name, attribute.annotation, ToldWord(word.description, None, word.name, about=word.about)
    )
    for what, fix in _mistakes(word, item.record):
        mistakes.add(where, what, fix)
    key = entity.columns.get(word.of)
    if key is None:
        mistakes.add(where, f"{entity.table} declares no column {word.of}", nearest(word.of, entity.columns))
        return
    refuse_taken_field(entity, item.field, mistakes)
    entity.derived[item.field] = Derived(item, word.function, key)


def _mistakes(word: DerivedWord, record: Record | None) -> Iterator[tuple[str, str]]:
    if not word.description.strip():
        yield "has no description", "Say what it tells"
    if word.function.count(".") != 1:
        yield f"is derived by {word.function!r}", "Write the function as schema.function"
    for item in record.items if record else ():
        inner = item.record.items if item.record and item.many else ()
        if any(part.record or part.many or not _in_json(part.scalar) for part in inner):
            yield (
                f"{item.name} is a list of what JSON does not hold as it is told",
                "Use text, numbers, booleans, enums",
            )


def _in_json(scalar: Scalar | None) -> bool:
    return scalar is not None and (scalar in _IN_JSON or scalar.enum is not None)


def read_merged(graph: Graph, entity: Entity, attribute: Annotated, word: MergedWord, mistakes: Mistakes) -> None:
    """Adds a declared merge to its entity, or says what is wrong with it."""
    where, field = f"{entity.name}.{attribute.name}", camel(attribute.name)
    names = tuple(_names(attribute.annotation))
    if not names or not set(names) <= graph.entities.keys():
        mistakes.add(where, "its annotation names no entities", "Annotate Many[A | B]")
    if not word.description.strip():
        mistakes.add(where, "has no description", "Say what comes together in it")
    refuse_taken_field(entity, field, mistakes)
    name = upper_first(field)
    view = Entity(name, word.view, lower_first(name), field, word.description, search=False)
    view.columns.update(
        (column.name, column)
        for column in (_column("id", ID), _column("entity", STRING), _column("at", DATE_TIME), _column(word.by, ID))
    )
    entity.derived[field] = Merged(field, word.description, view, Link((("id", word.by),)), names)


def _names(annotation: Any) -> list[str]:
    if get_origin(annotation) is not Many:
        return []
    (inner,) = get_args(annotation)
    return [each.__name__ for each in get_args(inner) or (inner,) if isinstance(each, type)]


def _column(name: str, scalar: Scalar) -> Column:
    return Column(
        name=name,
        field=camel(name),
        scalar=scalar,
        nullable=False,
        array=False,
        description=name,
        order=name == "at",
        natural_key=None,
    )
