"""Pages: put together they are the whole list in its order, whichever way they are turned."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.graph.client import Client
from tests.graph.model import Model
from tests.graph.paging import ENTITIES, LAW, ids, nodes, ordered, page_of


async def _forward(client: Client, model: Model, name: str, order: list[str], size: int) -> AsyncIterator[Any]:
    page = await page_of(client, model, name, order, first=size)
    yield page
    while page["pageInfo"]["hasNextPage"]:
        page = await page_of(client, model, name, order, first=size, after=page["pageInfo"]["endCursor"])
        yield page


async def _backward(client: Client, model: Model, name: str, order: list[str], size: int) -> AsyncIterator[Any]:
    page = await page_of(client, model, name, order, last=size)
    yield page
    while page["pageInfo"]["hasPreviousPage"]:
        page = await page_of(client, model, name, order, last=size, before=page["pageInfo"]["startCursor"])
        yield page


async def _by_offset(client: Client, model: Model, name: str, order: list[str], size: int) -> AsyncIterator[Any]:
    more, offset = True, 0
    while more:
        page = await page_of(client, model, name, order, first=size, offset=offset)
        yield page
        more, offset = page["pageInfo"]["hasNextPage"], offset + size


@pytest.mark.parametrize("turn", [_forward, _backward, _by_offset])
@given(asked=ordered(st.sampled_from(ENTITIES)), share=st.floats(0.15, 1.1))
@example(asked=("Ticket", ["RESOLVED_AT_DESC"]), share=0.15)  # pages that begin among what is null
@example(asked=("Ticket", ["DUE_AT_ASC", "RESERVATION_STARTS_ON_DESC"]), share=0.15)
@example(asked=("Approval", ["DECIDED_AT_DESC", "ID_ASC"]), share=0.15)
@settings(LAW, max_examples=15)
async def test_pages_put_together_are_the_whole_list(
    client: Client, model: Model, turn: Any, asked: tuple[str, list[str]], share: float
) -> None:
    name, order = asked
    whole = ids(model.ordered(model.entity(name), order))
    size = min(1000, max(1, round(len(whole) * share)))
    pages: list[Any] = []
    async for page in turn(client, model, name, order, size):
        pages.append(page)
        assert len(pages) < 10, "the pages never end"
    if turn is _backward:
        pages.reverse()

    assert [row for page in pages for row in nodes(page)] == whole
    assert [page["pageInfo"]["hasPreviousPage"] for page in pages] == [n > 0 for n in range(len(pages))]
    assert [page["pageInfo"]["hasNextPage"] for page in pages] == [n < len(pages) - 1 for n in range(len(pages))]
    assert {page["totalCount"] for page in pages} == {len(whole)}


@given(
    asked=ordered(st.sampled_from(ENTITIES)),
    places=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    size=st.integers(0, 40),
    backward=st.booleans(),
)
@settings(LAW, max_examples=35)
async def test_a_page_between_two_cursors_is_that_part_of_the_list(
    client: Client,
    model: Model,
    asked: tuple[str, list[str]],
    places: tuple[float, float],
    size: int,
    backward: bool,  # noqa: FBT001 - drawn
) -> None:
    name, order = asked
    whole = ids(model.ordered(model.entity(name), order))
    start, end = (round(place * (len(whole) - 1)) for place in places)
    after, before = [
        (await page_of(client, model, name, order, first=1, offset=place))["pageInfo"]["startCursor"]
        for place in (start, end)
    ]
    direction = {"last": size} if backward else {"first": size}
    page = await page_of(client, model, name, order, after=after, before=before, **direction)

    between = whole[start + 1 : end]
    wanted = between[max(0, len(between) - size) :] if backward else between[:size]
    assert nodes(page) == wanted
    assert page["pageInfo"]["hasPreviousPage"] is (len(wanted) < len(between) if backward else True)
    assert page["pageInfo"]["hasNextPage"] is (True if backward else len(wanted) < len(between))
