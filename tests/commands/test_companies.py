"""Companies are written down once; a vendor is found again by whatever address it is reached."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from db.pool import Connection
from resolvers.commands.contract.transaction import Transaction
from resolvers.commands.contract.work import Work
from resolvers.directory.vendor_match import vendor_by_contact
from tests.commands.conftest import Cast
from tests.commands.player import Player

_COMPANY = "company { id name kind email phone active version } events { eventType }"
_PROFILE = """
vendorProfile {
  id specialties active preferredRank version
  primaryContact { id } serviceAreas(first: 10) { nodes { area { id } } }
}
events { eventType }
"""
_COUNT = "SELECT count(*) FROM directory.companies"
_AREAS = "SELECT id FROM geo.areas ORDER BY id LIMIT 3"


def _address() -> str:
    return f"{uuid4().hex}@example.com"


async def _created(player: Player, **given: Any) -> Any:
    given = {"name": "Ridgeline Plumbing", "kind": "VENDOR", **given}
    return (await player.done("createCompany", _COMPANY, **given))["company"]


async def _contact(player: Player, **given: Any) -> Any:
    given = {"fullName": "Joe Field", "kind": "VENDOR", **given}
    return (await player.done("createContact", "contact { id }", **given))["contact"]["id"]


async def _profile(player: Player, **given: Any) -> Any:
    return (await player.done("updateVendorProfile", _PROFILE, **given))["vendorProfile"]


async def _found(player: Player, **address: str) -> UUID | None:
    """By the function that commands ask."""
    transaction = Transaction(player.pool, player.viewer)
    await transaction.begin("a-request")
    try:
        return await vendor_by_contact(Work(transaction, player.viewer), player.viewer.operator_id, **address)
    finally:
        await transaction.roll_back()


async def test_a_company_is_kept_in_one_spelling_with_its_event(manager: Player) -> None:
    address = _address()
    payload = await manager.done(
        "createCompany", _COMPANY, name="Ridge HOA", kind="ASSOCIATION", email=address.upper(), phone="+351 912 345 678"
    )
    company = payload["company"]
    assert (company["kind"], company["email"], company["phone"]) == ("ASSOCIATION", address, "+351912345678")
    assert payload["events"] == [{"eventType": "company_created"}]


async def test_an_operator_is_not_made_by_a_command(manager: Player, owner: Connection) -> None:
    before = await owner.fetchval(_COUNT)
    problem = await manager.problem("createCompany", name="Another operator", kind="OPERATOR")
    assert (problem["__typename"], problem["path"]) == ("Invalid", ["input", "kind"])
    assert await owner.fetchval(_COUNT) == before


async def test_a_vendor_is_known_by_those_who_speak_for_it(manager: Player) -> None:
    address = _address()
    vendor = await _created(manager)
    await _contact(manager, email=address, companyId=vendor["id"])
    problem = await manager.problem(
        "createCompany", "... on Conflict { existing }", name="Ridgeline", kind="VENDOR", email=address
    )
    assert (problem["code"], problem["existing"]) == ("DUPLICATE", vendor["id"])
    await _created(manager, email=address, kind="ASSOCIATION")
    await _created(manager, email=address, allowDuplicate=True)


async def test_of_two_vendors_at_once_one_is_the_duplicate(manager: Player) -> None:
    for _ in range(20):
        address = _address()
        selection = "company { id } problems { code ... on Conflict { existing } }"
        both = [manager.do("createCompany", selection, name="Ridgeline", kind="VENDOR", email=address)] * 1
        both.append(manager.do("createCompany", selection, name="Ridge", kind="VENDOR", email=address))
        told = await asyncio.gather(*both)
        (made,) = [payload["company"]["id"] for payload in told if not payload["problems"]]
        (refused,) = [problem for payload in told for problem in payload["problems"]]
        assert refused == {"code": "DUPLICATE", "existing": made}


async def test_the_operators_own_company_is_a_managers_to_change(
    players: dict[str, Player], cast: Cast, owner: Connection
) -> None:
    own = str(cast["agent"].operator_id)
    problem = await players["agent"].problem("updateCompany", "... on Forbidden { role }", companyId=own, active=False)
    assert (problem["code"], problem["role"]) == ("OWN_COMPANY", "manager")
    assert await owner.fetchval("SELECT active FROM directory.companies WHERE id = $1", UUID(own))
    changed = await players["manager"].done("updateCompany", _COMPANY, companyId=own, taxId="US-1")
    assert changed["events"] == [{"eventType": "company_updated"}]


async def test_a_change_leaves_what_it_does_not_name(manager: Player) -> None:
    company = await _created(manager, email=_address())
    changed = await manager.done("updateCompany", _COMPANY, companyId=company["id"], active=False)
    assert changed["company"] == {**company, "active": False, "version": 2}


async def test_a_vendors_profile_is_made_once_and_changed_after(manager: Player, owner: Connection) -> None:
    vendor = await _created(manager)
    areas = [str(row["id"]) for row in await owner.fetch(_AREAS)]
    contact = await _contact(manager, companyId=vendor["id"])
    made = await manager.done(
        "updateVendorProfile",
        _PROFILE,
        companyId=vendor["id"],
        specialties=["plumbing", "heating", "plumbing"],
        primaryContactId=contact,
        preferredRank=2,
        serviceAreaIds=areas[:2],
    )
    profile = made["vendorProfile"]
    assert (profile["specialties"], profile["active"]) == (["plumbing", "heating"], True)
    assert (profile["primaryContact"], profile["preferredRank"]) == ({"id": contact}, 2)
    assert [event["eventType"] for event in made["events"]] == ["vendor_profile_created"] + ["service_area_added"] * 2
    changed = await _profile(manager, companyId=vendor["id"], preferredRank=None, serviceAreaIds=areas[1:])
    assert (changed["id"], changed["preferredRank"], changed["specialties"]) == (
        profile["id"],
        None,
        profile["specialties"],
    )
    assert {node["area"]["id"] for node in changed["serviceAreas"]["nodes"]} == set(areas[1:])


async def test_a_first_profile_is_made_once_by_many_at_once(manager: Player, owner: Connection) -> None:
    for _ in range(10):
        vendor = await _created(manager)
        await asyncio.gather(*(_profile(manager, companyId=vendor["id"], preferredRank=n) for n in (1, 2, 3)))
        sql = "SELECT count(*) FROM directory.vendor_profiles WHERE company_id = $1"
        assert await owner.fetchval(sql, UUID(vendor["id"])) == 1


async def test_who_is_asked_first_speaks_for_the_vendor(manager: Player, owner: Connection) -> None:
    vendor, other = await _created(manager), await _created(manager)
    contact = await _contact(manager, companyId=other["id"])
    problem = await manager.problem("updateVendorProfile", companyId=vendor["id"], primaryContactId=contact)
    assert (problem["code"], problem["path"]) == ("NOT_ITS_CONTACT", ["input", "primaryContactId"])
    sql = "SELECT count(*) FROM directory.vendor_profiles WHERE company_id = $1"
    assert await owner.fetchval(sql, UUID(vendor["id"])) == 0


async def test_an_association_has_no_profile(manager: Player) -> None:
    company = await _created(manager, kind="ASSOCIATION")
    problem = await manager.problem("updateVendorProfile", companyId=company["id"], active=True)
    assert (problem["code"], problem["path"]) == ("NOT_A_VENDOR", ["input", "companyId"])


@pytest.mark.parametrize("kind", ["email", "phone"])
async def test_a_sender_is_the_active_vendor_then_the_one_used_last(
    manager: Player, owner: Connection, kind: str
) -> None:
    address = _address() if kind == "email" else f"+1970{uuid4().int % 10_000_000:07d}"
    assert await _found(manager, **{kind: address}) is None
    stale, older, newer = [
        await _created(manager, name=name, allowDuplicate=True, **{kind: address})
        for name in ("Stale", "Older", "Newer")
    ]
    used = "UPDATE maintenance.jobs SET assigned_vendor_id = $1, vendor_assigned_at = $2 WHERE id = $3"
    jobs = await owner.fetch(
        "SELECT id FROM maintenance.jobs WHERE operator_id = $1 ORDER BY id LIMIT 3", manager.viewer.operator_id
    )
    async with owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")
        for days, (company, job) in enumerate(zip((older, newer, stale), jobs, strict=True)):
            moment = await owner.fetchval("SELECT now() + make_interval(days => $1)", days)
            await owner.execute(used, UUID(company["id"]), moment, job["id"])
    assert await _found(manager, **{kind: address}) == UUID(stale["id"])
    await _profile(manager, companyId=stale["id"], active=False)
    assert await _found(manager, **{kind: address}) == UUID(newer["id"])
    await manager.done("updateCompany", companyId=newer["id"], active=False)
    assert await _found(manager, **{kind: address}) == UUID(older["id"])
    await _profile(manager, companyId=older["id"], active=False)
    assert await _found(manager, **{kind: address}) == UUID(stale["id"])


async def test_a_sender_is_a_vendor_of_the_own_operator(players: dict[str, Player]) -> None:
    address = _address()
    await _created(players["neighbour"], email=address)
    assert await _found(players["manager"], email=address) is None
