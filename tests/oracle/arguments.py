"""Arguments of fields, by what the field is for: pages, groups, lookups, search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLArgument, GraphQLField, GraphQLObjectType

from schema.supergraph.meaning import Lookup
from tests.oracle.asked import Asked, enum_of, item_of, meaning
from tests.oracle.chance import Chance
from tests.oracle.draft import Word
from tests.oracle.filters import Filters
from tests.oracle.ground import Ground
from tests.oracle.grouping import Grouping
from tests.oracle.paging import Paging
from tests.oracle.placing import Placing
from tests.oracle.uses import Item, Way
from tests.oracle.values import Values


class Arguments:
    """Makes the arguments of one operation's fields; `used` gathers those that it names."""

    def __init__(self, ground: Ground, chance: Chance, placing: Placing, used: set[Item]) -> None:
        self._ground = ground
        self._chance = chance
        self._placing = placing
        self._used = used
        self._values = Values(chance, ground.stock)
        self._filters = Filters(ground, chance, placing, used)
        self._grouping = Grouping(ground, chance, placing)
        self._paging = Paging(chance, placing)

    def of(self, kind: GraphQLObjectType, name: str, rows: int, way: Way) -> Asked:
        """Those of a field, which there is about `rows` times; `way` leads through its filter."""
        asked = self._made(kind, name, kind.fields[name], rows, way)
        self._used.update((kind.name, name, argument) for argument in asked.arguments)
        return asked

    def _made(self, kind: GraphQLObjectType, name: str, field: GraphQLField, rows: int, way: Way) -> Asked:
        means = meaning(field)
        if "after" in field.args:
            return self._connection(kind.name, name, field.args, rows, way)
        if "by" in field.args:
            return self._grouping.of(kind.name, field, rows)
        if isinstance(means, Lookup):
            return self._lookup(kind.name, name, means, field.args)
        if "text" in field.args:
            return self._search(field.args)
        if "id" in field.args or "ids" in field.args:
            return self._nodes(field.args)
        if field.args:
            raise LookupError(f"nobody knows what {kind.name}.{name} is to be given")
        return Asked({})

    def _connection(self, kind: str, name: str, args: Mapping[str, GraphQLArgument], rows: int, way: Way) -> Asked:
        fresh = [each for each in args if self._ground.uses.is_fresh((kind, name, each))]
        found, size = self._paging.page(kind, name, args, fresh, rows)
        if "where" in args and (way or self._chance.happens(0.8 if "where" in fresh else 0.35)):
            where = args["where"].type
            found["where"] = self._placing.place(where, lambda: self._filters.where(where, way), firm=bool(way))
        names = self._chance.sample(list(found), len(found))
        return Asked({each: found[each] for each in names}, size)

    def _lookup(self, kind: str, name: str, means: Lookup, args: Mapping[str, GraphQLArgument]) -> Asked:
        """One of the keys; now and then two, or null beside the one."""
        keys = dict(means.keys)
        fresh = [key for key in keys if self._ground.uses.is_fresh((kind, name, key))]
        key = self._chance.first_of(fresh, list(keys))
        found = {key: self._placing.place(args[key].type, lambda: self._key(means, key, args[key]), empty=False)}
        for other in keys:
            if other != key and self._chance.happens(0.02):
                found[other] = None if self._chance.happens(0.8) else self._key(means, other, args[other])
        return Asked(found)

    def _key(self, means: Lookup, key: str, argument: GraphQLArgument) -> Any:
        if key == "id":
            return self._values.any_id(means.entity.name)
        return self._values.of(means.entity, dict(means.keys)[key], argument.type)

    def _search(self, args: Mapping[str, GraphQLArgument]) -> Asked:
        size = self._chance.choice([0, 1, 8, 30])
        found = {"text": self._placing.place(args["text"].type, self._values.words_of_text)}
        if self._chance.happens(0.8):
            found["first"] = self._placing.place(args["first"].type, lambda: size)
        if self._chance.happens(0.5):
            words = [Word(value) for value in enum_of(args["types"]).values]
            found["types"] = self._placing.place(args["types"].type, lambda: self._chance.some(words, 0, len(words)))
        return Asked(found, size if "first" in found else 10)

    def _nodes(self, args: Mapping[str, GraphQLArgument]) -> Asked:
        """Ids of a few types' rows."""
        ((name, argument),) = args.items()
        likely = tuple(self._chance.some(self._ground.graph.entities, 1, 4))
        kind = argument.type
        size, item = self._chance.choice([0, 1, 2, 5, 9]), item_of(kind)
        if item is None:
            return Asked({name: self._placing.place(kind, lambda: self._id(likely), empty=False)}, likely=likely)

        def ids() -> list[Any]:
            known = [self._placing.place(item, lambda: self._id(likely), empty=False) for _ in range(size)]
            return known + known[:1] if size and self._chance.happens(0.2) else known

        return Asked({name: self._placing.place(kind, ids, empty=False)}, size + 1, likely=likely)

    def _id(self, likely: tuple[str, ...]) -> str:
        return self._values.any_id(self._chance.choice(likely))
