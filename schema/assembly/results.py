"""The results of commands, put together from what was declared."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from schema.assembly.mistakes import Mistakes, nearest
from schema.assembly.names import camel, lower_first
from schema.assembly.values import hints, shape_of
from schema.vocabulary.result import (
    EachResult,
    EachWord,
    Item,
    Record,
    Result,
    RowResult,
    ToldWord,
    is_record,
    told_words,
)

_TAKEN = {"events", "problems"}


class Results:
    """Reads what payloads tell; a record that several commands share is read once."""

    def __init__(self, entities: dict[str, Any], mistakes: Mistakes) -> None:
        self._entities = entities
        self._mistakes = mistakes
        self._records: dict[type, Record] = {}

    def of(self, where: str, name: str, word: object) -> Result:
        """One of `gives`."""
        if name in _TAKEN:
            self._mistakes.add(f"{where}.{name}", "every payload has this already", "Give it another name")
        if isinstance(word, EachWord):
            return self._each(f"{where}.{name}", name, word)
        told = word if isinstance(word, ToldWord) else ToldWord("", word)
        many = isinstance(told.kind, list)
        kind: Any = told.kind[0] if isinstance(told.kind, list) and told.kind else told.kind
        if isinstance(kind, str):
            return self._rows(f"{where}.{name}", name, kind, told.description, many=many)
        if not told.description.strip():
            self._mistakes.add(f"{where}.{name}", "has no description", f'Write told("…", {told.kind})')
        return self.item(f"{where}.{name}", name, told.kind, told)

    def record(self, cls: type) -> Record:
        """The record of a class, or of a problem."""
        if cls not in self._records:
            annotations, found = hints(cls, self._mistakes), told_words(cls)
            for name in sorted(set(annotations) - set(found)):
                self._mistakes.add(f"{cls.__name__}.{name}", "is not described", "Assign told(…)")
            items = tuple(
                self.item(f"{cls.__name__}.{name}", name, annotations[name], word)
                for name, word in found.items()
                if name in annotations
            )
            self._records[cls] = Record(cls, cls.__name__, " ".join((cls.__doc__ or "").split()), items)
        return self._records[cls]

    def _each(self, where: str, name: str, word: EachWord) -> EachResult:
        row = lower_first(word.entity)
        key = self.item(where, f"{row}_id", UUID, ToldWord("Its id."))
        told = self._rows(where, row, word.entity, "The row, as you see it afterwards.", many=False)
        return EachResult(name, camel(name), word.description, key, told)

    def _rows(self, where: str, name: str, entity: str, description: str, *, many: bool) -> RowResult:
        if entity not in self._entities:
            self._mistakes.add(where, f"{entity} is no entity", nearest(entity, self._entities))
        which = f"rows of {entity} that it was about" if many else f"row of {entity} that it was about"
        told = description or f"The {which}, as you see {'them' if many else 'it'} afterwards."
        return RowResult(name, camel(name), told, entity, many)

    def item(self, where: str, name: str, annotation: Any, word: ToldWord) -> Item:
        """A value, of the type that its annotation says."""
        shape = shape_of(annotation)
        record = self.record(shape.cls) if is_record(shape.cls) else None
        if (shape.scalar is None and record is None) or shape.omittable:
            self._mistakes.add(where, f"{annotation} is nothing that can be told", "Use a scalar, an enum or a @record")
        if word.of is not None and word.of not in self._entities:
            self._mistakes.add(where, f"{word.of} is no entity", nearest(word.of, self._entities))
        field = word.name or camel(name)
        return Item(
            name, field, word.description, shape.scalar, record, shape.many, shape.nullable, word.of, word.about
        )
