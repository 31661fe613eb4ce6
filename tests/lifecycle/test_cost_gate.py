"""The cost gate: within the limit, or covered by an approval that stands."""

from __future__ import annotations

import pytest

from db.pool import Connection
from tests.lifecycle import house
from tests.lifecycle.house import (
    ADMIN,
    AGENT,
    ANALYST,
    CO_OWNER,
    MANAGER,
    OTHER_OWNER,
    OWNER,
    TENANT,
    TUI,
    VENDOR,
    acting,
)
from tests.lifecycle.refusals import refused, tried
from tests.lifecycle.repair import CHEAP, DEAR, DECISION, REVOKE, TUESDAY, WEDNESDAY, Repair
from tests.lifecycle.scenes import CO_OWNER as A_CO_OWNER

_APPROVALS = """
SELECT required, decision, decided_by IS NULL AS nobody, approved_amount_cents AS cents, currency
FROM maintenance.approvals WHERE ticket_id = $1 ORDER BY created_at, id
"""
_LIMIT = "UPDATE property.properties SET approval_limit_cents = $2 WHERE id = $1"


async def _approvals(repair: Repair) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await repair.connection.fetch(_APPROVALS, repair.id)]


async def test_within_the_limit_it_passes_by_itself_which_is_written_as_an_approval_of_nobody(db: Connection) -> None:
    repair = await Repair.begin(db)
    await repair.quote(house.LIMIT)
    assert await _approvals(repair) == [(False, "approved", True, house.LIMIT, "NZD")]
    assert await repair.gates() == (True, False)
    assert ("approval_decided", "system") in await repair.events()


async def test_above_the_limit_it_does_not(db: Connection) -> None:
    repair = await Repair.quoted(db, house.LIMIT + 1)
    assert (await _approvals(repair), await repair.gates(), await repair.status()) == ([], (False, False), "quoted")


@pytest.mark.parametrize(("limit", "cents", "passes"), [(90_000, 90_000, True), (0, 1, False), (0, 0, True)])
async def test_the_propertys_limit_comes_before_the_operators(
    db: Connection, limit: int, cents: int, *, passes: bool
) -> None:
    await db.execute(_LIMIT, house.RATA_4, limit)
    repair = await Repair.begin(db)
    await repair.quote(cents)
    assert (await repair.gates())[0] is passes


async def test_in_another_currency_nothing_is_within_the_limit(db: Connection) -> None:
    repair = await Repair.begin(db)
    await repair.quote(1, currency="EUR")
    assert (await repair.gates())[0] is False
    await repair.decide("approved", 100, currency="NZD")
    assert (await repair.gates())[0] is False
    await repair.decide("approved", 1, currency="EUR")
    assert (await repair.gates())[0] is True


