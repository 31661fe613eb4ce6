"""The inputs of commands, put together from what was declared."""

from __future__ import annotations

from dataclasses import MISSING
from typing import Any

from schema.assembly.mistakes import Mistakes, nearest
from schema.assembly.names import camel
from schema.assembly.values import hints, shape_of
from schema.vocabulary.given import OMITTED, GivenWord, Input, Part, is_part, words
from schema.vocabulary.scalar import ID

_TAKEN = {"idempotency_key", "expected_version", "validate_only"}


class Inputs:
    """Reads classes of inputs; a part that several commands share is read once."""

    def __init__(self, entities: dict[str, Any], mistakes: Mistakes) -> None:
        self._entities = entities
        self._mistakes = mistakes
        self._parts: dict[type, Part] = {}

    def of(self, cls: type) -> tuple[Input, ...]:
        """The values of a command or part, in their order."""
        annotations, found = hints(cls, self._mistakes), words(cls)
        for name in sorted(set(annotations) - set(found)):
            self._mistakes.add(f"{cls.__name__}.{name}", "is no value", "Assign given(…)")
        return tuple(
            self._input(f"{cls.__name__}.{name}", name, annotations[name], *found[name])
            for name in found
            if name in annotations
        )

    def _input(self, where: str, name: str, annotation: Any, word: GivenWord, default: Any, maker: Any) -> Input:
        shape = shape_of(annotation)
        part = self._part(shape.cls) if is_part(shape.cls) else None
        if shape.scalar is None and part is None:
            self._mistakes.add(where, f"{annotation} is nothing that can be given", "Use a scalar, an enum or a @part")
        if not word.description.strip():
            self._mistakes.add(where, "has no description", "Say what it is")
        if name in _TAKEN:
            self._mistakes.add(where, "every command has this value already", "Give it another name")
        if (default is OMITTED) != shape.omittable:
            self._mistakes.add(where, "annotation and default disagree", "X | Omitted goes with default=OMITTED")
        self._check_entity(where, word, is_id=shape.scalar is ID)
        if default is not MISSING:
            maker = lambda: default  # noqa: E731 - as a default factory is
        elif maker is None and shape.nullable:
            maker = lambda: None  # noqa: E731
        return Input(name, camel(name), word, shape.scalar, part, shape.many, shape.nullable, maker)

    def _check_entity(self, where: str, word: GivenWord, *, is_id: bool) -> None:
        if word.of is not None and word.of not in self._entities:
            self._mistakes.add(where, f"{word.of} is no entity", nearest(word.of, self._entities))
        if is_id != (word.of is not None):
            self._mistakes.add(where, "an id is of an entity, and nothing else is", 'Say of="…", or annotate UUID')

    def _part(self, cls: type) -> Part:
        if cls not in self._parts:
            description = " ".join((cls.__doc__ or "").split())
            self._parts[cls] = Part(cls, f"{cls.__name__}Part", description, self.of(cls))
        return self._parts[cls]
