"""The clauses of a statement over rows, by the alias that the row has there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from resolvers.planner.conditions import condition, linked, order_key
from resolvers.planner.parameters import Parameters, quote, table
from resolvers.planner.plan import Predicate
from schema.supergraph.orders import Order
from schema.vocabulary.column import Column
from schema.vocabulary.edge import Link


def where_clause(
    where: Predicate, row: str, parameters: Parameters, joins: dict[str, str], parent: tuple[Link, list[str]] | None
) -> str:
    """The predicate, and that the row belongs to a parent: to its link's own columns, as SQL."""
    text = condition(where, row, parameters, joins)
    if parent is None:
        return text
    link, own = parent
    belongs = linked(link, own, row, parameters)
    return belongs if text == "TRUE" else f"{belongs} AND ({text})"


def order_joins(orders: Sequence[Order], row: str, parameters: Parameters) -> tuple[dict[str, str], str]:
    """The aliases of the rows that orders reach, by edge, and the joins that bring them."""
    joins: dict[str, str] = {}
    sql = ""
    for order in orders:
        if (edge := order.edge) and edge.field not in joins:
            alias = joins[edge.field] = parameters.alias()
            link = linked(edge.link, [f"{row}.{quote(column)}" for column in edge.link.own], alias, parameters)
            sql += f" LEFT JOIN {table(edge.target.table)} AS {alias} ON {link}"
    return joins, sql


def order_keys(orders: Sequence[Order], row: str, joins: dict[str, str]) -> list[str]:
    return [order_key(order, row, joins) for order in orders]


def directed(keys: Sequence[str], orders: Sequence[Order]) -> str:
    """NULL is the greatest value, as PostgreSQL's own indexes have it."""
    return ", ".join(f"{key}{' DESC' * order.descending}" for key, order in zip(keys, orders, strict=True))


def masked(column: Column, row: str, sql: str) -> str:
    """What is told of the column; behind a mask, only where the row is in the mask's set."""
    if column.mask is None or not column.masked:
        return sql
    concerned = f"{row}.{quote(column.mask.column)} IN (SELECT id FROM access.{quote(column.mask.among)})"
    return f"CASE WHEN {concerned} THEN {sql} END"


def cursor(orders: Sequence[Order], signature: Any, row: str, joins: dict[str, str], parameters: Parameters) -> str:
    """The order's signature and the row's values in it: JSON in base 64, without the lines that PostgreSQL breaks."""
    values = [order.column.scalar.output.format(order_key(order, row, joins)) for order in orders]
    array = ", ".join([parameters.bind(signature, "text"), *values])
    return f"translate(encode(convert_to(json_build_array({array})::text, 'UTF8'), 'base64'), E'\\n', '')"
