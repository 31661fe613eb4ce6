import asyncio
from pathlib import Path
from struct import pack, unpack

import asyncpg
import pytest

from db.pool import Connection, PoolClosedError, PoolTimeoutError
from db.refusals import Kind, refusal

_ENDED = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"
_TABLES = """
CREATE TABLE rooms (
    id int PRIMARY KEY,
    name text NOT NULL CONSTRAINT name_is_short CHECK (length(name) < 10),
    house int CONSTRAINT house_exists REFERENCES rooms (id)
);
INSERT INTO rooms VALUES (1, 'kitchen', NULL);
"""


@pytest.fixture
async def rooms(connection: Connection) -> Connection:
    await connection.execute(_TABLES)
    return connection


@pytest.mark.parametrize(
    ("statement", "kind", "code", "constraint"),
    [
        ("INSERT INTO rooms VALUES (1, 'bath')", "conflict", "VALUE_TAKEN", "rooms_pkey"),
        ("INSERT INTO rooms VALUES (2, 'very long name')", "invalid", "CHECK_VIOLATED", "name_is_short"),
        ("INSERT INTO rooms VALUES (2, 'bath', 7)", "invalid", "REFERENCE_BROKEN", "house_exists"),
        ("INSERT INTO rooms VALUES (2, NULL)", "invalid", "VALUE_MISSING", None),
        ("INSERT INTO rooms VALUES (99999999999, 'bath')", "invalid", "VALUE_OUT_OF_RANGE", None),
        ("SELECT 'x'::uuid", "invalid", "VALUE_INVALID", None),
        ("SET LOCAL statement_timeout = 1; SELECT pg_sleep(5)", "timeout", "STATEMENT_TIMED_OUT", None),
        ("SET LOCAL transaction_read_only = on; DELETE FROM rooms", "denied", "READ_ONLY", None),
        ("DO $$ BEGIN RAISE serialization_failure; END $$", "conflict", "SERIALIZATION_FAILED", None),
        ("DO $$ BEGIN RAISE deadlock_detected; END $$", "conflict", "DEADLOCK", None),
        ("DO $$ BEGIN RAISE insufficient_privilege; END $$", "denied", "PRIVILEGE_MISSING", None),
        ("DO $$ BEGIN RAISE too_many_connections; END $$", "unavailable", "TOO_MANY_CONNECTIONS", None),
        ("DO $$ BEGIN RAISE admin_shutdown; END $$", "unavailable", "SERVER_STOPPED", None),
        ("DO $$ BEGIN RAISE cannot_connect_now; END $$", "unavailable", "SERVER_STARTING", None),
        ("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'CM001'; END $$", "fault", "STATEMENT_FAILED", None),
        ("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'TK001'; END $$", "refused", "TRANSITION_REFUSED", None),
        ("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'TK005'; END $$", "fault", "COLUMN_FOLLOWS", None),
        ("SELECT nothing FROM rooms", "fault", "STATEMENT_FAILED", None),
    ],
)
async def test_what_postgresql_refuses_is_told_by_kind_and_code(
    rooms: Connection, statement: str, kind: Kind, code: str, constraint: str | None
) -> None:
    with pytest.raises(asyncpg.PostgresError) as raised:
        await rooms.execute(statement)
    told = refusal(raised.value)
    assert told is not None
    assert (told.kind, told.code, told.constraint) == (kind, code, constraint)
    assert told.sqlstate == raised.value.sqlstate


async def test_a_refused_row_names_its_table_its_column_and_its_detail(rooms: Connection) -> None:
    with pytest.raises(asyncpg.NotNullViolationError) as raised:
        await rooms.execute("INSERT INTO rooms VALUES (2, NULL)")
    told = refusal(raised.value)
    assert told is not None
    assert told.table is not None
    assert told.table.endswith(".rooms")
    assert told.column == "name"
    assert told.detail == "Failing row contains (2, null, null)."


async def test_a_parameter_that_does_not_fit_its_type_is_invalid(rooms: Connection) -> None:
    with pytest.raises(asyncpg.DataError) as raised:
        await rooms.fetchval("SELECT $1::int", 2**40)
    told = refusal(raised.value)
    assert told is not None
    assert (told.kind, told.code) == ("invalid", "VALUE_INVALID")


async def test_a_closed_connection_is_unavailable(server: str) -> None:
    connection = await asyncpg.connect(server)
    connection.terminate()
    with pytest.raises(asyncpg.InterfaceError) as raised:
        await connection.fetchval("SELECT 1")
    told = refusal(raised.value)
    assert told is not None
    assert (told.kind, told.code) == ("unavailable", "CONNECTION_LOST")


async def test_a_connection_that_postgresql_has_ended_is_unavailable_before_its_socket_is_closed(
    tmp_path: Path,
) -> None:
    held: list[asyncio.StreamWriter] = []

    async def ending(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        (length,) = unpack("!i", await reader.readexactly(4))
        await reader.readexactly(length - 4)
        told = (b"R", pack("!i", 0)), (b"S", b"server_version\x0018.0\0"), (b"K", pack("!ii", 1, 2)), (b"Z", b"I")
        writer.writelines(kind + pack("!i", len(body) + 4) + body for kind, body in (*told, (b"E", _ENDED)))
        held.append(writer)

    listener = await asyncio.start_unix_server(ending, tmp_path / ".s.PGSQL.5432")
    connection = await asyncpg.connect(f"postgresql://postgres@/x?host={tmp_path}")
    with pytest.raises(asyncpg.InternalClientError) as raised:
        await connection.execute("SELECT 1", timeout=5)
    meant = refusal(raised.value)
    assert meant is not None
    assert (meant.kind, meant.code) == ("unavailable", "CONNECTION_LOST")
    connection.terminate()
    for writer in held:
        writer.close()
    listener.close()


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (FileNotFoundError("no socket"), "unavailable", "CONNECTION_FAILED"),
        (ConnectionRefusedError(), "unavailable", "CONNECTION_FAILED"),
        (TimeoutError(110, "Connection timed out"), "unavailable", "CONNECTION_FAILED"),
        (PoolTimeoutError("none was free"), "unavailable", "POOL_EXHAUSTED"),
        (PoolClosedError("closed"), "unavailable", "POOL_CLOSED"),
        (asyncpg.ConnectionDoesNotExistError("closed in the middle"), "unavailable", "CONNECTION_LOST"),
        (TimeoutError(), "timeout", "DEADLINE_PASSED"),
        (asyncpg.InterfaceError("another operation is in progress"), "fault", "DRIVER_FAILED"),
    ],
)
def test_what_the_driver_meets_is_told_by_kind_and_code(error: BaseException, kind: Kind, code: str) -> None:
    told = refusal(error)
    assert told is not None
    assert (told.kind, told.code) == (kind, code)
    assert told.sqlstate == getattr(error, "sqlstate", None)


@pytest.mark.parametrize("error", [ValueError("other"), asyncio.CancelledError(), KeyError("other")])
def test_an_error_that_is_not_the_drivers_is_left_alone(error: BaseException) -> None:
    assert refusal(error) is None
