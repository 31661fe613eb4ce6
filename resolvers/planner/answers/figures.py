"""Figures and groups as JSON."""

from __future__ import annotations

from resolvers.planner.answer import Figured, Grouped, Shape
from resolvers.planner.answers.printing import Printing
from resolvers.planner.answers.rows import clause
from resolvers.planner.groups import groups_select
from resolvers.planner.measures import figures_select


def figured(value: Figured, row: str, printing: Printing) -> str:
    """An object, or one number."""
    plan, alias = value.figures, printing.parameters.alias()
    where = clause(plan, row, alias, printing)
    select = figures_select(plan, alias, where, finished=False)
    if not isinstance(value.value, Shape):
        return f"(SELECT {printing.value(value.value, 'f')} FROM ({select}) AS f)"
    shape = printing.columns(value.value, "f")
    return f"(SELECT row_to_json(o$) FROM ({select}) AS f CROSS JOIN LATERAL (SELECT {shape}) AS o$)"


def grouped(value: Grouped, row: str, printing: Printing) -> str:
    """A list of objects."""
    plan, alias = value.groups, printing.parameters.alias()
    where = clause(plan, row, alias, printing)
    select = groups_select(plan, alias, where, printing.parameters, finished=False)
    group = printing.parameters.alias()
    return (
        f"array_to_json(ARRAY(SELECT row_to_json(o$) FROM ({select}) AS {group}"
        f" CROSS JOIN LATERAL (SELECT {printing.columns(value.shape, group)}) AS o$ ORDER BY {group}._o))"
    )
