"""What outsiders are told of next steps, gates and timelines: of their tickets alone, of costs as far as is theirs."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.vocabulary.role import RESIDENTS, ViewerRole
from tests.access.asking import Asking
from tests.access.cast import GRAPH_NAMES, OUTSIDER_NAMES
from tests.access.sql import lent
from tests.access.world import Row, World

_ALL = """{ tickets(first: 1000) { nodes {
    id status
    availableTransitions { to open missing { code message role } }
    gates { cost { ...G } time { ...G } }
    timeline(first: 1000) { totalCount nodes { __typename ... on Node { id } } }
} } } fragment G on Gate { passed ground since by { id } reopenedBy }"""
_TABLES = {"AuditEvent": "audit.events", "TicketComment": "team.ticket_comments", "Message": "messaging.messages"}
_OF_TIMELINE = "lifecycle.timeline WHERE ticket_id = ANY ($1)"
_ASKED = [name for name in GRAPH_NAMES if name in OUTSIDER_NAMES]
outsiders = pytest.mark.parametrize("name", _ASKED)


async def _told(asking: Asking, name: str) -> dict[UUID, Any]:
    """What the viewer is told, by ticket: all that it sees and no other."""
    nodes = (await asking[name].ask(_ALL))["tickets"]["nodes"]
    told = {UUID(node["id"]): node for node in nodes}
    assert told.keys() == asking[name].sees["team.tickets"]
    return told


@outsiders
async def test_a_timeline_has_what_the_viewer_sees_of_each_table(name: str, asking: Asking, world: World) -> None:
    sees, threads = asking[name].sees, world.tables["messaging.threads"]
    expected: dict[UUID, set[tuple[str, str]]] = {key: set() for key in sees["team.tickets"]}
    for kind, table in _TABLES.items():
        for key in sees[table]:
            row = world.tables[table][key]
            ticket = threads[row["thread_id"]]["ticket_id"] if kind == "Message" else row["ticket_id"]
            expected[ticket].add((kind, str(key)))
    for ticket, node in (await _told(asking, name)).items():
        timeline = node["timeline"]
        assert {(item["__typename"], item["id"]) for item in timeline["nodes"]} == expected[ticket]
        assert timeline["totalCount"] == len(timeline["nodes"]) == len(expected[ticket])


@outsiders
async def test_an_outsider_hears_of_a_step_that_is_not_its_own_only_whose_it_is(
    name: str, asking: Asking, cast: dict[str, Viewer]
) -> None:
    role = cast[name].role.value
    for node in (await _told(asking, name)).values():
        for step in node["availableTransitions"]:
            codes = [missing["code"] for missing in step["missing"]]
            assert step["open"] is (codes == [])
            assert "ROLE" not in codes or codes == ["ROLE"], step
            assert role != "guest" or step["to"] in {"CANCELLED", "IN_PROGRESS"} or codes == ["ROLE"]


_PEOPLE = {
    ViewerRole.VENDOR: ("first busy vendor", "assigned_vendor_id"),
    ViewerRole.TENANT: ("first tenant", "tenant_contact_id"),
    ViewerRole.HOMEOWNER: ("first homeowner", "homeowner_id"),
    ViewerRole.GUEST: ("first guest", "requestor_contact_id"),
}


@pytest.mark.parametrize("role", _PEOPLE)
async def test_steps_are_an_outsiders_where_the_workflow_says_so_and_the_ticket_is_its_own(
    role: ViewerRole, asking: Asking, cast: dict[str, Viewer], world: World
) -> None:
    name, column = _PEOPLE[role]
    jobs = {row["ticket_id"]: row for row in world["maintenance.jobs"]}
    rows = [jobs.get(row["id"], {}) | row for row in world["team.tickets"]]
    open_ = [
        row
        for row in rows
        if row["operator_id"] == cast[name].operator_id and row["status"] not in {"closed", "cancelled"}
    ]
    theirs = 0
    for person in {row[column] for row in open_ if row.get(column)}:
        client = copy(asking[name].client)
        key = {"company_id": person, "contact_id": None} if role is ViewerRole.VENDOR else {"contact_id": person}
        client.viewer = replace(cast[name], **key)
        told = {UUID(node["id"]): node for node in (await client.ask(_ALL))["tickets"]["nodes"]}
        for row in (row for row in open_ if row.get(column) == person):
            for step in told[row["id"]]["availableTransitions"]:
                if (row["status"], step["to"]) != ("on_hold", "CANCELLED"):  # as where it was held
                    allowed = _roles(world, row, step["to"]) & _capacities(row, client.viewer)
                    assert bool(allowed) is all(missing["code"] != "ROLE" for missing in step["missing"])
                    theirs += bool(allowed)
    assert theirs or role is ViewerRole.HOMEOWNER  # none of whose repairs is at such a step in these data


def _roles(world: World, ticket: Row, to: str) -> set[str]:
    key = ticket["workflow"], ticket["status"], to.lower()
    (step,) = [
        row
        for row in world["team.workflow_transitions"]
        if (row["workflow"], row["from_state"], row["to_state"]) == key
    ]
    return set(step["roles"])


def _capacities(ticket: Row, viewer: Viewer) -> set[str]:
    """A viewer's role on its ticket, and whether it asked for it."""
    asked = viewer.contact_id is not None and ticket["requestor_contact_id"] == viewer.contact_id
    return {viewer.role.value} | ({"requestor"} if asked else set())


