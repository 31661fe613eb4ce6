"""Rows by the keys that routers name them by.

Source: Apollo Federation, subgraph specification, "Resolving entity fields".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resolvers.bad_input import BadInput
from schema.assembly.graph import Graph
from schema.supergraph.subgraph import keys_of
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity


@dataclass(frozen=True)
class Way:
    """How a row is found: as an entity's, by one of its keys."""

    entity: Entity
    key: Column

    @property
    def name(self) -> str:
        return f"{self.entity.name}.{self.key.name}"


@dataclass(frozen=True)
class Representations:
    """Some representations: each by its way and key, and the different keys by way."""

    places: Sequence[tuple[str, Any]]
    keys: Mapping[str, list[Any]]


def ways_of(graph: Graph) -> dict[str, Way]:
    """Every way in which rows of the graph are found, by name."""
    ways = [Way(entity, key) for entity in graph for key in keys_of(entity)]
    return {way.name: way for way in ways}


def reading(graph: Graph) -> Callable[[Sequence[Any]], Representations]:
    """What reads representations.

    It raises:
        BadInput: when one names no entity that is known here, or has none of its keys.
    """
    entities = {entity.name: [Way(entity, key) for key in keys_of(entity)] for entity in graph}

    def read(representations: Sequence[Any]) -> Representations:
        places = [_place(entities, each, f"representations[{n}]") for n, each in enumerate(representations)]
        keys: dict[str, dict[Any, None]] = {}
        for name, key in places:
            keys.setdefault(name, {})[key] = None
        return Representations(places, {name: list(found) for name, found in keys.items()})

    return read


def _place(entities: Mapping[str, list[Way]], representation: Any, path: str) -> tuple[str, Any]:
    name = representation.get("__typename") if isinstance(representation, Mapping) else None
    ways = entities.get(name) if isinstance(name, str) else None
    if ways is None:
        raise BadInput(f"{path} has no __typename that is an entity here.")
    for way in ways:
        value = representation.get(way.key.field)
        if value is not None:
            return way.name, _key(way, value, f"{path}.{way.key.field}")
    keys = " or ".join(way.key.field for way in ways)
    raise BadInput(f"{path} has no key. Name a {name} by {keys}.")


def _key(way: Way, value: Any, path: str) -> Any:
    try:
        if isinstance(value, str):
            return way.key.scalar.parse(value)
        raise ValueError("a key is a string")
    except ValueError as error:
        raise BadInput(f"{path}: {error}.") from None
