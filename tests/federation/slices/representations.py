"""Representations of rows, as routers send them, beside what should be answered to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from schema.supergraph.subgraph import keys_of

if TYPE_CHECKING:
    from schema.assembly.graph import Graph
    from schema.vocabulary.column import Column
    from schema.vocabulary.entity import Entity
    from tests.access.world import Ids, World

NAMES = "query ($rows: [_Any!]!) { _entities(representations: $rows) { __typename ... on Node { id } } }"
"""Tells of each row which one it is."""
NOBODY = UUID("018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f")
_FEW = 6


@dataclass(frozen=True)
class Named:
    """A representation, and the row that its viewer is told of it, or None."""

    representation: dict[str, Any]
    row: dict[str, Any] | None


def some_rows(graph: Graph, world: World, sees: dict[str, Ids]) -> list[Named]:
    """Of every entity, by each of its keys: rows that the viewer sees, that it does not, and that are not there."""
    return [named for entity in graph for key in keys_of(entity) for named in _by_key(entity, key, world, sees)]


def shuffled(rows: list[Named], seed: int) -> list[Named]:
    """In another order, some of them more than once."""
    random = Random(seed)  # noqa: S311 - an order
    found = rows + random.choices(rows, k=len(rows) // 3 + 1)
    random.shuffle(found)
    return found


def _by_key(entity: Entity, key: Column, world: World, sees: dict[str, Ids]) -> Iterator[Named]:
    seen, known = sees[entity.table], world.tables[entity.table]
    own = {known[each][key.name]: each for each in sorted(seen) if known[each][key.name] is not None}
    others = {known[each][key.name] for each in sorted(set(known) - seen)} - {None}
    unknown = NOBODY if key.name == "id" else "No such key"
    for value in [
        *sorted(own)[:_FEW],
        *sorted(others - own.keys())[:_FEW],
        *sorted(others & own.keys())[:_FEW],
        unknown,
    ]:
        row = own.get(value) if entity.whole else value
        told = None if row is None else {"__typename": entity.name, "id": str(row)}
        yield Named({"__typename": entity.name, key.field: str(value)}, told)
