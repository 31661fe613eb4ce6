"""Cursors: wishes for them come true by an earlier answer of the same connection in the same order."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import orjson
from graphql import OperationType, parse

from resolvers.operation import Operation
from tests.oracle.draft import Draft, Field, Wish, selection_lists
from tests.oracle.seat import Seat

_ROOT = "Query"
_PAGE = "{ edges { cursor } }"


async def fulfil(draft: Draft, seat: Seat) -> None:
    """Puts a cursor in the place of every wish."""
    for selections in selection_lists(draft):
        for each in selections:
            if isinstance(each, Field):
                each.arguments = {name: await _granted(value, seat) for name, value in each.arguments.items()}
    for variable in draft.declared.values():
        variable.default = [await _granted(value, seat) for value in variable.default]
    for values in draft.variables:
        for name, value in values.items():
            values[name] = await _granted(value, seat)


async def _granted(value: Any, seat: Seat) -> Any:
    if not isinstance(value, Wish):
        return value
    known = await _known(_wide(value, seat) if value.place % 2 else value, seat) or await _known(
        _wide(value, seat), seat
    )
    if not known:
        return None
    cursor = known[value.place % len(known)]
    return _edited(cursor, value.edit) if value.edit else cursor


def _wide(wish: Wish, seat: Seat) -> Wish:
    """The wish for cursors of any row of the entity: a nested connection may be empty where it is looked at."""
    entity = seat.ground.graph.entities.get(wish.kind)
    edge = entity.edges.get(wish.field) if entity else None
    return replace(wish, kind=_ROOT, field=edge.target.plural) if edge else wish


async def _known(wish: Wish, seat: Seat) -> list[str]:
    key = (wish.kind, wish.field, wish.order)
    if key not in seat.cursors:
        seat.cursors[key] = await _found(wish, seat)
    return seat.cursors[key]


async def _found(wish: Wish, seat: Seat) -> list[str]:
    """The cursors of the first and of the last rows: what is NULL stands at one end."""
    order = f"orderBy: [{', '.join(wish.order)}]" if wish.order else ""
    pages = f"a: {wish.field}(first: 9 {order}) {_PAGE} z: {wish.field}(last: 9 {order}) {_PAGE}"
    if wish.kind == _ROOT:
        return await _cursors(f"{{ {pages} }}", seat)
    plural = seat.ground.graph.entities[wish.kind].plural
    return await _cursors(f"{{ {plural}(first: 5) {{ nodes {{ {pages} }} }} }}", seat)


async def _cursors(text: str, seat: Seat) -> list[str]:
    operation = Operation(parse(text), text, None, OperationType.QUERY, {}, "oracle", seat.viewer)
    result = await seat.executor.execute(operation, seat.viewer)
    if result.errors:
        raise result.errors[0]
    return list(dict.fromkeys(_in(orjson.loads(orjson.dumps(result.data)))))


def _in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [value["cursor"]] if "cursor" in value else [each for item in value.values() for each in _in(item)]
    return [each for item in value for each in _in(item)] if isinstance(value, list) else []


def _edited(cursor: str, edit: int) -> str:
    """The cursor as somebody may have spoilt it."""
    parts = orjson.loads(base64.b64decode(cursor))
    match edit:
        case 1:
            return cursor[:-3]
        case 2:
            parts[-1] = None
        case 3:
            parts[-1] = "not an id"
        case 4:
            parts.append(1)
        case 5:
            parts[0] = "NUMBER_ASC"
        case _:
            parts[1] = True
    return base64.b64encode(orjson.dumps(parts)).decode()
