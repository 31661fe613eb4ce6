"""Uses: which fields, arguments and input fields of a schema operations have asked for, and the ways to the others."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from graphql import GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, get_named_type

Item: TypeAlias = tuple[str, ...]
"""A type and its field, or input field; an argument's name behind them."""
Way: TypeAlias = tuple[str, ...]
"""The names of the fields that lead to a type, one below the other, from Query or from a filter."""


@dataclass(frozen=True)
class Aim:
    """Something that was not asked for: a way to its type; for an input's, on through the `where` of the last field."""

    way: Way
    inputs: Way = ()

    @property
    def beyond(self) -> Aim:
        """The aim below the next field."""
        return replace(self, way=self.way[1:])


class Uses:
    """Of one schema, from Query on."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.counts: Counter[Item] = Counter()
        self._ways: dict[str, Way] = {}
        self._input_aims: dict[str, Aim] = {}
        self._open: dict[str, set[Item]] = {}
        for name, kind in schema.type_map.items():
            if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType) and not name.startswith("__"):
                self._open[name] = {(name, field) for field in kind.fields}
            if isinstance(kind, GraphQLObjectType) and not name.startswith("__"):
                self._open[name] |= {(name, f, a) for f, field in kind.fields.items() for a in field.args}
        self._reach(schema)
        reached = {"Query", *self._ways, *self._input_aims}
        self._open = {name: items for name, items in self._open.items() if name in reached}
        self.all = frozenset(item for items in self._open.values() for item in items)

    def note(self, items: Iterable[Item]) -> None:
        """They have been asked for. When nothing is left that was not, all is fresh again."""
        for item in items:
            self.counts[item] += 1
            if item[0] in self._open:
                self._open[item[0]].discard(item)
        if not any(self._open.values()):
            for item in self.all:
                self._open[item[0]].add(item)

    def is_fresh(self, item: Item) -> bool:
        """Whether it is still to be asked for."""
        return item in self._open.get(item[0], ())

    def is_open(self, kind: str) -> bool:
        """Whether something of the type is still to be asked for."""
        return bool(self._open.get(kind))

    def missed(self) -> list[Item]:
        """What no operation has asked for."""
        return sorted(self.all - self.counts.keys())

    @property
    def share(self) -> float:
        """How much of the schema has been asked for, 0 to 1."""
        return 1 - len(self.missed()) / len(self.all)

    def aims(self) -> list[Aim]:
        """The types of which something has not been asked for."""
        return [self._aim(name) for name, items in self._open.items() if items]

    def _aim(self, kind: str) -> Aim:
        return self._input_aims[kind] if kind in self._input_aims else Aim(self._ways.get(kind, ()))

    def _reach(self, schema: GraphQLSchema) -> None:
        """The shortest ways, through objects only: what is in unions and interfaces has other ways too."""
        waiting: deque[tuple[GraphQLObjectType, Way]] = deque()
        if schema.query_type is not None:
            waiting.append((schema.query_type, ()))
        while waiting:
            kind, way = waiting.popleft()
            for name, field in kind.fields.items():
                if "where" in field.args and len(way) == 0:
                    self._reach_input(get_named_type(field.args["where"].type), (name,))
                below = get_named_type(field.type)
                if isinstance(below, GraphQLObjectType) and below.name not in self._ways:
                    self._ways[below.name] = (*way, name)
                    waiting.append((below, (*way, name)))

    def _reach_input(self, start: object, way: Way) -> None:
        waiting: deque[tuple[object, Way]] = deque([(start, ())])
        while waiting:
            kind, inner = waiting.popleft()
            if not isinstance(kind, GraphQLInputObjectType):
                continue
            if kind.name in self._input_aims and len(self._input_aims[kind.name].inputs) <= len(inner):
                continue
            self._input_aims[kind.name] = Aim(way, inner)
            waiting += ((get_named_type(field.type), (*inner, name)) for name, field in kind.fields.items())
