"""The same over HTTP: the demo's viewers see their own, and what a role does not see is refused before it runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from db.migration import load
from db.pool import Pool
from gateway.app import build_app
from gateway.database import MIGRATIONS
from gateway.graph_engine import GraphEngine
from gateway.settings import Settings
from gateway.viewers.demo import find_demo_viewers
from gateway.viewers.door import FrontDoor
from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph
from schema.vocabulary.role import ViewerRole
from tests.access.model import visible
from tests.access.world import World

_REFUSED = {
    ViewerRole.VENDOR: [
        ("{ jobs { nodes { estimatedCostCents } } }", "estimatedCostCents"),
        ("{ jobs(where: {estimatedCostCents: {gt: 0}}) { totalCount } }", "estimatedCostCents"),
        ("{ jobs(where: {accessNotes: {isNull: false}}) { totalCount } }", "accessNotes"),
        ("{ contacts(where: {phone: {startsWith: '+34'}}) { totalCount } }", "phone"),
        ("{ properties { nodes { approvalLimitCents } } }", "approvalLimitCents"),
        ("{ escalations { totalCount } }", "escalations"),
    ],
    ViewerRole.TENANT: [
        ("{ quotes { totalCount } }", "quotes"),
        ("{ tickets { nodes { quotes { totalCount } } } }", "quotes"),
        ("{ tickets(where: {quotes: {some: {}}}) { totalCount } }", "quotes"),
        ("{ jobs { aggregate { sum { actualCostCents } } } }", "actualCostCents"),
        ("{ tickets { nodes { notes } } }", "notes"),
    ],
    ViewerRole.GUEST: [
        ("{ payments { totalCount } }", "payments"),
        ("{ messages { nodes { sender } } }", "sender"),
        ("{ contacts { groups(by: [EMAIL]) { count } } }", "EMAIL"),
    ],
    ViewerRole.HOMEOWNER: [
        ("{ timeEntries { nodes { hourlyRateCents } } }", "timeEntries"),
        ("{ tickets(orderBy: [REQUESTOR_NUMBER_ASC]) { totalCount } }", "REQUESTOR_NUMBER_ASC"),
        ("{ visitSlots { totalCount } }", "visitSlots"),
    ],
}


@pytest.fixture(scope="session")
async def http(guarded: str, login: str, graph: Graph) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole gateway, in demo mode."""
    pools = Pools.open(login, size=2, statement_timeout_ms=20_000)
    async with Pool.open(guarded, size=1) as lookups:
        settings = Settings()
        engine = GraphEngine(graph, pools, PageLimits(), load(MIGRATIONS))
        app = build_app(engine, FrontDoor(lookups, settings), settings)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client
        await pools.close()


@pytest.fixture(scope="session")
async def playing(guarded: str) -> dict[ViewerRole, Viewer]:
    """Whom the demo plays."""
    async with Pool.open(guarded, size=1) as pool:
        return await find_demo_viewers(pool)


async def _post(http: httpx.AsyncClient, role: ViewerRole, query: str) -> tuple[int, Any]:
    headers = {"X-Demo-Viewer": role.value, "Accept": "application/graphql-response+json"}
    found = await http.post("/graphql", json={"query": query}, headers=headers)
    return found.status_code, found.json()


@pytest.mark.parametrize("role", list(ViewerRole), ids=lambda role: role.value)
async def test_each_of_the_demos_viewers_sees_its_own(
    role: ViewerRole, http: httpx.AsyncClient, playing: dict[ViewerRole, Viewer], world: World
) -> None:
    sees = visible(world, playing[role])
    status, answer = await _post(
        http, role, "{ viewer { role operator { name } } tickets { totalCount } ticketComments { totalCount } }"
    )
    assert status == 200
    assert answer["data"]["viewer"]["role"] == role.name
    assert answer["data"]["viewer"]["operator"]["name"]
    assert answer["data"]["tickets"]["totalCount"] == len(sees["team.tickets"]) > 0
    assert answer["data"]["ticketComments"]["totalCount"] == len(sees["team.ticket_comments"])


@pytest.mark.parametrize(
    ("role", "query", "field"),
    [(role, query.replace("'", '"'), field) for role, cases in _REFUSED.items() for query, field in cases],
)
async def test_what_a_role_does_not_see_is_refused_before_it_runs(
    role: ViewerRole, query: str, field: str, http: httpx.AsyncClient
) -> None:
    status, answer = await _post(http, role, query)
    assert status == 400
    assert "data" not in answer
    assert field in answer["errors"][0]["message"]
    assert (await _post(http, ViewerRole.MANAGER, query))[0] == 200


@pytest.mark.parametrize("role", list(_REFUSED), ids=lambda role: role.value)
async def test_introspection_shows_each_role_its_own_schema(role: ViewerRole, http: httpx.AsyncClient) -> None:
    query = "{ __schema { types { name fields { name } inputFields { name } enumValues { name } } } }"
    _, answer = await _post(http, role, query)
    told = {kind["name"]: kind for kind in answer["data"]["__schema"]["types"]}
    assert {"Escalation", "TimeEntry", "Project", "RecurringRule", "InventoryAction", "Team"}.isdisjoint(told)
    names = {field["name"] for name in ("Ticket", "TicketFilter") for field in _members(told[name])}
    assert {"notes", "activeTimeSeconds", "escalatedAt", "currentTeamId"}.isdisjoint(names)
    found = await http.get("/schema.graphql", headers={"X-Demo-Viewer": role.value})
    assert found.status_code == 200
    assert "type Escalation " not in found.text
    assert "hourlyRateCents" not in found.text


def _members(kind: dict[str, Any]) -> list[dict[str, Any]]:
    return [*(kind["fields"] or []), *(kind["inputFields"] or []), *(kind["enumValues"] or [])]


async def test_suggestions_name_nothing_that_the_role_does_not_see(http: httpx.AsyncClient) -> None:
    for query in (
        "{ escalation { totalCount } }",
        "{ jobs { nodes { estimatedCostCent } } }",
        "{ quote { totalCount } }",
    ):
        _, answer = await _post(http, ViewerRole.TENANT, query)
        told = answer["errors"][0]["message"].partition("Did you mean")[2]
        assert "escalations" not in told
        assert "estimatedCostCents" not in told
        assert "quotes" not in told


async def test_viewers_take_turns_at_the_same_connections(
    http: httpx.AsyncClient, playing: dict[ViewerRole, Viewer], world: World
) -> None:
    for _ in range(3):
        for role, viewer in playing.items():
            _, answer = await _post(http, role, "{ contacts { totalCount } }")
            assert answer["data"]["contacts"]["totalCount"] == len(visible(world, viewer)["directory.contacts"])
