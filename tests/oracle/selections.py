"""Selections: what is asked for of an object, under which names, in which fragments."""

from __future__ import annotations

from dataclasses import replace

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    TypeNameMetaFieldDef,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from tests.oracle.arguments import Arguments
from tests.oracle.asked import Asked
from tests.oracle.chance import Chance
from tests.oracle.draft import Field, Inline, Selection, Spread
from tests.oracle.fragments import Fragments
from tests.oracle.ground import Ground
from tests.oracle.naming import alias
from tests.oracle.picking import TYPENAME, Picking
from tests.oracle.placing import Placing
from tests.oracle.scope import NODE, Entry, Scope
from tests.oracle.spot import Spot
from tests.oracle.uses import Item
from tests.oracle.wrapping import Wrapping

_MOST_ALIASES = 60
_MOST_SPREAD = 25
_ID = Entry(NODE, "id", repr({}), "ID!", None)


class Selections:
    """Makes the selections of one operation, of about `fields` fields; `used` gathers what they name."""

    def __init__(self, ground: Ground, chance: Chance, placing: Placing, fields: int) -> None:
        self.used: set[Item] = set()
        self.fragments = Fragments()
        self._schema = ground.schema
        self._chance = chance
        self._arguments = Arguments(ground, chance, placing, self.used)
        self._picking = Picking(ground.uses, chance)
        self._wrapping = Wrapping(chance, placing)
        self._asked: dict[int, Asked] = {}
        self._left = fields
        self._aliases = _MOST_ALIASES

    def of(self, kind: GraphQLOutputType, scope: Scope, spot: Spot) -> list[Selection]:
        """What is selected of a type's objects, as far as the scope has room."""
        named = get_named_type(kind)
        if isinstance(named, GraphQLObjectType):
            return self._of_object(named, scope, spot)
        return self._of_members(named, scope, spot)

    def _of_object(self, kind: GraphQLObjectType, scope: Scope, spot: Spot) -> list[Selection]:
        found: list[Selection] = []
        for name in self._picking.names(kind, spot, self._left):
            if field := self._field(kind, name, scope, spot):
                found.append(field)
                if self._chance.happens(0.06) and (again := self._again(kind, field, scope, spot)):
                    found.append(again)
        is_node = _is_node(kind)
        found = self._wrapping.wrapped(kind.name, found, is_node=is_node)
        if (spot.keys, spot.grouped) == (None, None) and (spread := self._spread(kind, scope, spot)):
            found.insert(self._chance.randint(0, len(found)), spread)
        return found or [Field(TYPENAME)]

    def _of_members(self, kind: GraphQLNamedType, scope: Scope, spot: Spot) -> list[Selection]:
        """Of an interface or a union: what of its members, in fragments."""
        members = {member.name: member for member in self._schema.get_possible_types(kind)}  # type: ignore[arg-type]
        names = [name for name in spot.likely if name in members] or self._chance.some(members, 1, 3)
        found: list[Selection] = []
        for name in names + names[:1] * self._chance.happens(0.1):
            inside = self._of_object(members[name], scope, spot.deeper())
            found.append(Inline(name, self._wrapping.directives(0.05), inside))
        if self._chance.happens(0.5) and all(map(_is_node, members.values())) and scope.has_room("id", _ID):
            scope.enter("id", _ID)
            inline = Inline(NODE, self._wrapping.directives(0.1), [Field("id")])
            found.append(Field("id") if kind.name == NODE else inline)
        if self._chance.happens(0.4):
            found.append(Field(TYPENAME, directives=self._wrapping.directives(0.1)))
        if spread := self._spread(members[names[0]], scope, spot):
            found.append(spread)
        return self._chance.sample(found, len(found))

    def _field(self, kind: GraphQLObjectType, name: str, scope: Scope, spot: Spot) -> Field | None:
        """A field with what is selected below it; nothing where there is no key for it."""
        asked = Asked({})
        if name != TYPENAME:
            inputs = next((aim.inputs for aim in spot.aims if aim.way == (name,) and aim.inputs), ())
            asked = self._arguments.of(kind, name, spot.rows, inputs)
        entry = _entry(kind, name, asked)
        key = self._key(kind, name, scope, entry)
        if key is None:
            return None
        field = Field(name, None if key == name else key, asked.arguments, self._wrapping.directives(0.04))
        self._asked[id(field)] = asked
        self.used.add((kind.name, name))
        self._enter(kind, field, scope, entry, spot)
        return field

    def _again(self, kind: GraphQLObjectType, field: Field, scope: Scope, spot: Spot) -> Field | None:
        """The same field once more: beside it under another name, or merged with it."""
        if spot.crowded or self._left <= 0:
            return None
        if self._chance.happens(0.4):
            return self._field(kind, field.name, scope, spot)
        again = Field(field.name, field.alias, field.arguments, self._wrapping.directives(0.2))
        asked = self._asked[id(again)] = self._asked[id(field)]
        self._enter(kind, again, scope, _entry(kind, field.name, asked), spot)
        return again

    def _enter(self, kind: GraphQLObjectType, field: Field, scope: Scope, entry: Entry, spot: Spot) -> None:
        """The field takes its key in the scope; what is below it is selected."""
        self._left -= 1
        below = scope.enter(field.alias or field.name, entry)
        if below is not None:
            definition = _definition(kind, field.name)
            is_list = is_list_type(get_nullable_type(definition.type))
            spot = spot.below(
                field.name, self._asked[id(field)], is_list=is_list, is_connection="after" in definition.args
            )
            field.selections = self.of(definition.type, below, spot)

    def _key(self, kind: GraphQLObjectType, name: str, scope: Scope, entry: Entry) -> str | None:
        """The key under which the answer has the field: an alias now and then, and where its name is taken."""
        keys = [name, f"{name}{self._chance.randrange(10_000)}"]
        if self._aliases > 0 and self._chance.happens(0.12):
            keys.insert(0, alias(self._chance, list(kind.fields)))
        key = next((key for key in keys if scope.has_room(key, entry)), None)
        self._aliases -= key not in (None, name)
        return key

    def _spread(self, kind: GraphQLObjectType, scope: Scope, spot: Spot) -> Spread | None:
        """A named fragment, one that there is or a new one."""
        if spot.crowded or not self._chance.happens(0.12):
            return None
        most = max(3, _MOST_SPREAD // spot.rows)
        on = [kind.name, NODE] if _is_node(kind) else [kind.name]
        known = [name for each in on for name in self.fragments.fitting(each, scope, most)]
        if known and self._chance.happens(0.7):
            name = self._chance.choice(known)
        else:
            name = self._new_fragment(kind, self._chance.choice(on), spot)
            if not self.fragments.fits(name, scope):
                return None
        self.fragments.spread(name, scope)
        self._left -= self.fragments.fields(name)
        return Spread(name, self._wrapping.directives(0.15))

    def _new_fragment(self, kind: GraphQLObjectType, on: str, spot: Spot) -> str:
        before, scope = self._left, Scope()
        found = self._of_object(kind, scope, replace(spot.deeper(2), aims=(), likely=()))
        if on == NODE and scope.has_room("id", _ID):
            scope.enter("id", _ID)
            found = [Field("id"), Inline(kind.name, self._wrapping.directives(0.1), found)]
        elif on == NODE:
            on = kind.name
        return self.fragments.add(on, found, scope, before - self._left + 1)


def _definition(kind: GraphQLObjectType, name: str) -> GraphQLField:
    return TypeNameMetaFieldDef if name == TYPENAME else kind.fields[name]


def _entry(kind: GraphQLObjectType, name: str, asked: Asked) -> Entry:
    """What the scope has to know of a field."""
    definition = _definition(kind, name)
    below = Scope() if is_composite_type(get_named_type(definition.type)) else None
    return Entry(kind.name, name, repr(asked.arguments), str(definition.type), below)


def _is_node(kind: GraphQLObjectType) -> bool:
    return any(interface.name == NODE for interface in kind.interfaces)
