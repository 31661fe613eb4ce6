"""The planner answers as the executor does, byte for byte, whatever is asked.

Each failure tells operations that were cut down to what matters, as files for the folder `triplets`. ORACLE_OPERATIONS
and ORACLE_SEED ask for more of them, or others; `make soak` does.
"""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import AsyncIterator

import pytest

from resolvers.pools import Pools
from tests.oracle.run import Run
from tests.oracle.seat import Seat
from tests.oracle.tally import Tally

_OPERATIONS = int(os.environ.get("ORACLE_OPERATIONS", "2000"))
_SEED = int(os.environ.get("ORACLE_SEED", "1"))
_LEAST_PLANNED = 0.97
_LEAST_USED = 0.95
_MOST_REFUSED = 0.02


@pytest.fixture(scope="module")
async def tally(seats: dict[str, Seat], plain_log: None) -> AsyncIterator[Tally]:  # noqa: ARG001 - quiet, if it fails
    """Of all operations."""
    with warnings.catch_warnings():
        # graphql-core leaves the siblings of a field that fails before it waits for anything.
        warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
        found = await Run(seats, _SEED).go(_OPERATIONS)
        gc.collect()
    yield found
    print(f"\nseed {_SEED}: {found}")  # shown by -s and where a test failed


async def test_the_planner_answers_as_the_executor_does(tally: Tally) -> None:
    if tally.counterexamples:
        pytest.fail("\n\n".join(tally.counterexamples), pytrace=False)
    assert tally.operations >= _OPERATIONS


async def test_nearly_every_operation_is_planned(tally: Tally) -> None:
    assert tally.planned >= _LEAST_PLANNED, tally.declined.most_common(10)


async def test_operations_are_such_as_the_gateway_takes(tally: Tally) -> None:
    assert tally.refused <= _MOST_REFUSED * tally.operations


async def test_nearly_every_field_argument_and_input_field_is_asked_for(tally: Tally, seats: dict[str, Seat]) -> None:
    assert tally.operations
    uses = seats["manager"].ground.uses
    assert uses.share >= _LEAST_USED, uses.missed()


async def test_no_operation_keeps_a_connection(tally: Tally, pools: Pools) -> None:
    assert tally.operations
    for pool in (pools.staff, pools.outsiders):
        async with pool.connection(), pool.connection():  # as many as there are
            pass
