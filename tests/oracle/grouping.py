"""Groups: by what, cut how finely, in which order; and what their keys can be asked for then."""

from __future__ import annotations

from functools import partial
from typing import Any

from graphql import GraphQLField, GraphQLObjectType

from schema.assembly.names import upper_snake
from schema.supergraph.meaning import Follow
from schema.vocabulary.entity import Entity
from tests.oracle.asked import Asked, enum_of, meaning, object_of
from tests.oracle.chance import Chance
from tests.oracle.draft import Word
from tests.oracle.ground import Ground
from tests.oracle.placing import Placing

_ZONES = ["UTC", "America/Denver", "Europe/Madrid", "Asia/Kolkata", "Pacific/Chatham"]
_FEW_ROWS = 12
_MOST_KEYS = 9


class Grouping:
    """Makes the arguments of one operation's groups."""

    def __init__(self, ground: Ground, chance: Chance, placing: Placing) -> None:
        self._ground = ground
        self._chance = chance
        self._placing = placing

    def of(self, connection: str, field: GraphQLField, rows: int) -> Asked:
        """Those of the groups of a connection's type."""
        entity = self._ground.graph.entities[connection.removesuffix("Connection")]
        by, keys = self._by(entity, object_of(object_of(field.type).fields["key"].type))
        few = rows <= _FEW_ROWS
        found: dict[str, Any] = {"by": self._placing.place(field.args["by"].type, lambda: by, firm=True)}
        for name in ("bucket", "timeZone", "orderBy"):
            fresh = self._ground.uses.is_fresh((connection, "groups", name))
            if self._chance.happens(0.8 if fresh else 0.4):
                argument = field.args[name]
                nullable = name == "bucket"
                make = partial(self._value, name, argument)
                found[name] = self._placing.place(argument.type, make, empty=nullable)
        size = self._chance.choice([0, 1, 3, 5])
        if not few or self._chance.happens(0.6):
            found["first"] = self._placing.place(field.args["first"].type, lambda: size, empty=few)
        names = self._chance.sample(list(found), len(found))
        return Asked({name: found[name] for name in names}, size if "first" in found else 10, keys=keys)

    def _value(self, name: str, argument: Any) -> Any:
        if name == "timeZone":
            return self._chance.choice(_ZONES if self._chance.happens(0.99) else ["Nowhere/Else", ""])
        return Word(self._chance.choice(list(enum_of(argument).values)))

    def _by(self, entity: Entity, key: GraphQLObjectType) -> tuple[list[Word], frozenset[str]]:
        """What groups are by, and which fields their keys have then."""
        needed = {name: _columns(entity, name, field) for name, field in key.fields.items()}
        fresh = [name for name in needed if self._ground.uses.is_fresh((key.name, name))]
        few = self._chance.choice([1, 1, 2, 3])
        picked = [self._chance.first_of(fresh, list(needed)) for _ in range(few)] + self._chance.some(fresh, 0, 6)
        columns = [column for name in picked for column in needed[name]][:_MOST_KEYS]
        keys = frozenset(name for name, its in needed.items() if set(its) <= set(columns))
        return [Word(upper_snake(entity.columns[column].field)) for column in columns], keys


def _columns(entity: Entity, name: str, field: GraphQLField) -> tuple[str, ...]:
    """The columns that a key's field is made of."""
    means = meaning(field)
    if isinstance(means, Follow):
        return means.edge.link.own
    column = entity.column_of(name)
    if column is None:
        raise LookupError(f"groups of {entity.name} have a key {name} that is no column")
    return (column.name,)
