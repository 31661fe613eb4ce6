"""Page arguments: how many rows, in which order, from where. Cursors are read here and printed by the printer."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import orjson

from resolvers.bad_input import BadInput
from resolvers.planner.filters import scalar_value
from resolvers.planner.plan import Beyond, Predicate
from resolvers.planner.slots import Slot, settled
from schema.supergraph.orders import Order, orders
from schema.vocabulary.entity import Entity

_INT_MAX = 2**31 - 1


@dataclass(frozen=True)
class PageLimits:
    """How many rows a page has: where nobody says, and at most."""

    default: int = 50
    maximum: int = 1000

    def size(self, value: int | Slot | None, argument: str) -> Any:
        """What a client asked for, within the limits; a slot's is held against them with each request.

        Raises:
            BadInput: when it is negative or too much.
        """
        if value is None:
            return min(self.default, self.maximum)
        return settled(value, lambda asked: self._held(asked, argument))

    def _held(self, value: int, argument: str) -> int:
        if value < 0:
            raise BadInput(f"{argument} is {value}. Ask for 0 rows or more.")
        if value > self.maximum:
            raise BadInput(
                f"{argument} is {value}; a page has at most {self.maximum} rows. Ask for fewer, and go on with `after`."
            )
        return value


@dataclass(frozen=True)
class Page:
    """A page of a connection. A backward page is read in the reversed order and turned round afterwards.

    `size` and `offset` are numbers, `bounded` is a truth, or they are slots of such.
    """

    size: Any
    backward: bool
    offset: Any
    order: tuple[Order, ...]
    signature: str
    bounds: tuple[Predicate, ...]
    bounded: Any
    """Whether a cursor or an offset lies between the page and the start it is read from."""


def read_page(entity: Entity, arguments: Mapping[str, Any], limits: PageLimits, default: tuple[str, ...] = ()) -> Page:
    """The page that first, after, last, before, offset and orderBy ask for; `default` is the order where none is.

    Raises:
        BadInput: with what is wrong and how to mend it.
    """
    first, last = arguments.get("first"), arguments.get("last")
    after, before = arguments.get("after"), arguments.get("before")
    if first is not None and last is not None:
        raise BadInput("first and last ask for two pages at once. Give one of them.")
    backward = last is not None or (before is not None and first is None)
    offset = settled(arguments.get("offset") or 0, _offset_back if backward else _offset)
    size = limits.size(last if backward else first, "last" if backward else "first")
    order, signature = _order(entity, [name.value for name in arguments.get("orderBy") or ()] or default)
    bounds = []
    if after is not None:
        bounds.append(Beyond(order, _position(after, order, signature, "after")))
    if before is not None:
        bounds.append(Beyond(_reversed(order), _position(before, order, signature, "before")))
    return Page(
        size=size,
        backward=backward,
        offset=offset,
        order=_reversed(order) if backward else order,
        signature=signature,
        bounds=tuple(bounds),
        bounded=(before if backward else after) is not None or settled(offset, bool),
    )


def _offset(offset: int) -> int:
    if offset < 0:
        raise BadInput(f"offset is {offset}. Skip 0 rows or more.")
    return offset


def _offset_back(offset: int) -> int:
    if _offset(offset):
        raise BadInput("offset counts from the start and goes with first. With last, use before.")
    return offset


def _order(entity: Entity, names: Sequence[str]) -> tuple[tuple[Order, ...], str]:
    """The keys asked for, and the id behind them in the last one's direction, so that an index serves both."""
    known = orders(entity)
    keys = [known[name] for name in names]
    signature = ",".join(key.name for key in keys)
    unique: dict[object, Order] = {}
    for key in keys:
        unique.setdefault((key.edge, key.column), key)
    ids = entity.columns["id"]
    if (None, ids) not in unique:
        unique[None, ids] = known["ID_DESC" if keys and keys[-1].descending else "ID_ASC"]
    return tuple(unique.values()), signature


def _reversed(order: tuple[Order, ...]) -> tuple[Order, ...]:
    return tuple(replace(key, descending=not key.descending) for key in order)


def _position(cursor: Any, order: tuple[Order, ...], signature: str, argument: str) -> tuple[Any, ...]:
    """The values that a cursor, or its slot, holds.

    Raises:
        BadInput: when it is no cursor of this order; it may come from anywhere.
    """

    def part(n: int, text: str) -> Any:
        return _value(order[n], _parts(text, order, signature, argument)[n], argument)

    return tuple(settled(cursor, partial(part, n)) for n in range(len(order)))


def _parts(cursor: str, order: tuple[Order, ...], signature: str, argument: str) -> list[Any]:
    try:
        parts = orjson.loads(base64.b64decode(cursor, validate=True))
    except (binascii.Error, ValueError):
        parts = None
    if not isinstance(parts, list) or len(parts) < 1 or not isinstance(parts[0], str):
        raise _no_cursor(argument)
    if parts[0] != signature or len(parts) != len(order) + 1:
        theirs, ours = parts[0] or "the default order", signature or "the default order"
        raise BadInput(
            f"{argument} is a cursor of another order ({theirs[:200]}, not {ours}). Use the same orderBy on every page."
        )
    return parts[1:]


def _value(key: Order, part: Any, argument: str) -> Any:
    if part is None and key.nullable:
        return None
    if not isinstance(part, str | int) or isinstance(part, bool):
        raise _no_cursor(argument)
    if key.column.scalar.postgres == "text":
        return str(part)
    return scalar_value(key.column.scalar, part, argument)


def _no_cursor(argument: str) -> BadInput:
    return BadInput(f"{argument} is no cursor. Take one from `edges.cursor` or `pageInfo`, unchanged.")
