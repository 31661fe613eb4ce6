"""Work without the gates: who may start it, what is recorded, and what it still wants before it is closed."""

from __future__ import annotations

import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.house import ADMIN, AGENT, CARLA_AT_WORK, LIMIT, MANAGER, OWNER, SYSTEM, TENANT, VENDOR, acting
from tests.lifecycle.refusals import refused, tried
from tests.lifecycle.repair import COMPLETION, OVERRIDE, PAYMENT, STATUS, Repair

_NO_OVERRIDE = "UPDATE maintenance.jobs SET gate_override = NULL WHERE ticket_id = $1"


@pytest.mark.parametrize("viewer", [None, MANAGER, ADMIN])
@pytest.mark.parametrize("urgency", ["routine", "emergency"])
async def test_a_manager_starts_it_with_a_reason_for_whoever_is_there(
    db: Connection, viewer: house.Viewer | None, urgency: str
) -> None:
    for vendor, agent in ((house.KAURI, None), (None, CARLA_AT_WORK)):
        repair = await Repair.begin(db, vendor=vendor, agent=agent, urgency=urgency)
        async with acting(db, viewer):
            assert "REASON" in (await refused(db, STATUS, repair.id, "in_progress")).missing
            await repair.run(OVERRIDE)
            await repair.go("in_progress")
        assert await repair.job("work_started_at IS NOT NULL AND locked_in_at IS NULL")
        assert ("gates_overridden", viewer.role if viewer else "database") in await repair.events()


async def test_nobody_starts_it_where_nobody_is_to_do_it(db: Connection) -> None:
    repair = await Repair.begin(db, vendor=None)
    await repair.run(OVERRIDE)
    assert (await refused(db, STATUS, repair.id, "in_progress")).missing == ["ASSIGNEE"]


async def test_an_agent_starts_it_in_an_emergency_only(db: Connection) -> None:
    routine = await Repair.begin(db, agent=CARLA_AT_WORK)
    async with acting(db, AGENT):
        refusal = await refused(db, OVERRIDE, routine.id)
        assert (refusal.state, refusal.code, refusal.detail["role"]) == ("TK004", "MANAGER_NEEDED", "manager")
    await routine.run(OVERRIDE)
    async with acting(db, AGENT):
        assert (await refused(db, STATUS, routine.id, "in_progress")).missing == ["MANAGER"]
    emergency = await Repair.begin(db, agent=CARLA_AT_WORK, urgency="emergency")
    async with acting(db, AGENT):
        await emergency.run(OVERRIDE)
        await emergency.go("in_progress")
    assert await emergency.status() == "in_progress"


@pytest.mark.parametrize("viewer", [AGENT, VENDOR, TENANT, OWNER])
async def test_an_override_is_neither_given_nor_taken_back_by_anybody_else(
    db: Connection, viewer: house.Viewer
) -> None:
    repair = await Repair.begin(db)
    async with acting(db, viewer):
        assert (await refused(db, OVERRIDE, repair.id)).code == "MANAGER_NEEDED"
    await repair.run(OVERRIDE)
    async with acting(db, viewer):
        assert (await refused(db, _NO_OVERRIDE, repair.id)).code == "MANAGER_NEEDED"
    begun = (
        "INSERT INTO maintenance.jobs (operator_id, ticket_id, issue_type, urgency, gate_override)"
        " VALUES ($1, $2, 'plumbing', 'routine', 'Just so')"
    )
    ticket = await db.fetchval(
        "INSERT INTO team.tickets (operator_id, ticket_type, title, source) VALUES ($1, 'maintenance', 'Leak', 'phone')"
        " RETURNING id",
        house.OPERATOR,
    )
    async with acting(db, viewer):
        assert (await refused(db, begun, house.OPERATOR, ticket)).code == "MANAGER_NEEDED"


@pytest.mark.parametrize(("cents", "wants"), [(LIMIT, False), (LIMIT + 1, True)])
async def test_above_the_limit_its_cost_is_to_be_approved_before_it_is_closed(
    db: Connection, cents: int, *, wants: bool
) -> None:
    repair = await Repair.begin(db)
    await repair.run(OVERRIDE)
    await repair.go("in_progress")
    await repair.run(COMPLETION, cents)
    await repair.go("completed")
    await db.execute(PAYMENT, house.OPERATOR, repair.id, cents, "paid")
    if wants:
        refusal = await refused(db, STATUS, repair.id, "closed")
        assert (refusal.missing, refusal.detail["missing"][0]["role"]) == (["COST_APPROVAL"], "manager")
        await repair.decide("approved", cents - 1)
        assert (await refused(db, STATUS, repair.id, "closed")).missing == ["COST_APPROVAL"]
        await repair.decide("approved", cents)
        assert await repair.job("cost_variance_cents") == 0
    await repair.go("closed")
    assert await repair.status() == "closed"


async def test_locked_in_by_an_override_where_the_gates_are_open(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await db.execute("SET LOCAL session_replication_role = replica")
    await repair.go("approved")
    await db.execute("SET LOCAL session_replication_role = origin")
    assert (await refused(db, STATUS, repair.id, "in_progress")).missing == ["COST_APPROVAL", "TENANT_TIME"]
    async with acting(db, SYSTEM):
        assert "ROLE" in (await refused(db, STATUS, repair.id, "in_progress")).missing
    await repair.run(OVERRIDE)
    assert await tried(db, STATUS, repair.id, "in_progress") is None
