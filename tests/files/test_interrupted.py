"""Uploads that do not end as they should leave nothing that anybody sees, and in the end nothing at all."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from resolvers.uploads import UPLOADS, token_hash
from resolvers.viewer import Viewer
from tests.files.office import Office, office
from tests.files.samples import PNG

Connected = tuple[asyncio.StreamReader, asyncio.StreamWriter]

NOTHING = {"used": False, "files": 0, "objects": []}
BIG = PNG.ljust(150_000)
_LONG_AGO = """
UPDATE access.uploads
SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day', storage_key = $2
WHERE token_hash = $1
"""
_KNOWN = "SELECT count(*) FROM access.uploads WHERE token_hash = $1"
_BREAK = """
CREATE OR REPLACE FUNCTION files.refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN {} END $$;
CREATE TRIGGER refused BEFORE INSERT ON files.files FOR EACH ROW EXECUTE FUNCTION files.refuse();
"""
_MEND = "DROP TRIGGER refused ON files.files"


async def _begin(bureau: Office, address: str, length: int, body: bytes) -> Connected:
    """A PUT of which only a part is sent."""
    url = urlsplit(str(bureau.client.base_url))
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    head = f"PUT {address} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()
    return reader, writer


async def _until(happens: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not happens():  # noqa: ASYNC110 - what happens is in a folder and in another thread
            await asyncio.sleep(0.01)


async def test_a_cut_off_upload_leaves_nothing_and_can_be_sent_again(bureau: Office, manager: Viewer) -> None:
    address = await bureau.announce(manager, "leak.png", "image/png", len(BIG))
    _, writer = await _begin(bureau, address, len(BIG), BIG[:100_000])
    await asyncio.sleep(0.1)
    assert await bureau.state(address) | {"objects": []} == NOTHING
    writer.transport.abort()
    await _until(lambda: bureau.objects() == [])
    assert await bureau.state(address) == NOTHING
    await _until(lambda: bureau.client.put(address, content=BIG).status_code == 201)


async def test_of_two_at_once_one_wins(bureau: Office, manager: Viewer) -> None:
    address = await bureau.announce(manager, "leak.png", "image/png", len(BIG))
    reader, writer = await _begin(bureau, address, len(BIG), BIG[:1000])
    await asyncio.sleep(0.1)
    other = bureau.client.put(address, content=BIG)
    assert other.status_code == 409
    assert other.json()["errors"][0]["extensions"]["code"] == "UPLOAD_IN_PROGRESS"
    writer.write(BIG[1000:])
    assert await reader.readline() == b"HTTP/1.1 201 Created\r\n"
    writer.close()
    state = await bureau.state(address)
    assert (state["used"], state["files"], len(state["objects"])) == (True, 1, 1)


async def test_of_two_at_once_at_two_gateways_one_wins(bureau: Office, manager: Viewer) -> None:
    with office(bureau.dsn, bureau.folder) as second:
        for _ in range(5):
            address = await bureau.announce(manager, "leak.png", "image/png", len(BIG))
            begun = [await _begin(at, address, len(BIG), BIG[:-1]) for at in (bureau, second)]
            await asyncio.sleep(0.05)
            for _, writer in begun:
                writer.write(BIG[-1:])
            statuses = [(await reader.readline()).split()[1] for reader, _ in begun]
            for _, writer in begun:
                writer.close()
            assert sorted(statuses) == [b"201", b"409"]
    async with bureau.sql() as connection:
        keys = await connection.fetch("SELECT storage_key FROM files.files WHERE storage_key !~ '^[0-9a-f-]{36}/'")
    assert set(bureau.objects()) <= {row["storage_key"] for row in keys}
    assert len(bureau.objects()) == 5


async def test_who_sends_too_slowly_is_told(archive: str, tmp_path: Path, manager: Viewer) -> None:
    with office(archive, tmp_path, upload_timeout_s=0.3) as slow:
        address = await slow.announce(manager, "leak.png", "image/png", len(BIG))
        reader, writer = await _begin(slow, address, len(BIG), BIG[:1000])
        assert await reader.readline() == b"HTTP/1.1 408 Request Timeout\r\n"
        writer.close()
        assert await slow.state(address) == NOTHING


async def test_one_viewer_sends_so_many_at_once_and_no_more(archive: str, tmp_path: Path, manager: Viewer) -> None:
    with office(archive, tmp_path, viewer_operations=1) as narrow:
        first, second = [await narrow.announce(manager, "leak.png", "image/png", len(PNG)) for _ in range(2)]
        _, writer = await _begin(narrow, first, len(PNG), PNG[:-1])
        await asyncio.sleep(0.1)
        assert narrow.client.put(second, content=PNG).status_code == 429
        writer.transport.abort()
        await _until(lambda: narrow.client.put(second, content=PNG).status_code == 201)


@pytest.mark.parametrize(
    ("what", "status", "left"),
    [
        ("RAISE EXCEPTION 'no' USING ERRCODE = 'check_violation';", 500, 0),
        ("PERFORM pg_terminate_backend(pg_backend_pid());", 503, 1),
    ],
    ids=["is refused", "is not heard of"],
)
async def test_a_file_whose_row_is_not_written_is_not_kept(
    what: str, status: int, left: int, bureau: Office, manager: Viewer
) -> None:
    address = await bureau.announce(manager, "leak.png", "image/png", len(PNG))
    async with bureau.sql() as connection:
        await connection.execute(_BREAK.format(f"{what} RETURN NEW;"))
        try:
            answer = bureau.client.put(address, content=PNG)
        finally:
            await connection.execute(_MEND)
    assert answer.status_code == status
    assert "leak" not in answer.text
    state = await bureau.state(address)
    assert (state["used"], state["files"], len(state["objects"])) == (False, 0, left)
    assert bureau.client.put(address, content=PNG).status_code == 201
    assert len(bureau.objects()) == 1


async def test_what_crashed_processes_left_is_removed_by_the_next(
    archive: str, tmp_path: Path, manager: Viewer
) -> None:
    with office(archive, tmp_path) as former:
        kept = await former.send(manager, PNG)
        lost, running = [await former.announce(manager, "leak.png", "image/png", len(PNG)) for _ in range(2)]
        whole = former.objects()
        _leave(tmp_path, f"incoming/{uuid4()}", age_s=7200)
        _leave(tmp_path, f"incoming/{uuid4()}#1", age_s=7200)
        _leave(tmp_path, orphan := f"ab/{uuid4()}", age_s=7200)
        _leave(tmp_path, young := f"incoming/{uuid4()}#1", age_s=0)
        async with former.sql() as connection:
            await connection.execute(_LONG_AGO, token_hash(lost.removeprefix(UPLOADS)), orphan)
    with office(archive, tmp_path) as latter:
        await _until(lambda: latter.objects() == sorted([*whole, young]))
        async with latter.sql() as connection:
            assert await connection.fetchval(_KNOWN, token_hash(lost.removeprefix(UPLOADS))) == 0
        assert latter.client.put(lost, content=PNG).status_code == 404
        assert latter.client.put(running, content=PNG).status_code == 201
        assert latter.get(kept).content == PNG


def _leave(folder: Path, name: str, *, age_s: float) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(PNG)
    os.utime(path, (time.time() - age_s,) * 2)


async def test_a_folder_that_cannot_be_written_to_is_told_without_its_name(
    archive: str, tmp_path: Path, manager: Viewer
) -> None:
    with office(archive, tmp_path) as closed:
        address = await closed.announce(manager, "leak.png", "image/png", len(PNG))
        (tmp_path / "incoming").write_text("in the way")
        answer = closed.client.put(address, content=PNG)
        assert answer.status_code == 503
        assert answer.json()["errors"][0]["extensions"]["code"] == "STORE_UNAVAILABLE"
        assert str(tmp_path) not in answer.text
        assert await closed.state(address) == {**NOTHING, "objects": ["incoming"]}


async def test_while_the_database_is_away_nothing_is_taken_in(tmp_path: Path) -> None:
    with office("postgresql://nobody@127.0.0.1:1/none", tmp_path) as away:
        address = f"{UPLOADS}{'a' * 43}"
        answer = away.client.put(address, content=PNG)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (503, "DATABASE_UNAVAILABLE")
        assert away.get(uuid4()).status_code == 503
        assert away.objects() == []
