"""Rows by the keys that routers name them by: in order, null where the viewer sees none, never somebody else's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.assembly.graph import assemble
from schema.assembly.slice import domains_of
from schema.domains import DOMAINS
from tests.federation.slices.everything import selection
from tests.federation.slices.house import CAST
from tests.federation.slices.representations import NAMES, Named, shuffled, some_rows
from tests.planner.parsed import parsed

if TYPE_CHECKING:
    from resolvers.pools import Pools
    from resolvers.viewer import Viewer
    from schema.assembly.graph import Graph
    from tests.access.world import Ids, World
    from tests.federation.slices.house import Desks
    from tests.planner.desk import Desk

every_domain = pytest.mark.parametrize("domain", domains_of(assemble(DOMAINS)))
everybody = pytest.mark.parametrize("name", CAST)


class Place:
    """A viewer at a slice, and rows that it may name there."""

    def __init__(self, desk: Desk, viewer: Viewer, pools: Pools, rows: list[Named]) -> None:
        self.desk = desk
        self.rows = rows
        self._viewer = viewer
        self._pool = pools.of(viewer)

    async def told(self, text: str, rows: list[Named]) -> list[Any]:
        """By both ways, which give the same bytes."""
        body = await self.desk.both(text, self._viewer, self._pool, _variables(rows))
        found: list[Any] = orjson.loads(body)["data"]["_entities"]
        return found

    async def planned(self, rows: list[Named]) -> list[Any]:
        body = await self.desk.planned(NAMES, self._viewer, self._pool, _variables(rows))
        found: list[Any] = orjson.loads(body)["data"]["_entities"]
        return found

    def statement(self, rows: list[Named]) -> str:
        return self.desk.statement(NAMES, self._viewer, _variables(rows)).sql


@pytest.fixture(scope="session")
def places(
    desks: Desks, cast: dict[str, Viewer], pools: Pools, world: World, sees: dict[str, dict[str, Ids]]
) -> Callable[[str, str], Place]:
    def place(domain: str, name: str) -> Place:
        desk = desks.of(domain, cast[name].role)
        return Place(desk, cast[name], pools, some_rows(desk.supergraph.graph, world, sees[name]))

    return cache(place)


@pytest.fixture
def place(domain: str, name: str, places: Callable[[str, str], Place]) -> Place:
    return places(domain, name)


@everybody
def test_rows_are_named_that_the_viewer_sees_and_such_as_it_does_not(
    name: str, places: Callable[[str, str], Place], graph: Graph
) -> None:
    """Of whole entities, or what follows would hold of nothing."""
    whole = [
        row.row
        for domain in domains_of(graph)
        for row in places(domain, name).rows
        if graph.entities[row.representation["__typename"]].domain == domain
    ]
    assert 10 < whole.count(None) < len(whole) - 10


def _variables(rows: list[Named]) -> dict[str, Any]:
    return {"rows": [row.representation for row in rows]}


@every_domain
@everybody
async def test_each_row_stands_where_it_is_named_and_null_where_the_viewer_sees_none(place: Place) -> None:
    if not place.rows:
        assert "_entities" not in place.desk.supergraph.sdl
        return
    rows = shuffled(place.rows, 7)
    assert await place.told(NAMES, rows) == [row.row for row in rows]


@every_domain
@everybody
async def test_nothing_that_rows_lead_to_is_out_of_the_viewers_sight(
    place: Place, name: str, sees: dict[str, dict[str, Ids]], graph: Graph
) -> None:
    if not place.rows:
        return
    seen = {each.name: sees[name][each.table] for each in place.desk.supergraph.graph.whole}
    rows = shuffled(place.rows, 11)
    document = f"query ($rows: [_Any!]!) {{ _entities(representations: $rows) {_all_of(place.desk)} }}"
    told = await place.told(document, rows)
    assert [None if each is None else each["__typename"] for each in told] == [
        row.row and row.row["__typename"] for row in rows
    ]
    for entity, key in _rows_of(told, graph.entities.keys()):
        assert entity not in seen or key in map(str, seen[entity]), (entity, key)


def _all_of(desk: Desk) -> str:
    return selection(desk.supergraph.graphql.type_map["_Entity"], 2)


def _rows_of(value: Any, entities: Collection[str]) -> Iterator[tuple[str, str]]:
    """Entity and id of every row that was told."""
    if isinstance(value, list):
        for item in value:
            yield from _rows_of(item, entities)
    elif isinstance(value, dict):
        name = value.get("__typename")
        if isinstance(name, str) and name in entities:
            yield name, value["id"] if "id" in value else value[f"{name}_id"]
        for item in value.values():
            yield from _rows_of(item, entities)


@every_domain
@pytest.mark.parametrize("name", CAST[:1])
def test_a_batch_of_mixed_types_is_one_statement(place: Place) -> None:
    """The planner's only: `Planner.plan` declines what is not, and pglast takes no second one."""
    parsed(place.statement(shuffled(place.rows, 13)))


@pytest.mark.parametrize("domain", ["team"])
@pytest.mark.parametrize("name", ["first manager", "first tenant"])
async def test_the_statement_is_the_same_for_any_batch(place: Place) -> None:
    """So that it is planned and prepared once."""
    assert place.statement(place.rows[:1]) == place.statement(shuffled(place.rows, 17)) == place.statement([])


@given(data=st.data(), domain=st.sampled_from(["team", "property"]), name=st.sampled_from(CAST))
@settings(max_examples=60, deadline=None)
async def test_a_batch_tells_of_each_row_what_it_tells_of_it_alone(
    data: st.DataObject, domain: str, name: str, places: Callable[[str, str], Place]
) -> None:
    """Whatever the order, and however often a row is named."""
    place = places(domain, name)
    rows = data.draw(st.lists(st.sampled_from(place.rows), max_size=40))
    assert await place.planned(rows) == [row.row for row in rows]


@pytest.mark.parametrize("domain", ["team"])
@pytest.mark.parametrize("name", ["first manager", "first tenant"])
async def test_ten_thousand_at_once_are_told_in_their_order(place: Place) -> None:
    """By the planner itself; over HTTP so many are refused."""
    rows = (place.rows * 10_000)[:10_000]
    assert await place.planned(rows) == [row.row for row in rows]
