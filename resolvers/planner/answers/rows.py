"""Rows of entities as JSON."""

from __future__ import annotations

from resolvers.planner.answer import Choice, Hits, Named, Nodewise, One
from resolvers.planner.answers.printing import Printing
from resolvers.planner.clauses import where_clause
from resolvers.planner.conditions import condition, fixed
from resolvers.planner.found import found_select
from resolvers.planner.parameters import literal, quote, table
from resolvers.planner.plan import Figures, Groups, Rows


def one(value: One, row: str, printing: Printing) -> str:
    """The object of the row that is found, or NULL."""
    rows, alias = value.rows, printing.parameters.alias()
    source, where = table(rows.entity.table), clause(rows, row, alias, printing)
    if not rows.entity.whole:  # the key is all that is known here
        key = f"{alias}.{quote('id')}"
        source, where = f"(SELECT {printing.equal[key]} AS id)", f"{key} IS NOT NULL"
    return (
        f"(SELECT row_to_json(o$) FROM {source} AS {alias}"
        f" CROSS JOIN LATERAL (SELECT {printing.columns(value.shape, alias)}) AS o$"
        f" WHERE {where}{'' if value.sure else ' LIMIT 1'})"
    )


def choice(value: Choice, row: str, printing: Printing) -> str:
    """The object of the row that `row` names by its columns entity and id."""
    ways = "".join(f" WHEN {literal(name)} THEN {one(way, row, printing)}" for name, way in value.ways.items())
    return f"CASE {row}.entity{ways} END"


def nodewise(value: Nodewise, printing: Printing) -> str:
    """The rows with some ids: one probe of each table finds them all."""
    parameters = printing.parameters
    ids = parameters.bind(value.located.ids, "uuid[]")
    probes = []
    for entity, scope in value.located.entities:
        alias = parameters.alias()
        probes.append(
            f"SELECT {alias}.id, row_to_json(o$) AS node FROM {table(entity.table)} AS {alias}"
            f" CROSS JOIN LATERAL (SELECT {printing.columns(value.ways[entity.name].shape, alias)}) AS o$"
            f" WHERE {alias}.id = ANY ({ids}) AND {condition(scope, alias, parameters, {})}"
        )
    found = " UNION ALL ".join(probes)
    if value.single:
        return f"(SELECT f.node FROM ({found}) AS f)"
    return (
        f"array_to_json(ARRAY(SELECT f.node FROM unnest({ids}) WITH ORDINALITY AS k (id, n)"
        f" LEFT JOIN ({found}) AS f ON f.id = k.id ORDER BY k.n))"
    )


def named(value: Named, printing: Printing) -> str:
    """The rows of one entity with some ids."""
    parameters = printing.parameters
    alias, ids = parameters.alias(), parameters.bind(value.ids, "uuid[]")
    entity = value.rows.entity
    source = f"{table(entity.table)} AS {alias}" if entity.whole else f"unnest({ids}) AS {alias} (id)"
    rows = (
        f"SELECT row_to_json(o$) FROM unnest({ids}) WITH ORDINALITY AS k (id, n)"
        f" JOIN {source} ON {alias}.id = k.id"
        f" CROSS JOIN LATERAL (SELECT {printing.columns(value.shape, alias)}) AS o$ ORDER BY k.n"
    )
    return f"({rows} LIMIT 1)" if value.single else f"array_to_json(ARRAY({rows}))"


def hits(value: Hits, printing: Printing) -> str:
    """What a text finds, the best first."""
    found = found_select(value.found, printing.parameters)
    return (
        f"array_to_json(ARRAY(SELECT row_to_json(o$) FROM ({found}) AS f"
        f" CROSS JOIN LATERAL (SELECT {printing.columns(value.shape, 'f')}) AS o$"
        f" ORDER BY f.rank DESC, f.entity DESC, f.id DESC))"
    )


def clause(
    plan: Rows | Figures | Groups, row: str, alias: str, printing: Printing, joins: dict[str, str] | None = None
) -> str:
    """Which rows `alias` is: what holds of them, and that they belong to the row at hand.

    A column of that row gives way to what it is equal to: a column of a row further out, or a parameter. PostgreSQL
    works out what depends on those alone once, not again for each row at hand.
    """
    equal, parameters = printing.equal, printing.parameters
    equal.update(fixed(plan.where, alias, parameters))
    parent = None
    if plan.parents is not None:
        link = plan.parents.link
        own = [equal.get(name := f"{row}.{quote(column)}", name) for column in link.own]
        equal.update((f"{alias}.{quote(other)}", value) for (_, other), value in zip(link.pairs, own, strict=False))
        parent = link, own
    return where_clause(plan.where, alias, parameters, joins or {}, parent)
