"""What functions derive of rows is what plain SQL and plain Python say, for all of them, in few statements."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from db.pool import Connection
from resolvers.derived import derived_differences
from schema.enums import GateGround
from schema.supergraph.supergraph import Supergraph
from schema.vocabulary.role import ViewerRole
from tests.access.sql import playing
from tests.graph.client import Client
from tests.graph.model import Model, Row
from tests.graph.moments import told_moment
from tests.graph.plainly import Plain
from tests.graph.test_statements import Statements

_STEPS = """{ tickets(first: 1000) { nodes {
    id availableTransitions { to open wantsReason missing { code message role } }
} } }"""
_VERDICTS = """
SELECT t.id, v.to_state, v.open, v.wants_reason, v.missing
FROM team.tickets AS t CROSS JOIN LATERAL lifecycle.verdicts(ARRAY[t.id]) AS v WHERE t.operator_id = $1
"""
_GATES = """{ tickets(first: 1000) { nodes { id gates { cost { ...Of } time { ...Of } } } } }
fragment Of on Gate { passed ground since by { id } reopenedBy }"""
_EVERYTHING = """query ($first: Int!, $where: TicketFilter!) { tickets(first: $first, where: $where) { nodes {
    availableTransitions { to missing { code } }
    again: availableTransitions { open }
    gates { cost { by { fullName } } time { by { fullName } } }
    lifecycle { mermaid }
    timeline(first: 1000) { totalCount pageInfo { endCursor } nodes { ...N } edges { at node { ...N } } }
} } }
fragment N on TimelineItem {
    ... on AuditEvent { eventType } ... on TicketComment { author { fullName } } ... on Message { body }
}"""
_FULL = {
    "thread": {"messages": {"some": {}}},
    "comments": {"some": {"author": {}}},
    "job": {"tenantTimeConfirmedAt": {"isNull": False}, "tenant": {}},
    "approvals": {"every": {"decider": {}, "decision": {"eq": "APPROVED"}, "revokedAt": {"isNull": True}}, "some": {}},
}


@pytest.mark.parametrize("role", [role for role in ViewerRole if role.staff])
async def test_the_next_steps_are_the_workflows_with_the_databases_verdicts(
    client: Client, model: Model, plain: Plain, role: ViewerRole
) -> None:
    asker = client.as_role(role)
    async with playing(plain.connection, asker.viewer):
        found = await plain.connection.fetch(_VERDICTS, asker.viewer.operator_id)
    verdicts = {(str(row["id"]), row["to_state"].upper()): row for row in found}
    told = {node["id"]: node["availableTransitions"] for node in (await asker.ask(_STEPS))["tickets"]["nodes"]}
    for row in model.rows(model.entity("Ticket")):
        steps = told[str(row["id"])]
        assert [step["to"] for step in steps] == _next(model, row)
        for step in steps:
            verdict = verdicts[str(row["id"]), step["to"]]
            assert step["missing"] == verdict["missing"]
            assert (step["open"], step["wantsReason"]) == (verdict["open"], verdict["wants_reason"])
            assert step["open"] is not bool(step["missing"])
    assert len(verdicts) == sum(map(len, told.values()))
    opened = [step for steps in told.values() for step in steps if step["open"]]
    assert bool(opened) is (role is not ViewerRole.ANALYST)


def _next(model: Model, ticket: Row) -> list[str]:
    """Where the workflow leads from where the ticket stands, in the order of its states."""
    states = {
        (state["workflow"], state["name"]): state["position"] for state in model.rows(model.entity("WorkflowState"))
    }
    found = [
        (states[step["workflow"], step["to_state"]], step["to_state"].upper())
        for step in model.rows(model.entity("WorkflowTransition"))
        if (step["workflow"], step["from_state"]) == (ticket["workflow"], ticket["status"])
        and ("held_from" not in step["guards"] or step["to_state"] == ticket["held_from"])
    ]
    return [name for _, name in sorted(found)]


async def test_gates_stand_as_quotes_approvals_and_jobs_say(client: Client, model: Model) -> None:
    jobs = {job["ticket_id"]: job for job in model.rows(model.entity("Job"))}
    told = {node["id"]: node["gates"] for node in (await client.ask(_GATES))["tickets"]["nodes"]}
    grounds = set()
    for ticket in model.rows(model.entity("Ticket")):
        gates, job = told[str(ticket["id"])], jobs.get(ticket["id"])
        if job is None:
            assert gates is None
            continue
        quote, approval = _live(model, job)
        for name, expected in (("cost", _cost(job, quote, approval)), ("time", _time(job, quote))):
            passed, ground, since, by = expected
            gate = gates[name]
            assert (gate["passed"], gate["ground"], gate["since"]) == (passed, ground.upper(), since), ticket["number"]
            assert gate["by"] == (by and {"id": str(by)})
            assert bool(gate["reopenedBy"]) is (passed and ticket["status"] not in {"closed", "cancelled"})
            grounds.add(ground)
    assert {"approved", "within_limit", "not_approved", "confirmed", "no_tenant"} <= grounds


Expected = tuple[bool, str, str | None, Any]


def _cost(job: Row, quote: Row | None, approval: Row | None) -> Expected:
    if approval:
        ground = "approved" if approval["required"] else "within_limit"
        return True, ground, _moment(approval["decided_at"]), approval["decided_by"]
    if job["gate_override"]:
        return False, "overridden", None, None
    return False, "not_approved" if quote else "no_quote", None, None


def _time(job: Row, quote: Row | None) -> Expected:
    confirmed = job["tenant_time_confirmed_at"]
    if job["tenant_contact_id"] is None:
        return True, "no_tenant", _moment(confirmed), None
    if confirmed:
        return True, "confirmed", _moment(confirmed), job["tenant_contact_id"]
    if job["gate_override"]:
        return False, "overridden", None, None
    return False, "not_confirmed" if quote and quote["visit_at"] else "no_time", None, None


def _live(model: Model, job: Row) -> tuple[Row | None, Row | None]:
    """The assigned vendor's standing quote, and the approval that covers it."""
    approvals = [row for row in model.rows(model.entity("Approval")) if row["ticket_id"] == job["ticket_id"]]
    quotes = {row["id"]: row for row in model.rows(model.entity("Quote")) if row["ticket_id"] == job["ticket_id"]}
    now = dt.datetime.now(dt.UTC)
    for quote in quotes.values():
        if quote["vendor_id"] != job["assigned_vendor_id"] or quote["superseded_at"]:
            continue
        covering = [
            row
            for row in approvals
            if row["decision"] == "approved"
            and row["revoked_at"] is None
            and quotes[row["quote_id"]]["vendor_id"] == quote["vendor_id"]
            and row["approved_amount_cents"] >= quote["amount_cents"]
            and row["currency"] == quote["currency"]
        ]
        if covering or quote["valid_until"] is None or quote["valid_until"] > now:
            return quote, max(covering, key=lambda row: (row["decided_at"], row["id"]), default=None)
    return None, None


