"""The live quote: the assigned vendor's newest one that stands."""

from __future__ import annotations

from datetime import UTC, datetime

from db.pool import Connection
from tests.lifecycle.house import KAURI, TUI
from tests.lifecycle.refusals import refused
from tests.lifecycle.repair import ASSIGN, CHEAP, DEAR, HOLD, TUESDAY, WEDNESDAY, Repair

_LAST_YEAR = datetime(2020, 1, 1, tzinfo=UTC)
_REVISIONS = (
    "SELECT revision, superseded_at IS NULL FROM maintenance.quotes WHERE ticket_id = $1 ORDER BY created_at, id"
)


async def test_it_is_the_newest_of_the_assigned_vendor(db: Connection) -> None:
    repair = await Repair.begin(db)
    assert await repair.live() is None
    first = await repair.quote(DEAR)
    assert await repair.live() == first
    await repair.quote(CHEAP, vendor=TUI)
    assert await repair.live() == first
    second = await repair.quote(DEAR + 100)
    assert await repair.live() == second
    assert [tuple(row) for row in await db.fetch(_REVISIONS, repair.id)] == [(1, False), (1, True), (2, True)]


async def test_one_that_has_run_out_is_not_live_and_leads_nowhere(db: Connection) -> None:
    repair = await Repair.begin(db)
    await repair.quote(DEAR, valid_until=_LAST_YEAR)
    assert await repair.live() is None
    refusal = await refused(db, "UPDATE team.tickets SET status = 'quoted' WHERE id = $1", repair.id)
    assert (refusal.missing, refusal.detail["missing"][0]["role"]) == (["LIVE_QUOTE"], "vendor")


async def test_once_approved_it_does_not_run_out(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.approve()
    quote = await repair.live()
    await db.execute("UPDATE maintenance.quotes SET valid_until = $2 WHERE id = $1", quote, _LAST_YEAR)
    assert (await repair.live(), await repair.gates()) == (quote, (True, False))


async def test_with_another_vendor_its_newest_is_live_and_the_former_one_is_out(db: Connection) -> None:
    repair = await Repair.approved(db)
    await repair.quote(CHEAP, vendor=TUI, visit_at=WEDNESDAY)
    newest = await repair.quote(CHEAP + 1, vendor=TUI)
    assert await repair.gates() == (True, True)
    await repair.assign(TUI)
    assert await repair.live() == newest
    assert await repair.links() == {(KAURI, "declined"), (TUI, "assigned")}
    assert await repair.job("tenant_time_confirmed_at") is None
    assert await repair.status() == "pending_tenant_confirmation"  # within the limit, and the tenant is asked again


async def test_a_vendor_that_comes_back_is_assigned_again_and_not_declined(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.assign(TUI)
    await repair.assign(KAURI)
    assert await repair.links() == {(TUI, "declined"), (KAURI, "assigned")}
    assert await repair.gates() == (False, False)


async def test_a_declined_vendor_no_longer_sees_the_ticket(db: Connection) -> None:
    repair = await Repair.quoted(db)
    viewers = "SELECT principal FROM access.ticket_viewers WHERE ticket_id = $1 AND reason LIKE '%vendor'"
    assert {row[0] for row in await db.fetch(viewers, repair.id)} == {KAURI}
    await repair.assign(TUI)
    assert {row[0] for row in await db.fetch(viewers, repair.id)} == {TUI}


async def test_a_vendor_that_declines_is_out(db: Connection) -> None:
    repair = await Repair.begin(db)
    await repair.go("reported")
    assert await repair.job("assigned_vendor_id") is None
    assert await repair.links() == {(KAURI, "declined")}


async def test_what_was_quoted_stays_as_it_was(db: Connection) -> None:
    repair = await Repair.quoted(db)
    first = await repair.live()
    for change in ("amount_cents = 1", "currency = 'EUR'", "scope = 'Less'", "revision = 9"):
        refusal = await refused(db, f"UPDATE maintenance.quotes SET {change} WHERE id = $1", first)  # noqa: S608 - above
        assert (refusal.state, refusal.code) == ("TK002", "QUOTE_STAYS")
    assert (await refused(db, "DELETE FROM maintenance.quotes WHERE id = $1", first)).code == "QUOTE_STAYS"
    await repair.quote(DEAR + 1)
    for change in ("visit_at = now()", "superseded_at = NULL"):
        refusal = await refused(db, f"UPDATE maintenance.quotes SET {change} WHERE id = $1", first)  # noqa: S608 - above
        assert refusal.code == "QUOTE_STAYS"


async def test_no_vendor_is_changed_on_a_ticket_that_is_held_or_over(db: Connection) -> None:
    repair = await Repair.quoted(db)
    await repair.run(HOLD)
    assert (await refused(db, ASSIGN, repair.id, TUI)).code == "TICKET_ON_HOLD"
    await repair.run("UPDATE team.tickets SET status = 'cancelled', cancel_reason = 'duplicate' WHERE id = $1")
    assert (await refused(db, ASSIGN, repair.id, TUI)).code == "TICKET_ENDED"


async def test_a_revision_keeps_the_time_of_the_visit_unless_it_brings_another(db: Connection) -> None:
    repair = await Repair.quoted(db)
    for given, expected in ((None, TUESDAY), (WEDNESDAY, WEDNESDAY), (None, WEDNESDAY)):
        revision = await repair.quote(DEAR, visit_at=given)
        assert await db.fetchval("SELECT visit_at FROM maintenance.quotes WHERE id = $1", revision) == expected
