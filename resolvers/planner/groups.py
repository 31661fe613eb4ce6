"""Groups as SQL."""

from __future__ import annotations

from resolvers.planner.conditions import sortable
from resolvers.planner.measures import measure_names, measure_sql, measure_value
from resolvers.planner.parameters import Parameters, quote, table
from resolvers.planner.plan import Groups
from schema.supergraph.aggregates import GroupOrder
from schema.vocabulary.column import Column


def groups_select(plan: Groups, row: str, where: str, parameters: Parameters, *, finished: bool = True) -> str:
    """Keys are computed in a subselect, so that grouping and ordering name the same expression.

    They and the measures are printed as finished text, or as they are.
    """
    inner = [f"{_key(plan, column, row, parameters)} AS g{n}" for n, column in enumerate(plan.by)]
    inner += [f"{row}.{quote(measure.column.name)} AS v{n}" for n, measure in enumerate(plan.measures)]
    keys = [f"g{n}" for n in range(len(plan.by))]
    outer = [
        f"{c.scalar.output.format(key) if finished else key} AS {quote(c.name)}"
        for c, key in zip(plan.by, keys, strict=True)
    ]
    outer.append("count(*)::integer AS count")
    measured = measure_sql if finished else measure_value
    outer += [
        f"{measured(measure, f'v{n}')} AS {name}"
        for n, (measure, name) in enumerate(zip(plan.measures, measure_names(plan.measures), strict=True))
    ]
    outer.append(f"row_number() OVER (ORDER BY {_order(plan, keys)}) AS _o")
    return (
        f"SELECT {', '.join(outer)} FROM (SELECT {', '.join(inner)} FROM {table(plan.entity.table)} AS {row}"
        f" WHERE {where}) AS s GROUP BY {', '.join(keys)} ORDER BY _o LIMIT {parameters.bind(plan.limit, 'bigint')}"
    )


def _key(plan: Groups, column: Column, row: str, parameters: Parameters) -> str:
    sql = f"{row}.{quote(column.name)}"
    if plan.bucket is None or not column.scalar.moment:
        return sql
    bucket = parameters.bind(plan.bucket.value, "text")
    if column.scalar.postgres == "date":
        return f"date_trunc({bucket}, {sql}::timestamp)::date"
    return f"date_trunc({bucket}, {sql}, {parameters.bind(plan.time_zone, 'text')})"


def _order(plan: Groups, keys: list[str]) -> str:
    descending = " DESC" if plan.order in {GroupOrder.KEY_DESC} else ""
    by_key = [f"{sortable(column, key)}{descending}" for column, key in zip(plan.by, keys, strict=True)]
    if plan.order is GroupOrder.COUNT_ASC:
        return ", ".join(["count(*)", *by_key])
    if plan.order is GroupOrder.COUNT_DESC:
        return ", ".join(["count(*) DESC", *by_key])
    return ", ".join(by_key)
