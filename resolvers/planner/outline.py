"""Stages in words, a line for each part: for people who want to see what becomes of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from resolvers.planner.answer import (
    Cell,
    Choice,
    Connection,
    Constants,
    Derived,
    Edges,
    Figured,
    Grouped,
    Hits,
    Listed,
    Nodes,
    Nodewise,
    One,
    Shape,
    Told,
    Typename,
    Value,
)
from resolvers.planner.selection.fields import Field
from resolvers.planner.slots import Slot

Lines = Iterator[str]


def outlined_fields(fields: Iterable[Field]) -> Lines:
    """The fields of a selection."""
    for field in fields:
        arguments = ", ".join(f"{name}: {_said(value)}" for name, value in field.arguments.items())
        alias = f"{field.key}: " if field.key != field.name else ""
        yield f"{alias}{field.name}{arguments and f'({arguments})'}"
        for kind, below in field.below.items():
            if len(field.below) > 1 and below:
                yield f"  … on {kind}"
                yield from _indented(_indented(outlined_fields(below)))
            else:
                yield from _indented(outlined_fields(below))


def outlined_answer(shape: Shape) -> Lines:
    """The members of an object, and what each is made of."""
    for entry in shape.entries:
        headline, below = _outlined(entry.value)
        yield f"{entry.key} = {headline}"
        yield from _indented(below)


def _outlined(value: Value) -> tuple[str, Lines]:
    match value:
        case Typename(name):
            return repr(name), iter(())
        case Cell(column):
            return f"{column.name}{' behind its mask' * column.masked}", iter(())
        case Told(name):
            return name, iter(())
        case Shape():
            return f"object{f' over {value.inside}' if value.inside else ''}", outlined_answer(value)
        case One(rows, shape):
            return f"one row of {rows.entity.table}", outlined_answer(shape)
        case Choice(ways):
            return "the row that is named, of its table", _ways(ways)
        case Nodes(node):
            return _outlined(node)
        case Edges(shape):
            return "edges", outlined_answer(shape)
        case Connection(rows, size, backward, _, shape):
            order = ", ".join(key.name for key in rows.order)
            page = f"{'last' if backward else 'first'} {size} by {order}"
            return f"page of {rows.entity.table}: {page}", outlined_answer(shape)
        case Figured(figures, inner):
            return f"figures of {figures.entity.table}", _outlined(inner)[1]
        case Grouped(groups, shape):
            by = ", ".join(column.name for column in groups.by)
            return f"groups of {groups.entity.table} by {by}", outlined_answer(shape)
        case Derived(derivation, inner):
            return f"{derivation.derived.function}()", _outlined(inner)[1]
        case Listed(item, shape):
            return f"list of {item.name}", outlined_answer(shape)
        case Nodewise(_, ways, single):
            return "the row with this id" if single else "the rows with these ids", _ways(ways)
        case Hits(found, shape):
            return f"what {found.text} finds", outlined_answer(shape)
        case Constants(_, shape):
            return "object of what is known of the viewer", outlined_answer(shape)
        case Enum():
            return value.value, iter(())


def _ways(ways: Mapping[str, One]) -> Lines:
    for name, way in ways.items():
        if way.shape.entries:
            yield f"… {name}"
            yield from _indented(outlined_answer(way.shape))


def _indented(lines: Lines) -> Lines:
    return (f"  {line}" for line in lines)


def _said(value: Any) -> str:
    match value:
        case Enum():
            return value.name
        case Slot():
            return value.source
        case dict():
            return "{" + ", ".join(f"{name}: {_said(member)}" for name, member in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_said, value)) + "]"
    return repr(value)
