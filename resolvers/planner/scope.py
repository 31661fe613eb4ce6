"""The scope of a role: which rows of an entity it is worth looking at."""

from __future__ import annotations

from typing import Any

from resolvers.planner.plan import All, Among, Compare, Predicate
from schema.supergraph.comparisons import Operator
from schema.vocabulary.entity import Entity
from schema.vocabulary.role import ViewerRole


def scope(entity: Entity, role: ViewerRole, operator_id: Any) -> Predicate:
    """Rows of the operator (or its slot), and of those what concerns an outsider; what is shared is everybody's.

    Row-level security says the same; said here too, an index can start from it.
    """
    parts: list[Predicate] = []
    if entity.owned:
        parts.append(Compare(entity.columns["operator_id"], Operator.EQ, operator_id))
    sights = [sight for sight in entity.sight if role in sight.by]
    if len(sights) == 1:
        parts.append(Among(entity.columns[sights[0].column], sights[0].among))
    return All(tuple(parts))
