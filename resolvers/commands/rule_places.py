"""The homes and stays that a recurring rule applies to, as they are at present."""

from __future__ import annotations

from typing import Any, NamedTuple, Self
from uuid import UUID

from resolvers.commands.contract.work import Work
from resolvers.recurring.plan import Place
from schema.enums import ScopeType

_PLACES = """
WITH RECURSIVE places AS (
    SELECT id FROM unnest($4::uuid[]) AS id
    UNION
    SELECT a.id FROM geo.areas AS a JOIN places AS p ON a.parent_id = p.id
)
SELECT p.id AS home_id, NULL::uuid AS stay_id, p.time_zone, NULL::date AS first_day, NULL::date AS last_day
FROM property.properties AS p
WHERE p.operator_id = $1 AND p.active
  AND ($2 OR p.id = ANY ($3::uuid[]) OR p.resort_id IN (SELECT id FROM places))
UNION ALL
SELECT p.id, r.id, p.time_zone, r.starts_on, r.ends_on
FROM reservations.reservations AS r JOIN property.properties AS p ON p.id = r.property_id
WHERE r.operator_id = $1 AND p.active AND r.id = ANY ($5::uuid[]) AND r.status IN ('tentative', 'confirmed')
"""

_TARGETS = """
SELECT r.scope_type,
       coalesce(array_agg(t.property_id) FILTER (WHERE t.property_id IS NOT NULL), '{}') AS property_ids,
       coalesce(array_agg(t.resort_id) FILTER (WHERE t.resort_id IS NOT NULL), '{}') AS resort_ids,
       coalesce(array_agg(t.reservation_id) FILTER (WHERE t.reservation_id IS NOT NULL), '{}') AS reservation_ids
FROM team.recurring_rules AS r LEFT JOIN team.recurring_rule_targets AS t ON t.recurring_rule_id = r.id
WHERE r.id = $1
GROUP BY r.id
"""


class Targets(NamedTuple):
    """What a rule names."""

    scope: ScopeType
    property_ids: list[UUID]
    resort_ids: list[UUID]
    reservation_ids: list[UUID]

    @classmethod
    async def of(cls, work: Work, rule_id: UUID) -> Self:
        """Those of a rule that is there."""
        row: Any = await work.row(_TARGETS, rule_id)
        return cls(ScopeType(row["scope_type"]), row["property_ids"], row["resort_ids"], row["reservation_ids"])

    async def places(self, work: Work) -> list[Place]:
        """Each active home once, in however many targets it is; stays that take place, in active homes."""
        everywhere = self.scope is ScopeType.PORTFOLIO
        rows = await work.rows(
            _PLACES, work.viewer.operator_id, everywhere, self.property_ids, self.resort_ids, self.reservation_ids
        )
        return [Place(*row) for row in rows]
