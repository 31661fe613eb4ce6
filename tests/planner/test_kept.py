"""What the planner keeps: each plan once, bounded, and nothing of the requests that it was made for."""

from __future__ import annotations

import asyncio
import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from resolvers.planner.declined import Declined
from tests.planner.calls import counted

if TYPE_CHECKING:
    from resolvers.operation import Operation
    from resolvers.pools import Pools
    from resolvers.viewer import Viewer
    from tests.planner.desk import Desk

_MANY = 3_000
_CHARACTERS = 8 * 1024 * 1024
_BLANK = " " * 64 * 1024
"""What a client may write around a query."""


def _plan(desk: Desk, operation: Operation) -> None:
    try:
        desk.planner.plan(operation)
    except Declined:
        return


async def test_what_fifty_ask_for_at_once_is_planned_once(desk: Desk, manager: Viewer, pools: Pools) -> None:
    desk, document = desk.again(), "{ tickets(first: 3) { nodes { id property { code } } } }"
    operations = [desk.operation(document, manager) for _ in range(50)]
    with counted() as calls:
        bodies = await asyncio.gather(*(desk.planner.answer(each, pools.staff) for each in operations))
    assert (calls.named("select"), calls.named("print_answer")) == (1, 1)
    assert len(desk.planner.plans) == 1
    assert len(set(bodies)) == 1


def test_many_documents_are_kept_within_bounds(desk: Desk, manager: Viewer) -> None:
    desk = desk.again()
    for n in range(_MANY):
        desk.planner.plan(desk.operation(f"{{ viewer {{ a{n}: role }} }}", manager))
        desk.forget()
    assert 0 < len(desk.planner.plans) <= _MANY
    assert desk.planner.plans.size <= _CHARACTERS


@pytest.mark.parametrize("name", ["id", "a" * 64 + ": id"], ids=["planned", "declined"])
def test_a_long_document_counts_by_its_length(name: str, desk: Desk, manager: Viewer) -> None:
    """However short its statement: its text is what it is kept by."""
    desk = desk.again()
    for n in range(2):
        _plan(desk, desk.operation(f"{{ tickets(first: {n}) {{ nodes {{ {name} }} }} }}{_BLANK}", manager))
    assert desk.planner.plans.size >= 2 * len(_BLANK)


@pytest.mark.parametrize("name", ["id", "a" * 64 + ": id"], ids=["planned", "declined"])
def test_a_kept_plan_holds_neither_document_nor_request(name: str, desk: Desk, manager: Viewer) -> None:
    desk = desk.again()
    operation = desk.operation(f"query ($n: Int) {{ tickets(first: $n) {{ nodes {{ {name} }} }} }}", manager, {"n": 3})
    document = weakref.ref(operation.document)
    _plan(desk, operation)
    assert len(desk.planner.plans) == 1
    desk.forget()
    del operation
    gc.collect()
    assert document() is None
