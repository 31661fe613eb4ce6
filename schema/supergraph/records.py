"""Records in Strawberry: the types of values that payloads tell and that are no rows."""

from __future__ import annotations

from functools import cache
from typing import Any

from strawberry.types.field import StrawberryField

from schema.supergraph.define import define_object, define_vocabulary, list_of
from schema.supergraph.field import of_length, plain_field
from schema.supergraph.scalars import annotation_of
from schema.vocabulary.result import Item, Record
from schema.vocabulary.scalar import Scalar


@cache
def record_type(record: Record) -> Any:
    """The type of a record: the same in every graph."""
    return define_object(type(record.name, (), {}), record.description, item_fields(record))


def item_fields(record: Record) -> list[StrawberryField]:
    """The fields of a record: attributes of what its parent gave."""
    return [item_field(item, item_annotation(item)) for item in record.items]


def item_field(item: Item, annotation: Any) -> StrawberryField:
    """A value as its parent gave it."""
    return of_length(plain_field(item.name, item.field, annotation, item.description), item.about)


def item_annotation(item: Item, record: Any = None) -> Any:
    """The type of a value: null only where it says so. `record` is the type of its record, where it is not shared."""
    found = record or (record_type(item.record) if item.record else scalar_annotation(item.scalar))
    found = list_of(found) if item.many else found
    return found | None if item.nullable else found


def scalar_annotation(scalar: Scalar | None) -> Any:
    """A scalar's annotation; that of a vocabulary is made a GraphQL enum where it is none yet."""
    if scalar is None:
        raise TypeError("a value is of a scalar or of a class")
    return define_vocabulary(scalar.enum) if scalar.enum else annotation_of(scalar)
