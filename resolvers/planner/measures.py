"""Measures as SQL."""

from __future__ import annotations

from resolvers.planner.conditions import sortable
from schema.supergraph.aggregates import Function, Measure

_FUNCTIONS = {
    Function.COUNT_DISTINCT: "count(DISTINCT {})::integer",
    Function.SUM: "sum({})",
    Function.AVG: "avg({})::double precision",
    Function.MIN: "min({})",
    Function.MAX: "max({})",
}


def measure_sql(measure: Measure, column: str) -> str:
    """The measure over a column (SQL), as finished text."""
    value = _FUNCTIONS[measure.function].format(sortable(measure.column, column))
    return measure.scalar.output.format(value)


def measure_names(measures: tuple[Measure, ...]) -> list[str]:
    """The names under which measures are printed."""
    return [f"m{n}" for n in range(len(measures))]
