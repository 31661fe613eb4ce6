"""What is the same for all rows at hand is worked out once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from db.pool import Connection
    from resolvers.pools import Pools
    from resolvers.viewer import Viewer
    from tests.planner.desk import Desk

_AGENT = """
SELECT t.current_agent_id FROM team.tickets AS t WHERE t.operator_id = $1 AND t.current_agent_id IS NOT NULL
GROUP BY t.current_agent_id ORDER BY count(*) DESC, t.current_agent_id LIMIT 1
"""
_PROJECT = """
SELECT p.project_id FROM team.project_properties AS p JOIN team.project_tickets AS t USING (project_id)
WHERE p.operator_id = $1 GROUP BY p.project_id ORDER BY count(DISTINCT p.id) DESC, p.project_id LIMIT 1
"""
_CASES = {
    "a row that the filter names": (
        "query ($id: ID!) { tickets(where: {currentAgentId: {eq: $id}}) { nodes { id currentAgent { id } } } }",
        _AGENT,
        ("tickets", "team_members"),
    ),
    "a set of the row around": (
        "query ($id: ID!) { project(id: $id) { projectProperties { nodes { id tickets { nodes { id } } } } } }",
        _PROJECT,
        ("project_properties", "project_tickets"),
    ),
}


def _scans(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "Relation Name" in node:
        yield node
    for child in node.get("Plans", ()):
        yield from _scans(child)


@pytest.mark.parametrize("case", _CASES)
async def test_it_is_read_once_for_all_rows(
    case: str, desk: Desk, manager: Viewer, pools: Pools, owner: Connection
) -> None:
    document, sample, (many, once) = _CASES[case]
    variables = {"id": str(await owner.fetchval(sample, manager.operator_id))}
    await desk.both(document, manager, pools.staff, variables)
    statement = desk.statement(document, manager, variables)
    async with pools.staff.connection() as connection:
        told = await connection.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement.sql}", *statement.parameters)
    scans = list(_scans(json.loads(told)[0]["Plan"]))
    rows = sum(scan["Actual Rows"] * scan["Actual Loops"] for scan in scans if scan["Relation Name"] == many)
    assert rows > 1
    assert [scan["Actual Loops"] for scan in scans if scan["Relation Name"] == once] == [1]
