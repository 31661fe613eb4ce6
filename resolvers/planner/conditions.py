"""Predicates as SQL."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from resolvers.planner.parameters import Parameters, quote, table
from resolvers.planner.plan import All, Among, AnyOf, Beyond, Compare, Not, Predicate, Quantifier, Related
from resolvers.planner.slots import Slot, settled
from schema.supergraph.comparisons import Operator
from schema.supergraph.orders import Order
from schema.vocabulary.column import Column
from schema.vocabulary.edge import Link

_COMPARISONS = {
    Operator.EQ: "{column} = {value}",
    Operator.NE: "{column} IS DISTINCT FROM {value}",
    Operator.IN: "{column} = ANY ({value})",
    Operator.NOT_IN: "({column} = ANY ({value})) IS NOT TRUE",
    Operator.LT: "{sortable} < {value}",
    Operator.LTE: "{sortable} <= {value}",
    Operator.GT: "{sortable} > {value}",
    Operator.GTE: "{sortable} >= {value}",
    Operator.CONTAINS: "strpos(platform.fold({column}), platform.fold({value})) > 0",
    Operator.STARTS_WITH: "starts_with(platform.fold({column}), platform.fold({value}))",
    Operator.ENDS_WITH: "right(platform.fold({column}), length(platform.fold({value}))) = platform.fold({value})",
    Operator.HAS: "{value} = ANY ({column})",
    Operator.HAS_ANY: "{column} && {value}",
    Operator.HAS_ALL: "{column} @> {value}",
}
_JSON_CONTAINS = "{column} @> {value}"


def condition(predicate: Predicate, row: str, parameters: Parameters, joins: dict[str, str]) -> str:
    """The predicate over the row of alias `row`; `joins` are the aliases of rows that orders reach, by edge."""
    match predicate:
        case Compare():
            return _compare(predicate, row, parameters)
        case All():
            return " AND ".join(_grouped(part, row, parameters, joins) for part in _conjuncts(predicate)) or "TRUE"
        case AnyOf(parts):
            return " OR ".join(_grouped(part, row, parameters, joins) for part in parts) or "FALSE"
        case Not(part):
            return f"({condition(part, row, parameters, joins)}) IS NOT TRUE"
        case Related():
            return _related(predicate, row, parameters)
        case Beyond():
            return _beyond(predicate, row, parameters, joins)
        case Among(column, among):
            return f"{row}.{quote(column.name)} = ANY (ARRAY(SELECT id FROM access.{quote(among)}))"


def fixed(predicate: Predicate, row: str, parameters: Parameters) -> Iterator[tuple[str, str]]:
    """The columns that have one value in all rows for which the predicate holds, and the slot's parameter it is."""
    for part in _conjuncts(All((predicate,))):
        if isinstance(part, Compare) and part.operator is Operator.EQ and isinstance(part.value, Slot):
            yield f"{row}.{quote(part.column.name)}", parameters.bind(part.value, part.column.scalar.postgres)


def linked(link: Link, own: list[str], other: str, parameters: Parameters) -> str:
    """That the row `other` belongs to the values `own` (SQL, one for each own column of the link)."""
    parts = [f"{other}.{quote(column)} = {value}" for (_, column), value in zip(link.pairs, own, strict=False)]
    if through := link.through:
        # Not EXISTS: a set of ids is what an index on (key, id) can look for, so that no other row is read.
        alias = parameters.alias()
        parts.append(
            f"{other}.id = ANY (ARRAY(SELECT {alias}.{quote(through.target)} FROM {table(through.table)} AS {alias}"
            f" WHERE {alias}.{quote(through.own)} = {own[-1]}))"
        )
    return " AND ".join(parts)


def sortable(column: Column, sql: str) -> str:
    """The column as it is compared and ordered: text goes by code points, whatever the database's locale."""
    return f'{sql} COLLATE "C"' if column.scalar.postgres == "text" else sql


def _conjuncts(predicate: All) -> Iterator[Predicate]:
    for part in predicate.parts:
        if isinstance(part, All):
            yield from _conjuncts(part)
        else:
            yield part


def _grouped(part: Predicate, row: str, parameters: Parameters, joins: dict[str, str]) -> str:
    text = condition(part, row, parameters, joins)
    return f"({text})" if isinstance(part, All | AnyOf | Beyond) else text


def _compare(compare: Compare, row: str, parameters: Parameters) -> str:
    column, operator = compare.column, compare.operator
    sql = f"{row}.{quote(column.name)}"
    if operator is Operator.IS_NULL:
        return f"{sql} IS NULL" if compare.value else f"{sql} IS NOT NULL"
    postgres = column.scalar.postgres
    if postgres == "jsonb":
        value = parameters.bind(settled(compare.value, _json), "text") + "::jsonb"
        return _JSON_CONTAINS.format(column=sql, value=value)
    value = parameters.bind(compare.value, postgres + "[]" * operator.takes_list)
    return _COMPARISONS[operator].format(column=sql, sortable=sortable(column, sql), value=value)


def _related(related: Related, row: str, parameters: Parameters) -> str:
    edge, other = related.edge, parameters.alias()
    link = linked(edge.link, [f"{row}.{quote(column)}" for column in edge.link.own], other, parameters)
    part = condition(related.part, other, parameters, {})
    every = related.quantifier is Quantifier.EVERY
    exists = f"EXISTS (SELECT 1 FROM {table(edge.target.table)} AS {other} WHERE {link} AND "
    exists += f"({part}) IS NOT TRUE)" if every else f"({part}))"
    return exists if related.quantifier is Quantifier.SOME else f"NOT {exists}"


def _beyond(beyond: Beyond, row: str, parameters: Parameters, joins: dict[str, str]) -> str:
    """Behind a position: as one row comparison, which an index can start from, where the keys allow it; else key by
    key: behind in the first, or equal in it and behind in the next, and so on. NULL is the greatest."""
    keys = [order_key(order, row, joins) for order in beyond.order]
    bounds = [
        parameters.bind(value, order.column.scalar.postgres)
        for order, value in zip(beyond.order, beyond.position, strict=True)
    ]
    descending = {order.descending for order in beyond.order}
    if len(descending) == 1 and not any(order.nullable for order in beyond.order):
        sign = "<" if descending.pop() else ">"
        return f"({', '.join(keys)}) {sign} ({', '.join(bounds)})"
    ways: list[str] = []
    equal: list[str] = []
    for order, key, bound in zip(beyond.order, keys, bounds, strict=True):
        ways.append(" AND ".join([*equal, _behind(order, key, bound)]))
        equal.append(f"{key} IS NOT DISTINCT FROM {bound}" if order.nullable else f"{key} = {bound}")
    return " OR ".join(f"({way})" for way in ways)


def order_key(order: Order, row: str, joins: dict[str, str]) -> str:
    """What an order sorts by, as SQL."""
    alias = joins[order.edge.field] if order.edge else row
    return sortable(order.column, f"{alias}.{quote(order.column.name)}")


def _behind(order: Order, key: str, bound: str) -> str:
    sign = "<" if order.descending else ">"
    if not order.nullable:
        return f"{key} {sign} {bound}"
    empty, other = (bound, key) if order.descending else (key, bound)
    return f"({key} {sign} {bound} OR ({empty} IS NULL AND {other} IS NOT NULL))"


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
