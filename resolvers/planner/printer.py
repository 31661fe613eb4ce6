"""The one module that prints plans as SQL: identifiers from declarations, values from parameters, never from input."""

from __future__ import annotations

from collections.abc import Sequence

from resolvers.planner.conditions import condition, linked, order_key
from resolvers.planner.derivations import derivation_select
from resolvers.planner.groups import groups_select
from resolvers.planner.measures import measure_names, measure_sql
from resolvers.planner.parameters import Parameters, Statement, quote, table
from resolvers.planner.plan import Derivation, Figures, Found, Groups, Located, Parents, Plan, Predicate, Rows
from schema.supergraph.orders import Order
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity


def print_plan(plan: Plan) -> Statement:
    """The plan as one statement."""
    parameters = Parameters()
    match plan:
        case Rows():
            sql = _rows(plan, parameters)
        case Figures():
            sql = _figures(plan, parameters)
        case Groups():
            sql = _groups(plan, parameters)
        case Derivation():
            sql = derivation_select(plan, parameters)
        case Located():
            sql = _located(plan, parameters)
        case Found():
            sql = _found(plan, parameters)
    return Statement(sql, tuple(parameters.values))


def _rows(plan: Rows, parameters: Parameters) -> str:
    joins, join_sql = _order_joins(plan.order, parameters)
    where = _where(plan.where, plan.parents, parameters, joins)
    keys = [order_key(order, "r", joins) for order in plan.order]
    columns = [f"{_output(column, 'r')} AS {quote(column.name)}" for column in plan.columns]
    names = [column.name for column in plan.columns]
    if plan.cursor is not None:
        columns.append(f"{_cursor(plan, joins, parameters)} AS _cursor")
        names.append("_cursor")
    if plan.parents:  # the order is repeated outside, where nothing else keeps it
        columns += [f"{key} AS _o{n}" for n, key in enumerate(keys)]
    sql = f"SELECT {', '.join(columns)} FROM {table(plan.entity.table)} AS r{join_sql} WHERE {where}"
    if plan.order:
        sql += f" ORDER BY {_directed(keys, plan.order)}"
    if plan.limit is not None:
        sql += f" LIMIT {parameters.bind(plan.limit, 'bigint')}"
    if plan.offset:
        sql += f" OFFSET {parameters.bind(plan.offset, 'bigint')}"
    outer = _directed([f"c._o{n}" for n in range(len(keys))], plan.order)
    return _for_parents(plan.entity, plan.parents, sql, names, parameters, outer)


def _figures(plan: Figures, parameters: Parameters) -> str:
    names = ["count", *measure_names(plan.measures)]
    where = _where(plan.where, plan.parents, parameters, {})
    columns = ["count(*)::integer AS count"]
    columns += [
        f"{measure_sql(measure, f'r.{quote(measure.column.name)}')} AS m{n}" for n, measure in enumerate(plan.measures)
    ]
    sql = f"SELECT {', '.join(columns)} FROM {table(plan.entity.table)} AS r WHERE {where}"
    return _for_parents(plan.entity, plan.parents, sql, names, parameters, "")


def _groups(plan: Groups, parameters: Parameters) -> str:
    names = [*(column.name for column in plan.by), "count", *measure_names(plan.measures)]
    where = _where(plan.where, plan.parents, parameters, {})
    return _for_parents(
        plan.entity, plan.parents, groups_select(plan, "r", where, parameters), names, parameters, "c._o"
    )


def _located(plan: Located, parameters: Parameters) -> str:
    ids = parameters.bind(list(plan.ids), "uuid[]")
    return " UNION ALL ".join(
        f"SELECT {parameters.bind(entity.name, 'text')} AS entity, r.id FROM {table(entity.table)} AS r"
        f" WHERE r.id = ANY ({ids}) AND {condition(where, 'r', parameters, {})}"
        for entity, where in plan.entities
    )


