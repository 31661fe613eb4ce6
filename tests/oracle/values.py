"""Values of scalars and enums: mostly such as the database holds, now and then from nowhere."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from graphql import GraphQLEnumType, GraphQLInputType, get_named_type

from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity
from tests.oracle.chance import Chance
from tests.oracle.draft import Word
from tests.oracle.stock import Stock

_TEXTS = [
    "",
    " ",
    "'; DROP TABLE team.tickets; --",
    '"quoted" \\ and \\\\ slashed\\',
    "$1 $$ %s {0} {} :a ?",
    "100% _under_ \\% \\_",
    "naïve Ünïcödé ß ẞ İ Å",
    "日本語 العربية",
    "👩‍👩‍👧 🏠",
    "e\u0301\u200b\u202e",
    "line\nbreak\ttab\r\u0001\u007f",
    "</script>&amp;",
    "null",
    "a" * 300,
]
_NOWHERE: dict[str, list[Any]] = {
    "ID": ["00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"],
    "String": _TEXTS,
    "Int": [0, 1, -1, 7, 2**31 - 1, -(2**31)],
    "Boolean": [True, False],
    "BigInt": ["0", 5, -1, "9223372036854775807", "-9223372036854775808", 20000],
    "Decimal": ["0", "0.00", 1, 2.5, "-3.1400", "1e5", "99999999999999999999.5"],
    "Float": [0.0, 1.5, -1e300],
    "DateTime": [
        "2026-11-02T09:00:00Z",
        "2026-03-01T00:30:00.123456+05:45",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
    ],
    "Date": ["2026-11-02", "2024-02-29", "0001-01-01", "9999-12-31"],
    "JSON": [{}, [], None, True, 1, 1.5, "text", {"a": {"b": [1, None, "x"]}}, {"status": "open"}],
}
_WRONG: dict[str, list[Any]] = {
    "ID": ["not an id", "1"],
    "String": ["nul \u0000 byte"],
    "Int": [5],
    "BigInt": ["12345678901234567890123", "1.5"],
    "Decimal": ["NaN", "ten"],
    "DateTime": ["2026-11-02", "tomorrow", "2026-11-02T09:00:00"],
    "Date": ["2026-02-30", "02.11.2026"],
}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")


class Values:
    """Chooses values."""

    def __init__(self, chance: Chance, stock: Stock) -> None:
        self._chance = chance
        self._stock = stock

    def of(self, entity: Entity, column: Column, kind: GraphQLInputType) -> Any:
        """A value for a column."""
        named = get_named_type(kind)
        if isinstance(named, GraphQLEnumType):
            return self._chance.first_of(self._stock.of(entity.name, column.name), self.words(named))
        wrong = _WRONG.get(named.name)
        if wrong and self._chance.happens(0.001):
            return self._chance.choice(wrong)
        found = self._chance.first_of(self._stock.of(entity.name, column.name), _NOWHERE[named.name])
        return self._varied(named.name, found)

    def words(self, kind: GraphQLEnumType) -> list[Word]:
        return [Word(name) for name in kind.values]

    def part_of_text(self, entity: Entity, column: Column) -> str:
        """A piece of a text that the column holds, in other letters perhaps."""
        text: str = self._chance.first_of(self._stock.of(entity.name, column.name), _TEXTS)
        start = self._chance.choice([0, 0, self._chance.randint(0, len(text))])
        end = self._chance.choice([len(text), start + self._chance.randint(0, 6)])
        part = text[start:end]
        return self._chance.choice([part, part.upper(), part.swapcase()])

    def words_of_text(self) -> str:
        """What somebody may search for."""
        if self._chance.happens(0.15):
            return self._chance.choice([text for text in _TEXTS if len(text) <= 200])
        if self._chance.happens(0.6) and self._stock.shared_words:
            return self._chance.choice(self._stock.shared_words)
        words = self._chance.some(self._stock.words, 1, self._chance.choice([1, 1, 2]))
        return " ".join(words)[: self._chance.choice([3, 5, 200])]

    def any_id(self, entity: str) -> str:
        """An id of a row of the entity, or of none."""
        if self._chance.happens(0.004):
            return str(self._chance.choice(_WRONG["ID"]))
        known = self._stock.of(entity, "id")
        if not known or self._chance.happens(0.08):
            return str(UUID(int=self._chance.getrandbits(128)))
        return str(self._chance.choice(known))

    def _varied(self, scalar: str, value: Any) -> Any:
        """The same value as another client may write it."""
        if scalar == "JSON":
            return _writable(value)
        if scalar == "ID" and self._chance.happens(0.1):
            return str(value).upper()
        if scalar == "BigInt" and isinstance(value, str) and self._chance.happens(0.3):
            return int(value) if abs(int(value)) < 2**31 else value
        return value


def _writable(value: Any) -> Any:
    """The JSON without keys that no document can write."""
    if isinstance(value, dict):
        return {key: _writable(item) for key, item in value.items() if _NAME.fullmatch(key)}
    return [_writable(item) for item in value] if isinstance(value, list) else value