def _moment(value: dt.datetime | None) -> str | None:
    return told_moment(value) if value else None


async def test_the_grounds_of_gates_are_those_of_the_enum(plain: Plain) -> None:
    source = await plain.connection.fetchval("SELECT prosrc FROM pg_proc WHERE oid = 'lifecycle.gates'::regproc")
    assert set(re.findall(r"(?:THEN|ELSE) '([a-z_]+)'", source)) == {ground.value for ground in GateGround}


async def test_a_workflow_is_drawn_with_every_state_and_step(client: Client, model: Model) -> None:
    for workflow in model.rows(model.entity("Workflow")):
        query = "query ($name: String) { workflow(name: $name) { mermaid states { totalCount } } }"
        drawn = (await client.ask(query, {"name": workflow["name"]}))["workflow"]["mermaid"].splitlines()
        steps = [s for s in model.rows(model.entity("WorkflowTransition")) if s["workflow"] == workflow["name"]]
        ends = [
            s for s in model.rows(model.entity("WorkflowState")) if s["workflow"] == workflow["name"] and s["final"]
        ]
        assert drawn[0] == "stateDiagram-v2"
        assert len(drawn) == 2 + len(steps) + len(ends)
        for step in steps:
            (line,) = [line for line in drawn if line.startswith(f"    {step['from_state']} --> {step['to_state']}: ")]
            assert all(word in line for word in [*step["roles"], *step["guards"]])


async def test_one_ticket_takes_as_many_statements_as_all(client: Client, demo: str) -> None:
    statements = Statements(demo)
    one, few = await statements.of(client, _EVERYTHING, {"first": 1, "where": _FULL})
    every, many = await statements.of(client, _EVERYTHING, {"first": 1000, "where": _FULL})
    assert len(one["tickets"]["nodes"]) == 1
    assert len(every["tickets"]["nodes"]) >= 5
    assert many == few


async def test_what_is_not_as_declared_is_told_with_the_field(connection: Connection, supergraph: Supergraph) -> None:
    assert await derived_differences(connection, supergraph.graph) == []
    await connection.execute("DROP FUNCTION lifecycle.mermaid(text[])")
    await connection.execute("ALTER VIEW lifecycle.timeline RENAME COLUMN at TO moment")
    await connection.execute("ALTER TYPE lifecycle.gate RENAME ATTRIBUTE since TO from_when")
    told = [str(difference) for difference in await derived_differences(connection, supergraph.graph)]
    for line, words in zip(sorted(told), ("Ticket.gates: ", "Ticket.timeline: ", "Workflow.mermaid: "), strict=True):
        assert line.startswith(words)
        assert line.endswith("Write a migration that mends it.")
