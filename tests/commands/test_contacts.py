"""People are written down once, in one spelling."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from db.pool import Connection
from tests.commands.conftest import Cast
from tests.commands.player import Player

_CONTACT = "contact { id fullName kind email phone locale timeZone number version company { id } } events { eventType }"
_COUNT = "SELECT count(*) FROM directory.contacts"


def _address() -> str:
    return f"{uuid4().hex}@example.com"


async def _created(player: Player, **given: Any) -> Any:
    given = {"fullName": "Lena Ortiz", "kind": "TENANT", **given}
    return (await player.done("createContact", _CONTACT, **given))["contact"]


async def test_a_contact_is_kept_in_one_spelling_with_its_event(manager: Player) -> None:
    name = uuid4().hex
    payload = await manager.done(
        "createContact",
        _CONTACT,
        fullName="Lena Ortiz",
        kind="HOMEOWNER",
        email=f"{name.upper()}@Example.COM",
        phone=f" +1 (970) 555-{int(name[:6], 16) % 10000:04d} ",
        locale="es-MX",
        timeZone="America/Denver",
        allowDuplicate=True,
    )
    contact = payload["contact"]
    assert contact["email"] == f"{name}@example.com"
    assert contact["phone"] == f"+1970555{int(name[:6], 16) % 10000:04d}"
    assert (contact["locale"], contact["timeZone"], contact["kind"]) == ("es-MX", "America/Denver", "HOMEOWNER")
    assert payload["events"] == [{"eventType": "contact_created"}]


async def test_a_number_without_its_country_is_one_of_the_operators_own(players: dict[str, Player]) -> None:
    given = {"fullName": "Ana Silva", "kind": "GUEST", "allowDuplicate": True}
    american = (await players["manager"].done("createContact", _CONTACT, **given, phone="(970) 555-0134"))["contact"]
    portuguese = (await players["neighbour"].done("createContact", _CONTACT, **given, phone="912 345 678"))["contact"]
    assert (american["phone"], portuguese["phone"]) == ("+19705550134", "+351912345678")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("phone", "call me", "PHONE_INVALID"),
        ("phone", "12", "PHONE_INVALID"),
        ("phone", "+1 970 555 0134 ext. 5", "PHONE_INVALID"),
        ("phone", "+999 123 456 789", "PHONE_INVALID"),
        ("email", "lena", "EMAIL_INVALID"),
        ("email", "lena@", "EMAIL_INVALID"),
        ("email", "a@b@example.com", "EMAIL_INVALID"),
        ("locale", "Spanish (Mexico)", "LOCALE_INVALID"),
        ("timeZone", "Denver", "TIME_ZONE_INVALID"),
        ("timeZone", "../etc/passwd", "TIME_ZONE_INVALID"),
    ],
)
async def test_what_nobody_could_use_is_refused(
    manager: Player, owner: Connection, field: str, value: str, code: str
) -> None:
    before = await owner.fetchval(_COUNT)
    problem = await manager.problem("createContact", fullName="Lena Ortiz", kind="TENANT", **{field: value})
    assert (problem["__typename"], problem["code"], problem["path"]) == ("Invalid", code, ["input", field])
    assert await owner.fetchval(_COUNT) == before


async def test_everything_wrong_is_told_at_once(manager: Player) -> None:
    found = await manager.problems("createContact", fullName="Lena", kind="TENANT", phone="x", email="y", timeZone="z")
    assert {problem["path"][1] for problem in found} == {"phone", "email", "timeZone"}


async def test_a_duplicate_names_the_record_that_is_there(manager: Player, owner: Connection) -> None:
    address = _address()
    first = await _created(manager, email=address)
    before = await owner.fetchval(_COUNT)
    problem = await manager.problem(
        "createContact", "... on Conflict { existing }", fullName="L. Ortiz", kind="GUEST", email=address.upper()
    )
    assert (problem["__typename"], problem["code"]) == ("Conflict", "DUPLICATE")
    assert (problem["path"], problem["existing"]) == (["input", "email"], first["id"])
    assert await owner.fetchval(_COUNT) == before


async def test_a_duplicate_may_be_meant(manager: Player) -> None:
    address = _address()
    first = await _created(manager, email=address)
    second = await _created(manager, email=address, allowDuplicate=True)
    assert first["id"] != second["id"]


async def test_the_same_kind_of_person_is_the_duplicate(manager: Player) -> None:
    address = _address()
    tenant = await _created(manager, email=address)
    await _created(manager, email=address, kind="GUEST", allowDuplicate=True)
    problem = await manager.problem(
        "createContact", "... on Conflict { existing }", fullName="Lena", kind="TENANT", email=address
    )
    assert problem["existing"] == tenant["id"]


async def test_another_operators_people_are_no_duplicates(players: dict[str, Player]) -> None:
    address = _address()
    await _created(players["manager"], email=address)
    await _created(players["neighbour"], email=address)


async def test_of_two_at_once_one_is_the_duplicate(manager: Player) -> None:
    for _ in range(20):
        address = _address()
        selection = "contact { id } problems { code ... on Conflict { existing } }"
        both = [manager.do("createContact", selection, fullName="Lena", kind="GUEST", email=address) for _ in range(3)]
        told = await asyncio.gather(*both)
        (made,) = [payload["contact"]["id"] for payload in told if not payload["problems"]]
        refused = [problem for payload in told for problem in payload["problems"]]
        assert refused == [{"code": "DUPLICATE", "existing": made}] * 2


async def test_a_change_leaves_what_it_does_not_name(manager: Player) -> None:
    contact = await _created(manager, email=_address(), locale="en-US")
    payload = await manager.done("updateContact", _CONTACT, contactId=contact["id"], email=None, phone="+351912345678")
    changed = payload["contact"]
    assert changed == {**contact, "email": None, "phone": "+351912345678", "version": 2}
    assert payload["events"] == [{"eventType": "contact_updated"}]


async def test_a_change_to_the_same_is_none(manager: Player) -> None:
    contact = await _created(manager, email=_address())
    payload = await manager.done("updateContact", _CONTACT, contactId=contact["id"], fullName="Lena Ortiz")
    assert (payload["contact"], payload["events"]) == (contact, [])


async def test_a_number_in_accounting_is_one_persons(manager: Player) -> None:
    number = uuid4().hex
    await _created(manager, number=number)
    other = await _created(manager)
    problem = await manager.problem("updateContact", contactId=other["id"], number=number)
    assert (problem["code"], problem["path"]) == ("NUMBER_TAKEN", ["input", "number"])


async def test_a_contact_speaks_for_a_company_of_its_own_operator(
    players: dict[str, Player], owner: Connection, cast: Cast
) -> None:
    foreign: UUID = await owner.fetchval(
        "SELECT id FROM directory.companies WHERE kind = 'vendor' AND operator_id = $1 LIMIT 1",
        cast["neighbour"].operator_id,
    )
    problem = await players["manager"].problem(
        "createContact", fullName="Lena Ortiz", kind="VENDOR", companyId=str(foreign)
    )
    assert (problem["__typename"], problem["path"]) == ("NotFound", ["input", "companyId"])


@pytest.mark.parametrize("role", ["tenant", "analyst", "system", "reader"])
async def test_only_staff_writes_people_down(players: dict[str, Player], owner: Connection, role: str) -> None:
    before = await owner.fetchval(_COUNT)
    problem = await players[role].problem("createContact", fullName="Lena Ortiz", kind="TENANT")
    assert problem["__typename"] == "Forbidden"
    assert await owner.fetchval(_COUNT) == before
