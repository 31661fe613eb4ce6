"""What functions derive of a row as JSON."""

from __future__ import annotations

from resolvers.planner.answer import Derived, Listed, Shape
from resolvers.planner.answers.printing import Printing
from resolvers.planner.parameters import quote, table
from resolvers.planner.plan import Derivation


def derived(value: Derived, row: str, printing: Printing) -> str:
    """Objects or values, in a list where the function gives one."""
    plan, alias = value.derivation, printing.parameters.alias()
    if isinstance(value.value, Shape):
        told, join = "row_to_json(o$)", f" CROSS JOIN LATERAL (SELECT {printing.columns(value.value, alias)}) AS o$"
    else:
        told, join = printing.value(value.value, alias), ""
    select = f"SELECT {told} FROM {_call(plan, row)} AS {alias} (_key){join}"
    if plan.derived.item.many:
        return f"array_to_json(ARRAY({select} ORDER BY {alias}.ordinality))"
    return f"({select} ORDER BY {alias}.ordinality LIMIT 1)"


def listed(value: Listed, row: str, printing: Printing) -> str:
    """The objects of a list of records, which a function gives as JSON."""
    alias = printing.parameters.alias()
    items = value.item.record.items if value.item.record else ()
    types = ", ".join(f"{quote(item.name)} {item.scalar.postgres}" for item in items if item.scalar)
    return (
        f"array_to_json(ARRAY(SELECT row_to_json(o$)"
        f" FROM ROWS FROM (jsonb_to_recordset({row}.{quote(value.item.name)}) AS ({types})) WITH ORDINALITY AS {alias}"
        f" CROSS JOIN LATERAL (SELECT {printing.columns(value.shape, alias)}) AS o$ ORDER BY {alias}.ordinality))"
    )


def _call(plan: Derivation, row: str) -> str:
    return f"{table(plan.derived.function)}(ARRAY[{row}.{quote(plan.derived.key.name)}]) WITH ORDINALITY"
