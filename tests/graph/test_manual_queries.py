"""The queries of the manual do what it says they do: they run, and find something."""

import re
from pathlib import Path

import pytest

from tests.graph.client import Client

_CHECKOUT = Path(__file__).resolve().parents[2]
_QUERIES = {
    match[2]: match[1]
    for page in [_CHECKOUT / "README.md", *sorted((_CHECKOUT / "docs").glob("*.md"))]
    for match in re.finditer(r"```graphql\n(query (\w+).*?)```", page.read_text(), re.DOTALL)
}


def test_the_manual_shows_queries() -> None:
    assert {"Backlog", "CostByMonth", "WorkByProperty", "NextSteps"} <= set(_QUERIES)


@pytest.mark.parametrize("name", _QUERIES)
async def test_a_query_of_the_manual_runs_and_finds_something(client: Client, name: str) -> None:
    data = await client.ask(_QUERIES[name])
    (root,) = data.values()
    assert root.get("totalCount") or root.get("nodes") or root["aggregate"]["count"]
