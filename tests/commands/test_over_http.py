"""Mutations by HTTP: through the door, the limits and the engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import structlog

from db import migration
from db.embedded import USER
from gateway import database
from gateway.app import build_app
from gateway.exchange import Exchange
from gateway.graph_engine import GraphEngine
from gateway.settings import Settings
from resolvers.commands.handlers import MODULES
from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph
from tests.commands import trial
from tests.commands.conftest import Cast
from tests.gateway.house import listening

_SETTINGS = Settings(port=0, shutdown_grace_s=1)
_ADD = """mutation ($id: ID!) { addComment(input: {ticketId: $id, body: "By HTTP."}) {
    comment { body } events { requestId } problems { code }
} }"""


class _Door:
    """Everybody is the same viewer."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer

    async def viewer(self, _exchange: Exchange) -> Viewer:
        return self._viewer


@pytest.fixture(scope="module")
def client(acted: str, graph: Graph, cast: Cast) -> Generator[httpx.Client]:
    """The manager at a server of its own."""
    structlog.configure([structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=repr)])
    pools = Pools.open(acted.replace(f"//{USER}@", "//gateway_login@", 1), size=2, statement_timeout_ms=5_000)
    engine = GraphEngine(graph, pools, PageLimits(), migration.load(database.MIGRATIONS), (*MODULES, trial))

    @asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        yield
        await pools.close()

    app = build_app(engine, _Door(cast["manager"]), _SETTINGS, lifespan=lifespan)
    with listening(app, _SETTINGS) as address, httpx.Client(base_url=address, timeout=20) as client:
        yield client
    structlog.reset_defaults()


async def _post(client: httpx.Client, query: str, **variables: Any) -> httpx.Response:
    body = {"query": query, "variables": variables}
    headers = {"x-request-id": "http-1", "accept": "application/graphql-response+json"}
    return await asyncio.to_thread(client.post, "/graphql", json=body, headers=headers)


async def test_a_command_is_done_and_its_events_bear_the_request(client: httpx.Client, ticket: str) -> None:
    answer = await _post(client, _ADD, id=ticket)
    assert answer.status_code == 200
    told = answer.json()["data"]["addComment"]
    assert told == {"comment": {"body": "By HTTP."}, "events": [{"requestId": "http-1"}], "problems": []}


async def test_a_problem_is_no_error(client: httpx.Client, ticket: str) -> None:
    query = "mutation ($id: ID!) { transitionTicket(input: {ticketId: $id, to: CLOSED}) { problems { code } } }"
    answer = await _post(client, query, id=ticket)
    assert (answer.status_code, answer.json()) == (
        200,
        {"data": {"transitionTicket": {"problems": [{"code": "TRANSITION_REFUSED"}]}}},
    )


async def test_a_fault_is_masked(client: httpx.Client, ticket: str) -> None:
    query = 'mutation ($id: ID!) { trip(input: {ticketId: $id, sql: "SELECT secret"}) { role } }'
    answer = await _post(client, query, id=ticket)
    assert answer.json()["data"] == {"trip": None}
    (error,) = answer.json()["errors"]
    assert error["message"] == "Internal error"
    assert error["extensions"] == {"code": "INTERNAL", "requestId": "http-1"}
    assert "secret" not in answer.text


async def test_a_database_that_goes_away_is_503(client: httpx.Client, ticket: str) -> None:
    query = 'mutation ($id: ID!) { trip(input: {ticketId: $id, sql: "SELECT public.die()"}) { role } }'
    answer = await _post(client, query, id=ticket)
    assert answer.status_code == 503
    assert (await _post(client, _ADD, id=ticket)).status_code == 200


async def test_one_command_more_than_allowed_is_refused_before_any_is_done(client: httpx.Client, ticket: str) -> None:
    field = '(input: {ticketId: $id, body: "One of many."}) { comment { ticket { comments { totalCount } } } }'
    for number, status in ((10, 200), (11, 400)):
        fields = " ".join(f"a{n}: addComment{field}" for n in range(number))
        answer = await _post(client, f"mutation ($id: ID!) {{ {fields} }}", id=ticket)
        assert answer.status_code == status, answer.text
    assert answer.json()["errors"][0]["extensions"]["limit"] == "mutation_root_fields"
    answer = await _post(client, f"mutation ($id: ID!) {{ addComment{field} }}", id=ticket)
    assert answer.json()["data"]["addComment"]["comment"]["ticket"]["comments"]["totalCount"] == 11


async def test_a_mutation_by_get_is_refused(client: httpx.Client, ticket: str) -> None:
    query = f'mutation {{ addComment(input: {{ticketId: "{ticket}", body: "By GET."}}) {{ __typename }} }}'
    answer = await asyncio.to_thread(client.get, "/graphql", params={"query": query})
    assert answer.status_code == 405
