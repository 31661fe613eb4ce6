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
    Named,
    Nodes,
    Nodewise,
    One,
    Reference,
    References,
    Shape,
    Told,
    Typename,
    Value,
)
from resolvers.planner.planner import Stages
from resolvers.planner.selection.fields import Field
from resolvers.planner.slots import Slot

Lines = Iterator[str]
_NAMED = 3


def outlined(stages: Stages) -> Lines:
    """Every stage of an operation."""
    yield "# fields"
    yield from _fields(stages.fields)
    yield "# answer"
    yield from _shape(stages.answer)
    yield "# SQL"
    yield stages.plan.sql
    yield "# parameters"
    for n, value in enumerate(stages.plan.parameters, 1):
        yield f"${n} = {value if isinstance(value, Slot) else repr(value)}"


def _fields(fields: Iterable[Field]) -> Lines:
    for field in fields:
        arguments = ", ".join(f"{name}: {_said(value)}" for name, value in field.arguments.items())
        alias = f"{field.key}: " if field.key != field.name else ""
        yield f"{alias}{field.name}{arguments and f'({arguments})'}"
        if len(field.below) > 1:
            yield from _indented(_by_type({kind: _fields(below) for kind, below in field.below.items()}))
        for below in field.below.values() if len(field.below) == 1 else ():
            yield from _indented(_fields(below))


def _shape(shape: Shape) -> Lines:
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
            return f"object{f' over {value.inside}' if value.inside else ''}", _shape(value)
        case One(rows, shape):
            return f"one row of {rows.entity.table}", _shape(shape)
        case Choice(ways):
            return "the row that is named, of its table", _ways(ways)
        case Nodes(node):
            return _outlined(node)
        case Edges(shape):
            return "edges", _shape(shape)
        case Connection(rows, size, backward, _, shape):
            order = ", ".join(key.name for key in rows.order)
            page = f"{'last' if backward else 'first'} {size} by {order}"
            return f"page of {rows.entity.table}: {page}", _shape(shape)
        case Figured(figures, inner):
            return f"figures of {figures.entity.table}", _outlined(inner)[1]
        case Grouped(groups, shape):
            by = ", ".join(column.name for column in groups.by)
            return f"groups of {groups.entity.table} by {by}", _shape(shape)
        case Derived(derivation, inner):
            return f"{derivation.derived.function}()", _outlined(inner)[1]
        case Listed(item, shape):
            return f"list of {item.name}", _shape(shape)
        case Nodewise(_, ways, single):
            return "the row with this id" if single else "the rows with these ids", _ways(ways)
        case References(ways=ways):
            return "the rows that are named by their keys", _ways(ways)
        case Named(_, rows, shape):
            return f"the named rows of {rows.entity.table}", _shape(shape)
        case Hits(found, shape):
            return f"what {found.text} finds", _shape(shape)
        case Constants(_, shape):
            return "object of what is known of the viewer", _shape(shape)
        case Enum():
            return value.value, iter(())


def _ways(ways: Mapping[str, One] | Mapping[str, Reference]) -> Lines:
    return _by_type({name: _shape(way.shape) for name, way in ways.items()})


def _by_type(lines: Mapping[str, Lines]) -> Lines:
    """What is the same for several types stands there once."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for kind, below in lines.items():
        kinds.setdefault(tuple(below), []).append(kind)
    for same, names in kinds.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"… on {', '.join(names[:_NAMED])}{more}"
        yield from _indented(iter(same))


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
