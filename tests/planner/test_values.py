"""Values that clients send: never a part of the statement, whatever is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import orjson
import pytest
from graphql import GraphQLError
from hypothesis import HealthCheck, Phase, given, settings

from resolvers.planner.declined import Declined
from tests.planner.hostile import LITERALS, PLACES, TEXTS
from tests.planner.parsed import parsed

if TYPE_CHECKING:
    from resolvers.pools import Pools
    from resolvers.viewer import Viewer
    from tests.planner.desk import Desk, Variables

_ONE_SEAT = settings(
    phases=[Phase.explicit, Phase.generate],
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
_REFUSED = (asyncpg.PostgresError, asyncpg.InterfaceError)


async def _asked(desk: Desk, viewer: Viewer, pools: Pools, text: str, variables: Variables) -> str | None:
    """The statement's SQL, if there was one; what came of it is what the executor says."""
    try:
        operation = desk.operation(text, viewer, variables)
    except GraphQLError:
        return None
    try:
        expected: bytes | None = await desk.executed(text, viewer, pools.staff, variables)
    except GraphQLError:
        expected = None
    try:
        sql: str | None = desk.planner.plan(operation).sql
        body: bytes | None = await desk.planner.answer(operation, pools.staff)
    except Declined:
        sql = body = None
        assert expected is None
    except _REFUSED:
        body = None
    assert body == expected
    return sql


@pytest.mark.parametrize("place", PLACES)
@given(value=TEXTS)
@_ONE_SEAT
async def test_a_value_in_a_variable_is_a_parameter(
    place: str, value: str, desk: Desk, manager: Viewer, pools: Pools
) -> None:
    found = PLACES[place]
    sql = await _asked(desk, manager, pools, found.document, found.variables(value))
    good = desk.statement(found.document, manager, found.variables(found.good)).sql
    assert sql in {None, good}
    assert parsed(good)


@pytest.mark.parametrize("place", LITERALS)
@given(value=TEXTS)
@_ONE_SEAT
async def test_a_value_in_the_document_is_a_parameter_too(
    place: str, value: str, desk: Desk, manager: Viewer, pools: Pools
) -> None:
    found, desk = LITERALS[place], desk.again()
    sql = await _asked(desk, manager, pools, found.document.replace("%s", _literal(value)), {})
    good = desk.statement(found.document.replace("%s", _literal(found.good)), manager).sql
    assert sql in {None, good}
    assert parsed(good)


def _literal(value: str) -> str:
    return orjson.dumps(value).decode()
