"""Measures as SQL."""

from __future__ import annotations

from resolvers.planner.conditions import sortable
from resolvers.planner.parameters import quote, table
from resolvers.planner.plan import Figures
from schema.supergraph.aggregates import Function, Measure

_FUNCTIONS = {
    Function.COUNT_DISTINCT: "count(DISTINCT {})::integer",
    Function.SUM: "sum({})",
    Function.AVG: "avg({})::double precision",
    Function.MIN: "min({})",
    Function.MAX: "max({})",
    Function.P50: "percentile_cont(0.5) WITHIN GROUP (ORDER BY {})",
    Function.P90: "percentile_cont(0.9) WITHIN GROUP (ORDER BY {})",
    Function.P99: "percentile_cont(0.99) WITHIN GROUP (ORDER BY {})",
}


def measure_value(measure: Measure, column: str) -> str:
    """The measure over a column (SQL)."""
    return _FUNCTIONS[measure.function].format(sortable(measure.column, column))


def measure_sql(measure: Measure, column: str) -> str:
    """The same as finished text."""
    return measure.scalar.output.format(measure_value(measure, column))


def measure_names(measures: tuple[Measure, ...]) -> list[str]:
    """The names under which measures are printed."""
    return [f"m{n}" for n in range(len(measures))]


def figures_select(plan: Figures, row: str, where: str, *, finished: bool = True) -> str:
    """`count` and the measures, as finished text or as they are."""
    measured = measure_sql if finished else measure_value
    columns = ["count(*)::integer AS count"]
    columns += [
        f"{measured(measure, f'{row}.{quote(measure.column.name)}')} AS {name}"
        for measure, name in zip(plan.measures, measure_names(plan.measures), strict=True)
    ]
    return f"SELECT {', '.join(columns)} FROM {table(plan.entity.table)} AS {row} WHERE {where}"
