"""Reads a command's input: the values as its handler takes them, the ids to be looked for, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from resolvers.commands.contract.codes import Code
from resolvers.commands.contract.problems import Invalid, Refused
from resolvers.commands.contract.rules import mistakes, text_mistakes
from schema.supergraph.inputs import EXPECTED_VERSION, IDEMPOTENCY_KEY, VALIDATE_ONLY
from schema.vocabulary.command import Command
from schema.vocabulary.given import GivenWord, Input
from schema.vocabulary.scalar import ID

Path = tuple[str, ...]

_KEY = GivenWord("", of=None, longest=200, lines=False, least=None, most=None, most_items=0)


@dataclass(frozen=True)
class Target:
    """An id of the input: a row that the viewer must see."""

    entity: str
    id: UUID
    path: Path


@dataclass(frozen=True)
class Reading:
    """An input that was read."""

    given: Any
    """An instance of the command's class."""
    targets: tuple[Target, ...]
    expected_version: int | None
    key: str | None
    validate_only: bool
    hash: bytes
    """Tells inputs apart: of all but the key and `validateOnly`."""


def read_input(command: Command, raw: Mapping[str, Any]) -> Reading:
    """The input, whose types GraphQL has checked. Raises Refused with everything that its rules find."""
    reader = _Reader()
    values = reader.values(command.inputs, raw, ("input",))
    key = raw.get(IDEMPOTENCY_KEY)
    if key is not None:
        reader.note(text_mistakes(_KEY, key), ("input", IDEMPOTENCY_KEY))
    if reader.problems:
        raise Refused(*reader.problems)
    return Reading(
        given=command.cls(**values),
        targets=tuple(reader.targets),
        expected_version=raw.get(EXPECTED_VERSION),
        key=key,
        validate_only=bool(raw.get(VALIDATE_ONLY)),
        hash=_hash(raw) if key is not None else b"",
    )


def _hash(raw: Mapping[str, Any]) -> bytes:
    kept = {name: value for name, value in raw.items() if name not in (IDEMPOTENCY_KEY, VALIDATE_ONLY)}
    return sha256(orjson.dumps(kept, default=str, option=orjson.OPT_SORT_KEYS)).digest()


class _Reader:
    """Collects problems and ids on its way through an input."""

    def __init__(self) -> None:
        self.problems: list[Invalid] = []
        self.targets: list[Target] = []

    def note(self, found: Iterable[tuple[Code, str]], path: Path) -> None:
        self.problems += [Invalid(code, message, path=path) for code, message in found]

    def values(self, inputs: Iterable[Input], raw: Mapping[str, Any], path: Path) -> dict[str, Any]:
        return {each.name: self._value(each, raw, (*path, each.field)) for each in inputs}

    def _value(self, given: Input, raw: Mapping[str, Any], path: Path) -> Any:
        if given.field not in raw and given.default is not None:
            return given.default()
        value = raw.get(given.field)
        if value is None:
            if not given.nullable:
                self.note([(Code.VALUE_MISSING, "It may not be null. Leave it out, or write a value.")], path)
            return None
        return self._list(given, value, path) if given.many else self._single(given, value, path)

    def _list(self, given: Input, values: list[Any], path: Path) -> list[Any]:
        most = given.word.most_items
        if len(values) > most:
            self.note([(Code.LIST_TOO_LONG, f"It has {len(values)} items; at most {most} are allowed.")], path)
            return []
        found = [self._single(given, value, (*path, str(n))) for n, value in enumerate(values)]
        if given.scalar is ID and len(set(found)) < len(found):
            self.note([(Code.LIST_REPEATS, "It names an id twice. Name each once.")], path)
        return found

    def _single(self, given: Input, value: Any, path: Path) -> Any:
        if given.part is not None:
            return given.part.cls(**self.values(given.part.inputs, value, path))
        if given.scalar is ID:
            return self._id(given, value, path)
        if given.scalar is not None:
            self.note(mistakes(given.scalar, given.word, value), path)
        return value

    def _id(self, given: Input, value: str, path: Path) -> UUID | None:
        try:
            key: UUID = ID.parse(value)
        except ValueError as error:
            self.note([(Code.ID_MALFORMED, f"{str(error)[:200]}.")], path)
            return None
        if given.word.of is not None:
            self.targets.append(Target(given.word.of, key, path))
        return key