@outsiders
async def test_gates_tell_of_costs_what_is_the_viewers_to_know(
    name: str, asking: Asking, cast: dict[str, Viewer], world: World
) -> None:
    viewer, manager = cast[name], f"{name.split()[0]} manager"
    whole = {UUID(node["id"]): node["gates"] for node in (await asking[manager].ask(_ALL))["tickets"]["nodes"]}
    vendors = {row["ticket_id"]: row["assigned_vendor_id"] for row in world["maintenance.jobs"]}
    people = {str(key) for key in asking[name].sees["directory.contacts"]}
    for ticket, node in (await _told(asking, name)).items():
        gates, full = node["gates"], whole[ticket]
        assert (gates is None) is (full is None) is (ticket not in vendors)
        if not gates:
            continue
        kept = viewer.role in RESIDENTS or (viewer.role is ViewerRole.VENDOR and vendors[ticket] != viewer.company_id)
        passed = full["cost"]["passed"]
        assert gates["time"] == _shown(full["time"], people)
        assert gates["cost"] == (
            {"passed": passed, "ground": "APPROVED" if passed else "NOT_APPROVED", "since": None, "by": None}
            | {"reopenedBy": []}
            if kept
            else _shown(full["cost"], people)
        )


def _shown(gate: dict[str, Any], people: set[str]) -> dict[str, Any]:
    """The gate, by nobody where that person is not to be seen."""
    return gate | {"by": gate["by"] if gate["by"] and gate["by"]["id"] in people else None}


async def test_masks_keep_something_back_and_show_something(asking: Asking) -> None:
    grounds = {
        name: {node["gates"]["cost"]["ground"] for node in (await _told(asking, name)).values() if node["gates"]}
        for name in _ASKED
    }
    assert "WITHIN_LIMIT" in grounds["first homeowner"]
    assert grounds["first tenant"] <= {"APPROVED", "NOT_APPROVED"}
    assert "APPROVED" in grounds["first tenant"]


@pytest.mark.parametrize("name", ["first busy vendor", "first tenant", "second homeowner", "first manager"])
async def test_the_functions_and_the_view_tell_nothing_of_hidden_tickets_by_sql(
    name: str, asking: Asking, cast: dict[str, Viewer], pools: Pools, world: World
) -> None:
    hidden = sorted(world.tables["team.tickets"].keys() - asking[name].sees["team.tickets"])
    assert hidden
    async with lent(pools.of(cast[name]), cast[name]) as connection:
        for source in ("lifecycle.verdicts($1)", "lifecycle.gates($1)", _OF_TIMELINE):
            assert await connection.fetch(f"SELECT * FROM {source}", hidden) == []  # noqa: S608 - constants
        assert await connection.fetch(f"SELECT * FROM {_OF_TIMELINE}", sorted(asking[name].sees["team.tickets"]))  # noqa: S608