async def test_another_vendors_approval_does_not_count(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.approve()
    await repair.quote(DEAR, vendor=TUI)
    await repair.assign(TUI)
    assert (await repair.gates())[0] is False
    assert await repair.status() == "pending_approval"


async def test_an_approval_below_the_amount_returns_the_ticket_to_quoted_with_its_conditions(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.go("pending_approval")
    await repair.approve(DEAR - 1)
    assert (await repair.status(), (await repair.gates())[0]) == ("quoted", False)
    assert await db.fetchval("SELECT conditions FROM maintenance.approvals WHERE ticket_id = $1", repair.id)
    await repair.quote(DEAR - 1)
    assert (await repair.status(), await repair.gates()) == ("pending_tenant_confirmation", (True, False))


async def test_a_revision_within_the_approved_amount_keeps_the_approval_and_the_tenants_word(db: Connection) -> None:
    repair = await Repair.approved(db)
    await repair.quote(DEAR - 100)
    assert (await repair.status(), await repair.gates()) == ("approved", (True, True))
    assert len(await _approvals(repair)) == 1


async def test_a_higher_revision_reopens_the_cost_gate_alone(db: Connection) -> None:
    repair = await Repair.approved(db)
    confirmed = await repair.job("tenant_time_confirmed_at")
    await repair.quote(DEAR + 1)
    assert (await repair.status(), await repair.gates()) == ("pending_approval", (False, True))
    await repair.approve()
    assert (await repair.status(), await repair.job("tenant_time_confirmed_at")) == ("approved", confirmed)


async def test_a_withdrawn_approval_reopens_it_and_stays_withdrawn(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.confirm()
    approval = await repair.approve()
    assert await repair.status() == "approved"
    await db.execute(REVOKE, approval)
    assert (await repair.status(), await repair.gates()) == ("pending_approval", (False, True))
    back = await refused(db, "UPDATE maintenance.approvals SET revoked_at = NULL WHERE id = $1", approval)
    assert (back.state, back.code) == ("TK002", "APPROVAL_REVOKED")


async def test_what_is_decided_stays(db: Connection) -> None:
    repair = await Repair.quoted(db)
    approval = await repair.approve()
    for change in (
        "approved_amount_cents = 1",
        "decision = 'rejected'",
        "justification = 'Because'",
        "decided_by = NULL",
    ):
        refusal = await refused(db, f"UPDATE maintenance.approvals SET {change} WHERE id = $1", approval)  # noqa: S608 - above
        assert (refusal.state, refusal.code) == ("TK002", "ALREADY_DECIDED")
    assert (await refused(db, "DELETE FROM maintenance.approvals WHERE id = $1", approval)).code == "APPROVAL_STAYS"


async def test_nobody_decides_on_a_quote_that_a_newer_one_has_taken_the_place_of(db: Connection) -> None:
    repair = await Repair.quoted(db)
    first = await repair.live()
    asked = await db.fetchval(
        "INSERT INTO maintenance.approvals (operator_id, ticket_id, quote_id, required) VALUES ($1, $2, $3, true)"
        " RETURNING id",
        house.OPERATOR,
        repair.id,
        first,
    )
    await repair.quote(DEAR + 5)
    values = (house.OPERATOR, repair.id, first, "approved", house.BEN, DEAR, "NZD", None)
    assert (await refused(db, DECISION, *values)).code == "QUOTE_SUPERSEDED"
    answer = (
        "UPDATE maintenance.approvals SET decision = 'approved', decided_by = $2, decided_at = now(),"
        " approved_amount_cents = 1, currency = 'NZD' WHERE id = $1"
    )
    assert (await refused(db, answer, asked, house.BEN)).code == "QUOTE_SUPERSEDED"


async def test_a_decision_names_a_quote_of_its_own_ticket(db: Connection) -> None:
    repair, other = await Repair.quoted(db), await Repair.quoted(db)
    values = (house.OPERATOR, repair.id, await other.live(), "approved", house.BEN, DEAR, "NZD", None)
    assert (await refused(db, DECISION, *values)).code == "QUOTE_OF_ANOTHER_TICKET"


_DECIDERS = [
    (ADMIN, "approved", DEAR * 9, True),
    (MANAGER, "approved", DEAR * 9, True),
    (AGENT, "approved", house.CARLAS_LIMIT, True),
    (AGENT, "approved", house.CARLAS_LIMIT + 1, False),
    (AGENT, "rejected", None, True),
    (ANALYST, "approved", 1, False),
    (OWNER, "approved", DEAR * 9, True),
    (CO_OWNER, "approved", DEAR * 9, True),
    (OTHER_OWNER, "approved", 1, False),
    (VENDOR, "approved", 1, False),
    (TENANT, "rejected", None, False),
    (house.SYSTEM, "approved", 1, False),
]


@pytest.mark.parametrize(("viewer", "decision", "cents", "may"), _DECIDERS)
async def test_a_manager_decides_an_agent_within_its_limit_and_the_owner(
    db: Connection, viewer: house.Viewer, decision: str, cents: int | None, *, may: bool
) -> None:
    repair = await Repair.quoted(db)
    await db.execute(A_CO_OWNER, house.OPERATOR, repair.id, house.IAN)
    values = (house.OPERATOR, repair.id, await repair.live(), decision, viewer.contact or house.BEN, cents, "NZD", None)
    async with acting(db, viewer):
        refusal = await tried(db, DECISION, *values)
    assert (refusal is None) is may
    if refusal:
        assert (refusal.state, refusal.code, refusal.detail["role"]) == ("TK004", "DECIDER_NEEDED", "manager")
        assert await _approvals(repair) == []


async def test_nobody_writes_above_the_limit_that_no_decision_is_needed(db: Connection) -> None:
    repair = await Repair.quoted(db)
    claimed = (
        "INSERT INTO maintenance.approvals (operator_id, ticket_id, quote_id, required, decision, decided_at,"
        " approved_amount_cents, currency) VALUES ($1, $2, $3, false, 'approved', now(), $4, 'NZD')"
    )
    for viewer in (None, AGENT, MANAGER):
        async with acting(db, viewer):
            refusal = await refused(db, claimed, house.OPERATOR, repair.id, await repair.live(), DEAR)
        assert refusal.code == "DECIDER_NEEDED"


async def test_a_cheaper_quote_of_the_tenants_chosen_time_goes_all_the_way(db: Connection) -> None:
    repair = await Repair.quoted(db, CHEAP)
    await db.execute("SELECT lifecycle.follow_gates($1)", repair.id)
    assert await repair.status() == "pending_tenant_confirmation"
    await repair.confirm()
    assert await repair.status() == "approved"
    await repair.quote(CHEAP - 1, visit_at=TUESDAY)
    assert await repair.status() == "approved"
    await repair.quote(CHEAP - 1, visit_at=WEDNESDAY)
    assert await repair.status() == "pending_tenant_confirmation"
