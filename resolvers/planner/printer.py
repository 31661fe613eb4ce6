"""The one module that prints plans as SQL: identifiers from declarations, values from parameters, never from input."""

from __future__ import annotations

from collections.abc import Sequence

from resolvers.planner.clauses import cursor, directed, masked, order_joins, order_keys, where_clause
from resolvers.planner.conditions import condition
from resolvers.planner.derivations import derivation_select
from resolvers.planner.found import found_select
from resolvers.planner.groups import groups_select
from resolvers.planner.measures import figures_select, measure_names
from resolvers.planner.parameters import Parameters, Statement, literal, quote, table
from resolvers.planner.plan import Derivation, Figures, Found, Groups, Located, Outer, Parents, Plan, Predicate, Rows
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity
from schema.vocabulary.scalar import FLOAT


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
    joins, join_sql = order_joins(plan.order, "r", parameters)
    where = _where(plan.where, plan.parents, parameters, joins)
    keys = order_keys(plan.order, "r", joins)
    columns = [f"{_output(column, 'r')} AS {quote(column.name)}" for column in plan.columns]
    names = [column.name for column in plan.columns]
    if plan.cursor is not None:
        columns.append(f"{cursor(plan.order, plan.cursor, 'r', joins, parameters)} AS _cursor")
        names.append("_cursor")
    if plan.parents:  # the order is repeated outside, where nothing else keeps it
        columns += [f"{key} AS _o{n}" for n, key in enumerate(keys)]
    sql = f"SELECT {', '.join(columns)} FROM {table(plan.entity.table)} AS r{join_sql} WHERE {where}"
    if plan.order:
        sql += f" ORDER BY {directed(keys, plan.order)}"
    if plan.limit is not None:
        sql += f" LIMIT {parameters.bind(plan.limit, 'bigint')}"
    if plan.offset:
        sql += f" OFFSET {parameters.bind(plan.offset, 'bigint')}"
    outer = directed([f"c._o{n}" for n in range(len(keys))], plan.order)
    return _for_parents(plan.entity, plan.parents, sql, names, parameters, outer)


def _figures(plan: Figures, parameters: Parameters) -> str:
    names = ["count", *measure_names(plan.measures)]
    where = _where(plan.where, plan.parents, parameters, {})
    return _for_parents(plan.entity, plan.parents, figures_select(plan, "r", where), names, parameters, "")


def _groups(plan: Groups, parameters: Parameters) -> str:
    names = [*(column.name for column in plan.by), "count", *measure_names(plan.measures)]
    where = _where(plan.where, plan.parents, parameters, {})
    return _for_parents(
        plan.entity, plan.parents, groups_select(plan, "r", where, parameters), names, parameters, "c._o"
    )


def _located(plan: Located, parameters: Parameters) -> str:
    ids = parameters.bind(plan.ids, "uuid[]")
    return " UNION ALL ".join(
        f"SELECT {literal(entity.name)} AS entity, r.id FROM {table(entity.table)} AS r"
        f" WHERE r.id = ANY ({ids}) AND {condition(where, 'r', parameters, {})}"
        for entity, where in plan.entities
    )


def _found(plan: Found, parameters: Parameters) -> str:
    return found_select(plan, parameters, FLOAT.output)


def _where(where: Predicate, parents: Parents | Outer | None, parameters: Parameters, joins: dict[str, str]) -> str:
    parent = (parents.link, [f"p.k{n}" for n in range(len(parents.link.own))]) if parents else None
    return where_clause(where, "r", parameters, joins, parent)


def _for_parents(
    entity: Entity,
    parents: Parents | Outer | None,
    inner: str,
    names: Sequence[str],
    parameters: Parameters,
    order: str,
) -> str:
    """`inner` once for each parent, whose keys it calls p.k0, p.k1 and so on; `_parent` is the parent's index."""
    if not isinstance(parents, Parents):
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


def _output(column: Column, row: str) -> str:
    """The column's finished text."""
    sql = f"{row}.{quote(column.name)}"
    return masked(column, row, sql if column.array else column.scalar.output.format(sql))
