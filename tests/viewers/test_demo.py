"""The demo's viewers: one of each role, each with something to see."""

from __future__ import annotations

import asyncio
from collections.abc import Generator

import pytest

import gateway.viewers.demo
from db.pool import Connection, Pool
from gateway.viewers.api_keys import create_key
from gateway.viewers.demo import DemoViewers, find_demo_viewers
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.viewers.gate import OPERATOR, SECRET, Gate, gate
from tests.viewers.issuer import signed

_FIRST = "SELECT min(id::text)::uuid FROM directory.companies WHERE kind = 'operator'"
_MEMBER = """
SELECT m.active, m.manager_id, t.name AS team
FROM team.team_members AS m LEFT JOIN team.teams AS t ON t.id = m.team_id
WHERE m.contact_id = $1
"""
_CONTACT = "SELECT kind, company_id FROM directory.contacts WHERE id = $1"
_SEEN = {
    ViewerRole.AGENT: "SELECT count(*) FROM team.tickets AS t JOIN team.team_members AS m ON m.id = t.current_agent_id "
    "WHERE m.contact_id = $1",
    ViewerRole.VENDOR: "SELECT count(*) FROM maintenance.jobs AS j JOIN directory.contacts AS c "
    "ON c.company_id = j.assigned_vendor_id WHERE c.id = $1",
    ViewerRole.TENANT: "SELECT count(*) FROM team.tickets AS t JOIN property.tenancies AS y "
    "ON y.contact_id = t.requestor_contact_id WHERE y.contact_id = $1",
    ViewerRole.GUEST: "SELECT count(*) FROM team.tickets AS t JOIN reservations.reservations AS r "
    "ON r.guest_contact_id = t.requestor_contact_id WHERE r.guest_contact_id = $1",
    ViewerRole.HOMEOWNER: "SELECT count(*) FROM team.tickets AS t JOIN property.properties AS p "
    "ON p.id = t.property_id WHERE p.homeowner_id = $1",
}


@pytest.fixture(scope="module")
def demo(people: str) -> Generator[Gate]:
    with gate(people, demo=True, token_secret=SECRET) as gate_:
        yield gate_


def test_without_a_word_it_is_a_manager(demo: Gate) -> None:
    assert demo.viewer() == demo.viewer(X_Demo_Viewer="manager")
    assert demo.viewer().role is ViewerRole.MANAGER


@pytest.mark.parametrize("role", ViewerRole)
async def test_there_is_one_of_each_role_at_the_first_operator(demo: Gate, desk: Connection, role: ViewerRole) -> None:
    viewer = demo.viewer(X_Demo_Viewer=role.value)
    assert (viewer.role, viewer.operator_id) == (role, await desk.fetchval(_FIRST))
    assert viewer == demo.viewer(X_Demo_Viewer=role.value.upper())
    assert viewer.may_write is (role is not ViewerRole.ANALYST)
    if role in _SEEN:
        assert await desk.fetchval(_SEEN[role], viewer.contact_id) > 0


async def test_each_is_what_its_role_says(demo: Gate, desk: Connection) -> None:
    played = {role: demo.viewer(X_Demo_Viewer=role.value) for role in ViewerRole}
    members = {role: await desk.fetchrow(_MEMBER, played[role].contact_id) for role in ViewerRole if role.staff}
    manager, agent, analyst = (members[role] for role in (ViewerRole.MANAGER, ViewerRole.AGENT, ViewerRole.ANALYST))
    assert manager is not None
    assert agent is not None
    assert analyst is not None
    assert [member["active"] for member in (manager, agent, analyst)] == [True, True, True]
    assert manager["manager_id"] is None
    assert agent["manager_id"] is not None
    assert analyst["team"] == "Analytics"
    assert played[ViewerRole.SYSTEM].contact_id is None
    for role in (role for role in ViewerRole if not role.staff):
        row = await desk.fetchrow(_CONTACT, played[role].contact_id)
        assert row is not None
        assert row["kind"] == role.value
        assert played[role].company_id == (row["company_id"] if role is ViewerRole.VENDOR else None)


@pytest.mark.parametrize("name", ["", "owner", "manager, agent", "../manager", "x" * 5_000])
def test_an_unknown_name_is_refused_with_the_known_ones(demo: Gate, name: str) -> None:
    answer = demo.ask(X_Demo_Viewer=name)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": "UNKNOWN_DEMO_VIEWER"}
    assert all(role.value in error["message"] for role in ViewerRole)
    assert len(error["message"]) < 400


async def test_credentials_count_in_the_demo_too(demo: Gate, desk: Connection) -> None:
    assert demo.viewer(signed(aud=None)) == Viewer(ViewerRole.MANAGER, OPERATOR, None)
    assert demo.viewer(signed(aud=None, role="agent"), X_Demo_Viewer="guest").role is ViewerRole.AGENT
    operator = await desk.fetchval(_FIRST)
    _, key = await create_key(desk, Viewer(ViewerRole.SYSTEM, operator, None), "clockwork", ["read"], None)
    assert demo.viewer(key) == Viewer(ViewerRole.SYSTEM, operator, None, may_write=False)


def test_bad_credentials_are_refused_in_the_demo_too(demo: Gate) -> None:
    assert "expired" in demo.reason(signed(aud=None, exp=1))
    assert "scheme" in demo.reason(authorization="Basic bWU6c2VjcmV0")


def test_outside_the_demo_nobody_is_played(people: str) -> None:
    with gate(people, token_secret=SECRET) as gate_:
        assert gate_.reason(X_Demo_Viewer="admin").startswith("Who asks must be known here")
        assert gate_.viewer(signed(aud=None, role="agent"), X_Demo_Viewer="admin").role is ViewerRole.AGENT


def test_without_data_nobody_can_be_played(database: str) -> None:
    with gate(database, demo=True) as gate_:
        answer = gate_.ask()
    assert answer.status_code == 503
    assert "python -m gateway demo" in answer.json()["errors"][0]["message"]


async def test_the_first_who_come_at_once_are_looked_for_once(people: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    async def counted(pool: Pool) -> dict[ViewerRole, Viewer]:
        nonlocal looks
        looks += 1
        return await find_demo_viewers(pool)

    monkeypatch.setattr(gateway.viewers.demo, "find_demo_viewers", counted)
    async with Pool.open(people, size=2) as pool:
        viewers = DemoViewers(pool)
        found = await asyncio.gather(*(viewers.named(role.value) for role in ViewerRole for _ in range(5)))
    assert looks == 1
    assert {viewer.role for viewer in found} == set(ViewerRole)
