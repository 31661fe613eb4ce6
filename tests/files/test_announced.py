"""What may be announced: Python's rules and the table's constraints are the same."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from unicodedata import category

import asyncpg
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.pool import Connection
from resolvers.uploads import LONGEST_NAME, MEDIA_TYPES, is_file_name, new_token, token_hash
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.files.office import Office

_CHECK = "SELECT pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint WHERE conname = $1"
_ALLOWS = "SELECT $1 ~ '^[^/\\\\[:cntrl:]]{1,255}$' AND $1 <> ALL (ARRAY['.'::text, '..'::text])"
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
_NEIGHBOUR = "SELECT id FROM directory.companies WHERE kind = 'operator' AND id <> $1"


@pytest.fixture(scope="module")
async def table(archive: str) -> AsyncIterator[Connection]:
    found = await asyncpg.connect(archive)
    yield found
    await found.close()


async def test_the_table_takes_the_same_types(connection: Connection) -> None:
    check = await connection.fetchval(_CHECK, "uploads_media_type_is_served")
    assert sorted(re.findall(r"'([^']+)'::text", check)) == sorted(MEDIA_TYPES)


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../../etc/passwd", "/etc/passwd", "a/b.png", "a\\b.png", "C:\\b.png", "a\0.png", "a\n.png"),
        *("a\x7f.png", "a\x85.png", "invoice\u202egnp.exe", "a\u2028b", "\ud800.png", "x" * (LONGEST_NAME + 1)),
    ],
)
async def test_what_is_more_than_a_name_is_refused(name: str, bureau: Office, manager: Viewer) -> None:
    assert not is_file_name(name)
    if "\ud800" not in name and not {"\u202e", "\u2028"} & set(name):
        with pytest.raises((asyncpg.CheckViolationError, asyncpg.CharacterNotInRepertoireError)):
            await bureau.announce(manager, name, "image/png", 1)


@pytest.mark.parametrize(
    "name", ["x", "Küche 1.jpg", "...", ".env", "Screenshot at 3.04\u202fPM.png", "池.png", "x" * 255]
)
async def test_a_name_is_taken_as_it_is(name: str, bureau: Office, manager: Viewer) -> None:
    assert is_file_name(name)
    assert await bureau.announce(manager, name, "image/png", 1)


@given(st.text(max_size=300))
@example("\x85")
@example("a\u200db")
@settings(deadline=None)
async def test_what_python_takes_the_table_takes(table: Connection, name: str) -> None:
    if is_file_name(name):
        assert await table.fetchval(_ALLOWS, name) is True
        assert not {category(letter) for letter in name} & _UNSEEN


async def test_the_constraint_is_the_one_that_is_compared(connection: Connection) -> None:
    check = await connection.fetchval(_CHECK, "uploads_file_name_is_only_a_name")
    assert r"~ '^[^/\\[:cntrl:]]{1,255}$'::text" in check
    assert "<> ALL (ARRAY['.'::text, '..'::text])" in check


@pytest.mark.parametrize(("media_type", "byte_size"), [("image/png", 0), ("image/png", -1), ("text/html", 1)])
async def test_nothing_and_what_is_not_served_is_not_announced(
    media_type: str, byte_size: int, bureau: Office, manager: Viewer
) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await bureau.announce(manager, "leak.png", media_type, byte_size)


async def test_staff_announces_for_its_own_operator_only(bureau: Office, manager: Viewer) -> None:
    async with bureau.sql() as connection:
        other = await connection.fetchval(_NEIGHBOUR, manager.operator_id)
    address = await bureau.announce(manager, "leak.png", "image/png", 1)
    hashed = token_hash(address.rpartition("/")[2])
    async with bureau.sql(role="gateway_staff") as connection:
        assert not await connection.fetch("SELECT token_hash FROM access.uploads")
        async with connection.transaction():
            await connection.execute("SELECT set_config('viewer.operator_id', $1, true)", str(other))
            assert not await connection.fetch("SELECT token_hash FROM access.uploads WHERE token_hash = $1", hashed)
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute("DELETE FROM access.uploads")
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await bureau.announce(Viewer(ViewerRole.MANAGER, other, manager.contact_id), "leak.png", "image/png", 1)


async def test_outsiders_do_not_touch_the_table(bureau: Office) -> None:
    async with bureau.sql(role="gateway_outsider") as connection:
        for statement in ("SELECT 1 FROM access.uploads", "UPDATE access.uploads SET used_at = NULL"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)


def test_only_a_token_has_a_hash() -> None:
    assert len({token_hash(new_token()) for _ in range(100)}) == 100
    for text in ("", "x" * 42, "x" * 44, "é" * 43, f"{'x' * 42}\n"):
        assert token_hash(text) is None
