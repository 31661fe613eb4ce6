"""Rows that routers name by their keys as JSON."""

from __future__ import annotations

from resolvers.planner.answer import Reference, References
from resolvers.planner.answers.printing import Printing
from resolvers.planner.conditions import condition
from resolvers.planner.parameters import literal, quote, table


def references(value: References, printing: Printing) -> str:
    """The rows in the order of their names: a probe for each key that an entity has finds all that it names."""
    parameters = printing.parameters
    names, keys = parameters.bind(value.names, "text[]"), parameters.bind(value.keys, "text[]")
    probes = " UNION ALL ".join(_probe(name, each, printing) for name, each in value.ways.items())
    return (
        f"array_to_json(ARRAY(SELECT f.node FROM unnest({names}, {keys}) WITH ORDINALITY AS k (way, key, n)"
        f" LEFT JOIN ({probes}) AS f ON f.way = k.way AND f.key = k.key ORDER BY k.n))"
    )


def _probe(name: str, reference: Reference, printing: Printing) -> str:
    """Of an entity that is not whole, the keys are all there is to read."""
    entity, column, parameters = reference.entity, quote(reference.key.name), printing.parameters
    alias, keys = parameters.alias(), parameters.bind(reference.keys, f"{reference.key.scalar.postgres}[]")
    if entity.whole:
        rows = f"{table(entity.table)} AS {alias}"
        where = f" WHERE {alias}.{column} = ANY ({keys}) AND {condition(reference.where, alias, parameters, {})}"
    else:
        rows, where = f"unnest({keys}) AS {alias} ({column})", ""
    return (
        f"SELECT {literal(name)} AS way, {alias}.{column}::text AS key, row_to_json(o$) AS node FROM {rows}"
        f" CROSS JOIN LATERAL (SELECT {printing.columns(reference.shape, alias)}) AS o${where}"
    )
