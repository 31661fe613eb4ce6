"""Inputs that no command takes, made of the declarations: each has one value that is wrong, and says how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from resolvers.commands.contract.codes import Code
from schema.vocabulary.command import Command
from schema.vocabulary.given import OMITTED, GivenWord, Input
from schema.vocabulary.scalar import BIG_INT, BOOLEAN, DATE, DATE_TIME, DECIMAL, FLOAT, ID, INT, JSON, STRING, Scalar

Path = tuple[str, ...]

_GOOD = {
    STRING: "x",
    BOOLEAN: True,
    DATE: "2026-11-02",
    DATE_TIME: "2026-11-02T09:00:00Z",
    JSON: {},
    FLOAT: 1.0,
}
_UNPRINTABLE = ("a\x00b", "a\x1bb", "a\x9bb", "a\ud800b", "a\rb")
_ABSURD = {
    DATE: ("0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"),
    DATE_TIME: ("0001-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "2100-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
}


@dataclass(frozen=True)
class Known:
    """Ids by entity: of a row that staff sees, and of another operator's; an entity without such rows is left out."""

    own: Mapping[str, str]
    foreign: Mapping[str, str]


@dataclass(frozen=True)
class Bad:
    """An input with one wrong value."""

    given: dict[str, Any]
    code: Code
    path: Path


class Maker:
    """Makes inputs, good as far as the declarations say, and bad."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def good(self, inputs: Iterable[Input]) -> dict[str, Any]:
        return {each.field: self._good(each) for each in inputs}

    def bad(self, command: Command) -> Iterator[Bad]:
        """Every wrong value of every place, one at a time."""
        good = self.good(command.inputs)
        for each in command.inputs:
            for value, code, path in self._bad(each):
                yield Bad({**good, each.field: value}, code, ("input", *path))
        for key, code in (("", Code.TEXT_EMPTY), ("x" * 201, Code.TEXT_TOO_LONG), ("a\x00b", Code.TEXT_UNPRINTABLE)):
            yield Bad({**good, "idempotencyKey": key}, code, ("input", "idempotencyKey"))

    def _good(self, given: Input) -> Any:
        value = self.good(given.part.inputs) if given.part else self._good_value(given)
        return [value] if given.many else value

    def _good_value(self, given: Input) -> Any:
        scalar, word = given.scalar, given.word
        if scalar is ID:
            return self._known.own.get(word.of or "", str(uuid4()))
        if scalar in (INT, DECIMAL, BIG_INT):
            return str(word.least or 1) if scalar is not INT else word.least or 1
        if scalar is not None and scalar.enum is not None:
            return next(iter(scalar.enum)).name
        return _GOOD[scalar]  # type: ignore[index] # a value is a part or of a scalar

    def _bad(self, given: Input) -> Iterator[tuple[Any, Code, Path]]:
        if given.default is not None and given.default() is OMITTED and not given.nullable:
            yield None, Code.VALUE_MISSING, (given.field,)
        for value, code, path in self._bad_single(given):
            yield ([value], code, (given.field, "0", *path)) if given.many else (value, code, (given.field, *path))
        if given.many:
            (good,) = self._good(given)
            yield [good] * (given.word.most_items + 1), Code.LIST_TOO_LONG, (given.field,)
            if given.scalar is ID:
                yield [good, good], Code.LIST_REPEATS, (given.field,)

    def _bad_single(self, given: Input) -> Iterator[tuple[Any, Code, Path]]:
        if given.part is not None:
            good = self.good(given.part.inputs)
            for each in given.part.inputs:
                for value, code, path in self._bad(each):
                    yield {**good, each.field: value}, code, path
        elif given.scalar is ID:
            for value, code in self._bad_ids(given.word.of or ""):
                yield value, code, ()
        elif given.scalar is not None:
            for value, code in _bad_values(given.scalar, given.word):
                yield value, code, ()

    def _bad_ids(self, entity: str) -> Iterator[tuple[str, Code]]:
        yield "nonsense", Code.ID_MALFORMED
        yield str(uuid4()), Code.NOT_FOUND
        yield self._known.own["Contact" if entity != "Contact" else "Ticket"], Code.NOT_FOUND
        if entity in self._known.foreign:
            yield self._known.foreign[entity], Code.NOT_FOUND


def _bad_values(scalar: Scalar, word: GivenWord) -> Iterator[tuple[Any, Code]]:
    if scalar is STRING:
        yield from (("", Code.TEXT_EMPTY), (" \u2003", Code.TEXT_EMPTY), ("x" * (word.longest + 1), Code.TEXT_TOO_LONG))
        for text in (*_UNPRINTABLE, *(() if word.lines else ("a\nb",))):
            yield text[: max(word.longest, 2)], Code.TEXT_UNPRINTABLE
    for moment in _ABSURD.get(scalar, ()):
        yield moment, Code.MOMENT_OUT_OF_RANGE
    if scalar is JSON:
        yield {"x": "x" * word.longest}, Code.JSON_TOO_LARGE
    if scalar in (INT, DECIMAL, BIG_INT):
        money = scalar is BIG_INT
        least, most = word.least, word.most
        least, most = (0 if money and least is None else least), (10**12 if money and most is None else most)
        for number in ([] if least is None else [least - 1]) + ([] if most is None else [most + 1]):
            if scalar is not INT or abs(number) < 2**31:
                yield (number if scalar is INT else str(number)), Code.NUMBER_OUT_OF_RANGE
