"""API keys: whom they let in, and how soon they do not."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from db.pool import Connection
from gateway.viewers.api_key import PREFIX, is_key, key_hash, new_key
from gateway.viewers.api_keys import KeyRefusedError, create_key, revoke_key
from gateway.viewers.standing import NEEDS_COMPANY, NEEDS_CONTACT, NobodyError, standing
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.viewers.gate import Gate, gate

_VENDOR = """
SELECT operator_id, id AS contact_id, company_id FROM directory.contacts WHERE kind = 'vendor' ORDER BY id LIMIT 1
"""
_USED_AT = "SELECT last_used_at FROM access.api_keys WHERE id = $1"


@pytest.fixture(scope="module")
def keyed(people: str) -> Generator[Gate]:
    with gate(people) as gate_:
        yield gate_


@pytest.fixture(scope="module")
async def vendor(desk: Connection) -> Viewer:
    row = await desk.fetchrow(_VENDOR)
    assert row is not None
    return Viewer(ViewerRole.VENDOR, row["operator_id"], row["contact_id"], row["company_id"])


async def test_a_key_lets_its_holder_in(keyed: Gate, desk: Connection, vendor: Viewer) -> None:
    _, key = await create_key(desk, vendor, "calendar", ["read", "write"], None)
    assert keyed.viewer(key) == vendor
    agent = Viewer(ViewerRole.AGENT, vendor.operator_id, None)
    _, key = await create_key(desk, agent, "intake", ["read", "write"], datetime.now(UTC) + timedelta(days=1))
    assert keyed.viewer(key) == agent


async def test_a_key_for_reading_may_not_write(keyed: Gate, desk: Connection, vendor: Viewer) -> None:
    _, key = await create_key(desk, vendor, "screen", ["read"], None)
    assert keyed.viewer(key).may_write is False


async def test_an_analyst_may_not_write_whatever_its_key_says(keyed: Gate, desk: Connection, vendor: Viewer) -> None:
    analyst = Viewer(ViewerRole.ANALYST, vendor.operator_id, None)
    _, key = await create_key(desk, analyst, "reports", ["read", "write"], None)
    assert keyed.viewer(key).may_write is False


async def test_a_revoked_key_is_out_at_the_next_request(keyed: Gate, desk: Connection, vendor: Viewer) -> None:
    key_id, key = await create_key(desk, vendor, "lost", ["read"], None)
    keyed.viewer(key)
    assert await revoke_key(desk, key_id) == "lost"
    assert keyed.reason(key).startswith("The API key is revoked")
    assert await revoke_key(desk, key_id) == "lost"


async def test_an_expired_key_is_out(keyed: Gate, desk: Connection, vendor: Viewer) -> None:
    key_id, key = await create_key(desk, vendor, "for a day", ["read"], datetime.now(UTC) + timedelta(days=1))
    ages = "UPDATE access.api_keys SET created_at = now() - interval '2 days', expires_at = now() WHERE id = $1"
    await desk.execute(ages, key_id)
    assert keyed.reason(key).startswith("The API key is expired")
    assert await desk.fetchval(_USED_AT, key_id) is None


async def test_an_unknown_key_is_refused(keyed: Gate) -> None:
    assert keyed.reason(new_key()) == "The API key is unknown."
    for text in (PREFIX, new_key()[:-1], new_key() + "a", PREFIX + "%27%20OR%20true"[:9] + "x" * 34 + "."):
        assert not is_key(text)
        assert keyed.ask(text).status_code == 401


async def test_its_use_is_noted_once_a_minute_at_most(keyed: Gate, desk: Connection, vendor: Viewer) -> None:
    key_id, key = await create_key(desk, vendor, "busy", ["read"], None)
    keyed.viewer(key)
    first = await desk.fetchval(_USED_AT, key_id)
    keyed.viewer(key)
    assert await desk.fetchval(_USED_AT, key_id) == first
    ages = "UPDATE access.api_keys SET last_used_at = now() - interval '61 seconds' WHERE id = $1"
    await desk.execute(ages, key_id)
    keyed.viewer(key)
    assert await desk.fetchval(_USED_AT, key_id) > first


async def test_who_looks_after_a_key_does_not_hold_up_its_use(keyed: Gate, desk: Connection, vendor: Viewer) -> None:
    key_id, key = await create_key(desk, vendor, "watched", ["read"], None)
    async with desk.transaction():
        await desk.execute("UPDATE access.api_keys SET name = 'renamed' WHERE id = $1", key_id)
        keyed.viewer(key)


async def test_the_key_itself_is_not_kept(desk: Connection, vendor: Viewer) -> None:
    key_id, key = await create_key(desk, vendor, "kept", ["read"], None)
    row = await desk.fetchrow("SELECT k::text AS whole, key_hash FROM access.api_keys AS k WHERE id = $1", key_id)
    assert row is not None
    assert key not in row["whole"]
    assert row["key_hash"] == hashlib.sha256(key.encode()).digest() == key_hash(key)
    assert len({new_key() for _ in range(100)}) == 100


async def test_nobody_else_may_ask_whose_a_key_is(desk: Connection) -> None:
    async with desk.transaction():
        await desk.execute("CREATE ROLE passer_by")
        await desk.execute("GRANT USAGE ON SCHEMA access TO passer_by")
        for sql in ("SELECT refused FROM access.viewer_of_key('')", "SELECT id FROM access.api_keys"):
            await desk.execute("SAVEPOINT before; SET LOCAL ROLE passer_by")
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await desk.execute(sql)
            await desk.execute("ROLLBACK TO before")
        await desk.execute("REVOKE USAGE ON SCHEMA access FROM passer_by")
        await desk.execute("DROP ROLE passer_by")


async def test_a_key_is_for_people_of_one_operator(desk: Connection, vendor: Viewer) -> None:
    other = await desk.fetchval(
        "SELECT id FROM directory.companies WHERE kind = 'operator' AND id <> $1", vendor.operator_id
    )
    before = await desk.fetchval("SELECT count(*) FROM access.api_keys")
    for viewer, reason in (
        (Viewer(ViewerRole.AGENT, UUID(int=1), None), "no such operator"),
        (Viewer(ViewerRole.AGENT, other, vendor.contact_id), "no such contact"),
        (Viewer(ViewerRole.VENDOR, other, None, vendor.company_id), "no such company"),
    ):
        with pytest.raises(KeyRefusedError, match=reason):
            await create_key(desk, viewer, "stray", ["read"], None)
    with pytest.raises(KeyRefusedError, match="expired already"):
        await create_key(desk, vendor, "late", ["read"], datetime.now(UTC) - timedelta(days=1))
    with pytest.raises(KeyRefusedError, match="needs a name"):
        await create_key(desk, vendor, "", ["read"], None)
    assert await desk.fetchval("SELECT count(*) FROM access.api_keys") == before


@pytest.mark.parametrize("role", ViewerRole)
async def test_the_database_and_the_gateway_agree_who_is_somebody(
    desk: Connection, vendor: Viewer, role: ViewerRole
) -> None:
    for contact in (None, vendor.contact_id):
        for company in (None, vendor.company_id):
            viewer = Viewer(role, vendor.operator_id, contact, company)
            transaction = desk.transaction()
            await transaction.start()
            try:
                await create_key(desk, viewer, "try", ["read"], None)
                accepted = True
            except KeyRefusedError:
                accepted = False
            await transaction.rollback()
            try:
                kept = standing(role, vendor.operator_id, contact, company).company_id
            except NobodyError:
                assert not accepted
            else:
                assert accepted == (kept == company)
    assert {role for role in ViewerRole if not role.staff} == NEEDS_COMPANY | NEEDS_CONTACT


def test_while_the_database_is_away_a_key_is_not_refused_for_good() -> None:
    with gate() as gate_:
        answer = gate_.ask(new_key())
    assert answer.status_code == 503
    assert answer.json()["errors"][0]["extensions"] == {"code": "DATABASE_UNAVAILABLE"}
