"""Every saved analysis does what it is saved for: one click runs it, and it tells something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from db.pool import Pool
from gateway.analyses import Analysis, read_analyses
from resolvers.viewer import Viewer
from tests.limits.asking import Asking
from tests.planner.desk import Desk

_ANALYSES = read_analyses()
_each = pytest.mark.parametrize("analysis", _ANALYSES, ids=lambda analysis: str(analysis.name))


_COUNTS = {"count", "totalCount"}


def _empty(value: dict[str, Any], path: str = "data") -> Iterator[str]:
    """What has nothing above an answer's rows and groups, which may have nothing below."""
    for name, found in value.items():
        place = f"{path}.{name}"
        if isinstance(found, dict):
            yield from _empty(found, place)
        elif found in ([], None) or (name in _COUNTS and not found):
            yield place


@_each
def test_an_analysis_runs_as_it_is_and_finds_something(asking: Asking, analysis: Analysis) -> None:
    data = asking.answered(analysis.text)
    assert list(_empty(data)) == []


@_each
def test_its_defaults_sent_as_variables_give_the_same_answer(asking: Asking, analysis: Analysis) -> None:
    sent = asking.answered(analysis.text, orjson.loads(orjson.dumps(analysis.defaults)), analysis.operation)
    assert sent == asking.answered(analysis.text)


@_each
async def test_the_planner_answers_it_with_the_executors_bytes(
    desk: Desk, analyst: Viewer, pool: Pool, analysis: Analysis
) -> None:
    # The planner raises what it declines.
    assert await desk.both(analysis.text, analyst, pool)


def test_an_answer_without_rows_would_be_noticed() -> None:
    answer = {
        "tickets": {
            "totalCount": 0,
            "nodes": [],
            "groups": [{"count": 0}],
            "aggregate": {"min": {"createdAt": None}, "sum": {"reopenedCount": "0"}},
        }
    }
    assert list(_empty(answer)) == [
        "data.tickets.totalCount",
        "data.tickets.nodes",
        "data.tickets.aggregate.min.createdAt",
    ]
