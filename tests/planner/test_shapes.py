"""Variables: those that only fill a statement make no plan of their own, and those that shape it make one each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from resolvers.pools import Pools
    from resolvers.viewer import Viewer
    from tests.planner.desk import Desk, Variables

_PAGE = """query ($n: Int = 2, $after: String, $where: TicketFilter, $order: [TicketOrder!], $with: Boolean = true) {
    tickets(first: $n, after: $after, where: $where, orderBy: $order) {
        totalCount nodes { id title @include(if: $with) property @skip(if: $with) { code } }
    }
}"""
_A_FILTER = {"status": {"in": ["OPEN", "CLOSED"]}, "title": {"contains": "a"}}
_ALIKE: dict[str, list[Variables]] = {
    "numbers": [{"n": 1}, {"n": 7}, {"n": 1000}, {}],
    "texts": [{"where": {"title": {"contains": text}}} for text in ("a", "b", "", "'", "c" * 1000)],
    "lists": [{"where": {"number": {"in": names}}} for names in ([], ["TK-2024-001"], ["x"] * 500, "TK-2024-002")],
    "values of enums": [{"where": {"status": {"in": status}}} for status in (["OPEN"], ["CLOSED", "OPEN"], "OPEN")],
    "the order of an object": [{"where": _A_FILTER}, {"where": dict(reversed(_A_FILTER.items()))}],
    "a default said or not": [{}, {"n": 2}, {"with": True}],
    "what nobody declared": [{}, {"unknown": 1}],
}
_UNLIKE: list[Variables] = [
    {},
    {"n": None},
    {"where": None},
    {"where": {}},
    {"where": {"title": {"eq": "a"}}},
    {"where": {"title": {"contains": "a"}}},
    {"where": {"and": [{"title": {"eq": "a"}}]}},
    {"where": {"and": [{"title": {"eq": "a"}}, {"title": {"eq": "b"}}]}},
    {"where": {"dueAt": {"isNull": True}}},
    {"where": {"dueAt": {"isNull": False}}},
    {"order": ["CREATED_AT_DESC"]},
    {"order": ["CREATED_AT_ASC"]},
    {"order": []},
    {"with": False},
]


@pytest.mark.parametrize("kind", _ALIKE)
async def test_other_values_of_one_shape_make_no_other_plan(
    kind: str, desk: Desk, manager: Viewer, pools: Pools
) -> None:
    desk = desk.again()
    for variables in _ALIKE[kind]:
        await desk.both(_PAGE, manager, pools.staff, variables)
        assert len(desk.planner.plans) == 1, variables


async def test_each_shape_makes_one_plan(desk: Desk, manager: Viewer, pools: Pools) -> None:
    desk = desk.again()
    for _ in range(2):
        for variables in _UNLIKE:
            await desk.both(_PAGE, manager, pools.staff, variables)
    assert len(desk.planner.plans) == len(_UNLIKE)


async def test_two_viewers_of_a_schema_share_a_plan_and_no_row(desk: Desk, cast: dict[str, Any], pools: Pools) -> None:
    desk = desk.again()
    bodies = [await desk.both(_PAGE, cast[name], pools.staff) for name in ("manager", "other manager")]
    assert len(desk.planner.plans) == 1
    assert bodies[0] != bodies[1]
