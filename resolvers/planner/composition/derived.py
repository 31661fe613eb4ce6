"""Derived fields as answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from resolvers.planner.answer import Derived, Listed, Shape, Told, Value
from resolvers.planner.composition.shaping import meaning, shaped, unplanned
from resolvers.planner.plan import Derivation, Outer
from resolvers.planner.selection.fields import Field
from schema.supergraph.meaning import Follow
from schema.vocabulary import derived
from schema.vocabulary.edge import Edge
from schema.vocabulary.result import Item, Record


def derived_value(what: derived.Derived, field: Field, follow: Callable[[Edge, Field], Value]) -> Derived:
    """What a function works out of the row at hand; `follow` leads to rows that stand in its records."""
    plan, item = Derivation(what, Outer(what.link)), what.item
    if item.record is not None:
        return Derived(plan, _record(item.record, field.only, follow))
    return Derived(plan, _told(item))


def _record(
    record: Record, fields: Sequence[Field], follow: Callable[[Edge, Field], Value], inside: str | None = None
) -> Shape:
    items = {item.name: item for item in record.items}

    def value(field: Field) -> Value:
        match meaning(field):
            case Follow(edge):
                return follow(edge, field)
            case str(name):
                return _item(items[name], field, follow)
        raise unplanned(field)

    return shaped(fields, value, inside)


def _item(item: Item, field: Field, follow: Callable[[Edge, Field], Value]) -> Value:
    if item.record is None:
        return _told(item)
    if item.many:
        return Listed(item, _record(item.record, field.only, follow))
    return _record(item.record, field.only, follow, item.name)


def _told(item: Item) -> Told:
    if item.scalar is None:
        raise TypeError("a value is of a scalar or of a record")
    return Told(item.name, item.scalar, item.many)
