"""Inputs of commands in Strawberry: the same in every graph, so that they are made once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from schema.assembly.names import upper_first
from schema.supergraph.define import define_input, list_of
from schema.supergraph.field import plain_field
from schema.supergraph.records import scalar_annotation
from schema.vocabulary.command import Command
from schema.vocabulary.given import OMITTED, Input, Part

IDEMPOTENCY_KEY, EXPECTED_VERSION, VALIDATE_ONLY = "idempotencyKey", "expectedVersion", "validateOnly"


@cache
def input_type(command: Command) -> Any:
    """The type of a command's one argument."""
    name = upper_first(command.name)
    fields = _fields(command.inputs)
    if command.subject is not None:
        about = (
            f"The version of the row in `{command.subject.field}` that you know: if it has changed, nothing is done."
        )
        fields.append(_optional(EXPECTED_VERSION, int, about))
    fields += [
        _optional(
            IDEMPOTENCY_KEY,
            str,
            "A word of your own, up to 200 characters: what comes again with it and the same input is done once.",
        ),
        _optional(VALIDATE_ONLY, bool, "Do everything, tell what came of it, and undo it.", default=False),
    ]
    return define_input(type(f"{name}Input", (), {}), f"What `{command.name}` is given.", fields)


@cache
def part_type(part: Part) -> Any:
    return define_input(type(part.name, (), {}), part.description, _fields(part.inputs))


def _fields(inputs: Iterable[Input]) -> list[StrawberryField]:
    return [_field(each) for each in inputs]


def _field(given: Input) -> StrawberryField:
    found = part_type(given.part) if given.part else scalar_annotation(given.scalar)
    found = list_of(found) if given.many else found
    default = given.default() if given.default else None
    if default is OMITTED or given.nullable:
        found = found | None
    field = plain_field(given.field, given.field, found, given.word.description)
    if given.default is not None:
        field.default = field.default_value = strawberry.UNSET if default in (OMITTED, None) else default
    return field


def _optional(name: str, annotation: Any, description: str, default: object = strawberry.UNSET) -> StrawberryField:
    field = plain_field(name, name, annotation | None, description)
    field.default = field.default_value = default
    return field