def _found(plan: Found, parameters: Parameters) -> str:
    text = f"platform.fold({parameters.bind(plan.text, 'text')})"
    limit = parameters.bind(plan.limit, "bigint")
    probes = " UNION ALL ".join(
        f"SELECT {parameters.bind(entity.name, 'text')} AS entity, s.id, s.rank"
        f" FROM access.{quote('search_' + entity.table.replace('.', '_'))}({text}, {limit}) AS s"
        for entity in plan.entities
    )
    return (
        f"SELECT f.entity, f.id, f.rank::numeric::double precision AS rank FROM ({probes}) AS f"
        f" ORDER BY f.rank DESC, f.entity DESC, f.id DESC LIMIT {limit}"
    )


def _where(where: Predicate, parents: Parents | None, parameters: Parameters, joins: dict[str, str]) -> str:
    text = condition(where, "r", parameters, joins)
    if parents is None:
        return text
    own = [f"p.k{n}" for n in range(len(parents.link.own))]
    return f"{linked(parents.link, own, 'r', parameters)} AND ({text})"


def _for_parents(
    entity: Entity, parents: Parents | None, inner: str, names: Sequence[str], parameters: Parameters, order: str
) -> str:
    """`inner` once for each parent, whose keys it calls p.k0, p.k1 and so on; `_parent` is the parent's index."""
    if parents is None:
        return inner
    types = [entity.columns[other].scalar.postgres for _, other in parents.link.pairs]
    types += ["uuid"] * (parents.link.through is not None)
    arrays = [parameters.bind([key[n] for key in parents.keys], f"{postgres}[]") for n, postgres in enumerate(types)]
    keys = ", ".join(f"k{n}" for n in range(len(types)))
    columns = "".join(f", c.{quote(name)}" for name in names)
    return (
        f"SELECT (p.n - 1)::integer AS _parent{columns}"
        f" FROM unnest({', '.join(arrays)}) WITH ORDINALITY AS p ({keys}, n)"
        f" CROSS JOIN LATERAL ({inner}) AS c ORDER BY p.n{order and ', '}{order}"
    )


def _order_joins(orders: tuple[Order, ...], parameters: Parameters) -> tuple[dict[str, str], str]:
    """The aliases of the rows that orders reach, by edge, and the joins that bring them."""
    joins: dict[str, str] = {}
    sql = ""
    for order in orders:
        if (edge := order.edge) and edge.field not in joins:
            alias = joins[edge.field] = parameters.alias()
            link = linked(edge.link, [f"r.{quote(column)}" for column in edge.link.own], alias, parameters)
            sql += f" LEFT JOIN {table(edge.target.table)} AS {alias} ON {link}"
    return joins, sql


def _directed(keys: Sequence[str], orders: Sequence[Order]) -> str:
    """NULL is the greatest value, as PostgreSQL's own indexes have it."""
    return ", ".join(f"{key}{' DESC' * order.descending}" for key, order in zip(keys, orders, strict=True))


def _output(column: Column, row: str) -> str:
    """The column's finished text; behind a mask, only where the row is in the mask's set."""
    sql = f"{row}.{quote(column.name)}"
    text = sql if column.array else column.scalar.output.format(sql)
    if column.mask is None or not column.masked:
        return text
    concerned = f"{row}.{quote(column.mask.column)} IN (SELECT id FROM access.{quote(column.mask.among)})"
    return f"CASE WHEN {concerned} THEN {text} END"


def _cursor(plan: Rows, joins: dict[str, str], parameters: Parameters) -> str:
    """The order's signature and the row's values in it: JSON in base 64, without the lines that PostgreSQL breaks."""
    values = [order.column.scalar.output.format(order_key(order, "r", joins)) for order in plan.order]
    array = ", ".join([parameters.bind(plan.cursor, "text"), *values])
    return f"translate(encode(convert_to(json_build_array({array})::text, 'UTF8'), 'base64'), E'\\n', '')"
