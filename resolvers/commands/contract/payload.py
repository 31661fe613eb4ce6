"""A command's payload before it is read: which rows, which values, which events, or the problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import orjson

from schema.supergraph.problems import problem_records
from schema.vocabulary.command import Command
from schema.vocabulary.problem import Problem
from schema.vocabulary.result import EachResult, Item, Record, Result, RowResult
from schema.vocabulary.scalar import BIG_INT, DATE, DATE_TIME, DECIMAL, ID, JSON, Scalar, moment_text


@dataclass(frozen=True)
class Payload:
    """What came of a command. `told` is plain JSON by result: that an idempotency key keeps it changes nothing."""

    told: Mapping[str, Any] = field(default_factory=dict)
    events: list[UUID] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()

    def ids(self, result: RowResult) -> list[UUID]:
        """Of the rows to be told."""
        found = self.told.get(result.name)
        return [UUID(key) for key in (found if result.many else [found]) or () if key is not None]

    def value(self, item: Item) -> Any:
        """A value as its field gives it; of a refused command none, or an empty list."""
        found = self.told.get(item.name)
        if found is None:
            return [] if item.many and not item.nullable else None
        if item.record is None:
            return found
        return _instances(item.record, found) if item.many else _instance(item.record, found)

    def parts(self, result: EachResult) -> list[Payload]:
        """What came of each row of a list, as a payload of its own."""
        return [
            Payload(
                {result.key.name: part["id"], result.row.name: part["id"]},
                problems=tuple(_problem(told) for told in part["problems"]),
            )
            for part in self.told.get(result.name, ())
        ]


@dataclass(frozen=True)
class Each:
    """What a handler tells of one row of a list."""

    id: UUID
    problems: tuple[Problem, ...] = ()


def finished(command: Command, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a handler gave, as plain JSON. Raises TypeError where that is not what was declared."""
    results = {result.name: result for result in command.results}
    if given.keys() != results.keys():
        raise TypeError(f"{command.name} declares the results {sorted(results)}, its handler gave {sorted(given)}")
    return {name: _finished(results[name], value) for name, value in given.items()}


def told_before(command: Command, raw: Mapping[str, Any]) -> dict[str, Any]:
    """What a refused command tells: its subject, by the result that bears the same name (`ticketId`, `ticket`)."""
    subject = command.subject
    if subject is None:
        return {}
    try:
        key = str(ID.parse(raw[subject.field]))
    except ValueError:
        return {}
    rows = [result for result in command.results if isinstance(result, RowResult) and not result.many]
    return {row.name: key for row in rows if (row.entity, f"{row.name}_id") == (subject.word.of, subject.name)}


def _finished(result: Result, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(result, EachResult):
        return [{"id": str(each.id), "problems": [_told(problem) for problem in each.problems]} for each in value]
    if result.many:
        return [_single(result, each) for each in value]
    return _single(result, value)


def _single(result: RowResult | Item, value: Any) -> Any:
    if isinstance(result, RowResult):
        return str(value)
    if result.record is not None:
        return {item.name: _finished(item, getattr(value, item.name)) for item in result.record.items}
    return None if result.scalar is None else _text(result.scalar, value)


def _text(scalar: Scalar, value: Any) -> Any:
    """As SQL would have printed it: see schema/vocabulary/scalar.py."""
    if isinstance(value, Enum):
        return value.value
    if scalar is DATE_TIME:
        return moment_text(value)
    if scalar is DATE:
        return value.isoformat()
    if scalar is DECIMAL:
        return format(value, "f")
    if scalar in (BIG_INT, ID):
        return str(value)
    return orjson.dumps(value).decode() if scalar is JSON else value


def _instances(record: Record, found: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [_instance(record, each) for each in found]


def _instance(record: Record, found: Mapping[str, Any]) -> Any:
    inner = Payload(found)
    return SimpleNamespace(**{item.name: inner.value(item) for item in record.items})


def _told(problem: Problem) -> dict[str, Any]:
    """A problem as plain JSON."""
    return {"kind": type(problem).__name__, "values": orjson.loads(orjson.dumps(problem))}


def _problem(told: Mapping[str, Any]) -> Problem:
    """The problem that was told so."""
    kind, record = next(item for item in problem_records().items() if item[0].__name__ == told["kind"])
    values = Payload(told["values"])
    problem: Problem = kind(**{item.name: values.value(item) for item in record.items})
    return problem
