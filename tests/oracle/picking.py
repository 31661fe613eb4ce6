"""Picking: which fields of an object an operation asks for; those first that no operation asked for before."""

from __future__ import annotations

from graphql import (
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_list_type,
)

from schema.supergraph.meaning import Derive, Merge, Part, Root
from tests.oracle.asked import meaning
from tests.oracle.chance import Chance
from tests.oracle.spot import Spot
from tests.oracle.uses import Uses

TYPENAME = "__typename"
_PLENTY = 10


class Picking:
    """Picks for one operation."""

    def __init__(self, uses: Uses, chance: Chance) -> None:
        self._uses = uses
        self._chance = chance

    def names(self, kind: GraphQLObjectType, spot: Spot, left: int) -> list[str]:
        """Fields in any order; `left` is how many more the operation should have."""
        known = [name for name in kind.fields if spot.keys is None or name in spot.keys]
        leaves = [name for name in known if not _leads_on(kind, name)]
        room = left > 0 and not spot.crowded
        found = self._leaves(kind, leaves, spot, room=room)
        if room:
            found += self._objects(kind, [name for name in known if name not in leaves], spot, left)
            found += [aim.way[0] for aim in spot.aims if aim.way]
        if self._chance.happens(0.15):
            found.append(TYPENAME)
        unique = list(dict.fromkeys(found))
        return self._chance.sample(unique, len(unique))

    def _leaves(self, kind: GraphQLObjectType, names: list[str], spot: Spot, *, room: bool) -> list[str]:
        fresh = [name for name in names if self._uses.is_fresh((kind.name, name))]
        found = [self._chance.first_of(fresh, names) for _ in range(self._chance.choice([0, 1, 1, 2, 3, 5])) if names]
        most = 14 if spot.reached else 4 if room else 0
        more = self._chance.some(fresh, min(most, 2), most)
        return found + more

    def _objects(self, kind: GraphQLObjectType, names: list[str], spot: Spot, left: int) -> list[str]:
        """Fields with fields below them: some at the root, and where there is nothing else."""
        if not names:
            return []
        open_ = [name for name in names if self._is_open(kind, name)]
        fresh = [name for name in names if self._uses.is_fresh((kind.name, name)) and not _is_abstract(kind, name)]
        low = 1 if not (spot.depth or spot.aims) or len(names) == len(kind.fields) else 0
        high = 3 if spot.depth == 0 else 2 if left > _PLENTY else 1
        found = [self._chance.first_of(open_, names) for _ in range(self._chance.randint(low, high))]
        most = 6 if spot.reached else 3 if left > _PLENTY else 0
        found += self._chance.some(fresh, min(most, 1), most)
        found += self._one_of([name for name in names if _is_page(kind, name)], 0.75)
        found += self._one_of([name for name in names if meaning(kind.fields[name]) is Part.PAGE_INFO], 0.3)
        return found + self._one_of([name for name in names if _is_special(kind, name)], 0.25)

    def _one_of(self, names: list[str], share: float) -> list[str]:
        return [self._chance.choice(names)] if names and self._chance.happens(share) else []

    def _is_open(self, kind: GraphQLObjectType, name: str) -> bool:
        """Whether there is something new to ask for of the field or right below it."""
        field = kind.fields[name]
        arguments = any(self._uses.is_fresh((kind.name, name, argument)) for argument in field.args)
        return (
            arguments or self._uses.is_fresh((kind.name, name)) or self._uses.is_open(get_named_type(field.type).name)
        )


def _leads_on(kind: GraphQLObjectType, name: str) -> bool:
    return is_composite_type(get_named_type(kind.fields[name].type))


def _is_page(kind: GraphQLObjectType, name: str) -> bool:
    """Whether it is the rows of a page: what connections are asked for mostly."""
    field = kind.fields[name]
    return is_list_type(get_nullable_type(field.type)) and not field.args


def _is_special(kind: GraphQLObjectType, name: str) -> bool:
    """Whether there are few such fields, so that chance would seldom come upon them."""
    return isinstance(meaning(kind.fields[name]), Derive | Merge | Root)


def _is_abstract(kind: GraphQLObjectType, name: str) -> bool:
    return is_abstract_type(get_named_type(kind.fields[name].type))
