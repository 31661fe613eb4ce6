"""How much Python a planned query takes: as much as the query, whatever the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from schema.vocabulary.role import ViewerRole
from tests.planner.calls import OURS, Calls, counted
from tests.planner.cast import find_manager
from tests.planner.desk import Desk
from tests.planner.furnishing import gateway_address

if TYPE_CHECKING:
    from resolvers.viewer import Viewer
    from schema.supergraph.supergraph import Supergraph

_MANY = 10_000
_MORE = """
INSERT INTO directory.contacts (operator_id, full_name, email, kind, company_id)
SELECT c.operator_id, 'Person ' || n, 'person' || n || '@example.com', 'vendor', c.company_id
FROM (SELECT operator_id, company_id FROM directory.contacts
      WHERE operator_id = $1 AND company_id IS NOT NULL ORDER BY id LIMIT 1) AS c, generate_series(1, $2::integer) AS n
"""
_ROWS = """query ($n: Int!) {
    contacts(first: $n, orderBy: [ID_ASC]) {
        totalCount
        pageInfo { hasNextPage endCursor }
        edges { cursor node { id email company { name } } }
        nodes { fullName participations(first: 2) { totalCount nodes { role } } }
    }
}"""
_DRIVER = ("asyncpg", "asyncio", "selectors")
_CHUNK = 8 * 1024
"""Bytes that PostgreSQL sends at once, at the least, while there are more; several may come together."""


@pytest.fixture
async def pools(own: str) -> Pools:
    """Connections to a database with many contacts."""
    connection = await asyncpg.connect(own)
    await connection.execute(_MORE, (await find_manager(connection)).operator_id, _MANY)
    await connection.close()
    return Pools.open(gateway_address(own), size=1, statement_timeout_ms=20_000)


async def _counted(desk: Desk, viewer: Viewer, pools: Pools, rows: int) -> tuple[Calls, int]:
    """The calls of a query that was asked before, and the length of its answer."""
    operation = desk.operation(_ROWS, viewer, {"n": rows})
    for _ in range(2):
        with counted() as calls:
            body = await desk.planner.answer(operation, pools.of(viewer))
    assert body.count(b'"fullName"') == rows
    return calls, len(body)


async def test_ten_thousand_rows_take_as_many_calls_as_ten(own: str, supergraph: Supergraph, pools: Pools) -> None:
    connection = await asyncpg.connect(own)
    viewer = await find_manager(connection)
    await connection.close()
    desk = Desk(supergraph, ViewerRole.MANAGER, PageLimits(50, _MANY))
    try:
        few, short = await _counted(desk, viewer, pools, 10)
        many, long = await _counted(desk, viewer, pools, _MANY)
    finally:
        await pools.close()
    for package in (*OURS, "graphql", "strawberry"):
        assert many.within(package) == few.within(package), package
    assert 0 < few.within(*OURS) < 100
    assert few.within("graphql", "strawberry") < 100
    # The loop wakes up for what the network brings, and tells the driver: by bytes, not by rows.
    most = 20 * (long - short) / _CHUNK
    assert many.within(*_DRIVER) - few.within(*_DRIVER) <= most < _MANY
