"""What a text finds, as SQL."""

from __future__ import annotations

from resolvers.planner.parameters import Parameters, literal, quote
from resolvers.planner.plan import Found


def found_select(plan: Found, parameters: Parameters, output: str = "{}") -> str:
    """`entity`, `id` and `rank`, the best first."""
    text = f"platform.fold({parameters.bind(plan.text, 'text')})"
    limit = parameters.bind(plan.limit, "bigint")
    probes = " UNION ALL ".join(
        f"SELECT {literal(entity.name)} AS entity, s.id, s.rank"
        f" FROM access.{quote('search_' + entity.table.replace('.', '_'))}({text}, {limit}) AS s"
        for entity in plan.entities
    )
    rank = output.format("f.rank::numeric::double precision")
    return (
        f"SELECT f.entity, f.id, {rank} AS rank FROM ({probes}) AS f"
        f" ORDER BY f.rank DESC, f.entity DESC, f.id DESC LIMIT {limit}"
    )
