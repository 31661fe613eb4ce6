"""A home is seen by who lives there, today and until the last day, and before it begins; not by who lived there."""

from __future__ import annotations

import pytest

from db.pool import Connection
from resolvers.viewer import Viewer
from tests.access.sql import playing

_LIVES = """
INSERT INTO property.tenancies (operator_id, property_id, contact_id, starts_on, ends_on)
SELECT $1, id, $2, current_date + $3::integer, current_date + $4::integer FROM property.properties
WHERE operator_id = $1 AND id <> ALL (SELECT id FROM access.my_properties) ORDER BY id LIMIT 1
RETURNING property_id
"""


@pytest.mark.parametrize(
    ("starts", "ends", "seen"),
    [(-30, None, True), (-30, 0, True), (-30, -1, False), (30, 60, True), (0, 0, True)],
    ids=["open", "until today", "until yesterday", "to come", "today only"],
)
async def test_a_tenant_sees_its_home_until_the_last_day(
    starts: int,
    ends: int | None,
    seen: bool,  # noqa: FBT001 - a parameter of the test
    owner: Connection,
    cast: dict[str, Viewer],
) -> None:
    viewer = cast["first former tenant"]
    async with playing(owner, viewer):
        home = await owner.fetchval(_LIVES, viewer.operator_id, viewer.contact_id, starts, ends)
        assert home
        await owner.execute("SET LOCAL ROLE gateway_outsider")
        assert await owner.fetchval("SELECT count(*) FROM property.properties WHERE id = $1", home) == int(seen)
