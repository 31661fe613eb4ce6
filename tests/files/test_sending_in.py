"""PUT to an upload's address: the file that was announced comes in, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

import pytest

from resolvers.uploads import MEDIA_TYPES, UPLOADS, token_hash
from resolvers.viewer import Viewer
from tests.files.office import Office
from tests.files.samples import PNG, SAMPLES

_ROW = """
SELECT operator_id, storage_key, file_name, media_type, byte_size, sha256, uploaded_by FROM files.files WHERE id = $1
"""
_EXPIRE = """
UPDATE access.uploads SET created_at = now() - interval '1 hour', expires_at = now() WHERE token_hash = $1
"""
_EVENT = "SELECT event_type, actor_type, actor_id, request_id FROM audit.events WHERE entity_id = $1"
LIMIT = 200_000


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
async def test_a_file_comes_in_as_it_was_announced(bureau: Office, manager: Viewer, media_type: str) -> None:
    body = SAMPLES[media_type]
    address = await bureau.announce(manager, "Küche 1.jpg", media_type, len(body))
    answer = bureau.client.put(address, content=body, headers={"x-request-id": "upload-1"})
    assert answer.status_code == 201
    told, digest = answer.json(), hashlib.sha256(body).hexdigest()
    made = UUID(told.pop("id"))
    assert told == {"fileName": "Küche 1.jpg", "mediaType": media_type, "byteSize": len(body), "sha256": digest}
    assert answer.headers["location"] == f"/files/{made}"
    async with bureau.sql() as connection:
        row = await connection.fetchrow(_ROW, made)
        event = await connection.fetchrow(_EVENT, made)
    assert row is not None
    assert row["storage_key"].startswith(f"{digest[:2]}/")
    assert dict(row) == {
        "operator_id": manager.operator_id,
        "storage_key": row["storage_key"],
        "file_name": "Küche 1.jpg",
        "media_type": media_type,
        "byte_size": len(body),
        "sha256": digest,
        "uploaded_by": manager.contact_id,
    }
    assert bureau.objects() == [row["storage_key"]]
    assert event is not None
    assert tuple(event) == ("file_uploaded", "manager", manager.contact_id, "upload-1")
    assert bureau.get(made).content == body


async def test_a_file_may_come_without_a_length_and_in_any_pieces(bureau: Office, manager: Viewer) -> None:
    def pieces() -> Iterator[bytes]:
        for n in range(0, len(PNG), 3):
            yield PNG[n : n + 3]

    address = await bureau.announce(manager, "leak.png", "image/png", len(PNG))
    answer = bureau.client.put(address, content=pieces(), headers={"content-type": "image/png"})
    assert answer.status_code == 201
    assert bureau.get(answer.json()["id"]).content == PNG


async def test_an_address_is_used_once(bureau: Office, manager: Viewer) -> None:
    address = await bureau.announce(manager, "leak.png", "image/png", len(PNG))
    assert bureau.client.put(address, content=PNG).status_code == 201
    before = await bureau.state(address)
    answer = bureau.client.put(address, content=PNG)
    assert (answer.status_code, _code(answer.json())) == (410, "UPLOAD_USED")
    assert await bureau.state(address) == before


async def test_an_address_expires(bureau: Office, manager: Viewer) -> None:
    address = await bureau.announce(manager, "leak.png", "image/png", len(PNG))
    async with bureau.sql() as connection:
        await connection.execute(_EXPIRE, token_hash(address.removeprefix(UPLOADS)))
    answer = bureau.client.put(address, content=PNG)
    assert (answer.status_code, _code(answer.json())) == (410, "UPLOAD_EXPIRED")
    assert await bureau.state(address) == {"used": False, "files": 0, "objects": []}


@pytest.mark.parametrize(
    "token", ["yDiVX5G6pKAxmJYrUsFJNhyowz7LoU8Kk1f1T2FBIwU", "x", "é" * 43, "a" * 44, "..", "%00", "' OR true --"]
)
def test_an_unknown_address_is_not_found(bureau: Office, token: str) -> None:
    answer = bureau.client.put(f"{UPLOADS}{token}", content=PNG)
    assert (answer.status_code, _code(answer.json())) == (404, "NOT_FOUND")
    assert bureau.objects() == []


@pytest.mark.parametrize(
    ("body", "announced", "status", "code"),
    [
        (b"", len(PNG), 422, "SIZE_DIFFERS"),
        (PNG[:-1], len(PNG), 422, "SIZE_DIFFERS"),
        (PNG + b"\0", len(PNG), 422, "SIZE_DIFFERS"),
        (PNG.ljust(LIMIT + 1), LIMIT + 1, 413, "FILE_TOO_LARGE"),
        (PNG.ljust(LIMIT + 1), len(PNG), 422, "SIZE_DIFFERS"),
        (SAMPLES["image/jpeg"], len(SAMPLES["image/jpeg"]), 415, "MEDIA_TYPE_DIFFERS"),
        (b"<script>alert(1)</script>", 25, 415, "MEDIA_TYPE_DIFFERS"),
        (b"\x89PNG", 4, 415, "MEDIA_TYPE_DIFFERS"),
    ],
)
@pytest.mark.parametrize("lying", [False, True], ids=["with its length", "without a length"])
async def test_what_was_not_announced_so_is_refused(
    body: bytes,
    announced: int,
    status: int,
    code: str,
    lying: bool,  # noqa: FBT001 - a parameter of the test
    bureau: Office,
    manager: Viewer,
) -> None:
    address = await bureau.announce(manager, "leak.png", "image/png", announced)
    answer = bureau.client.put(address, content=iter([body]) if lying else body)
    assert (answer.status_code, _code(answer.json())) == (status, code)
    assert await bureau.state(address) == {"used": False, "files": 0, "objects": []}


async def test_the_largest_file_comes_in(bureau: Office, manager: Viewer) -> None:
    made = await bureau.send(manager, PNG.ljust(LIMIT))
    assert len(bureau.get(made).content) == LIMIT


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"content-type": "application/x-www-form-urlencoded"}, "MEDIA_TYPE_DIFFERS"),
        ({"content-type": "multipart/form-data; boundary=x"}, "MEDIA_TYPE_DIFFERS"),
        ({"content-encoding": "gzip"}, "UNSUPPORTED_ENCODING"),
    ],
)
async def test_a_form_or_a_compressed_file_is_refused(
    headers: dict[str, str], code: str, bureau: Office, manager: Viewer
) -> None:
    address = await bureau.announce(manager, "leak.png", "image/png", len(PNG))
    answer = bureau.client.put(address, content=PNG, headers=headers)
    assert (answer.status_code, _code(answer.json())) == (415, code)
    assert await bureau.state(address) == {"used": False, "files": 0, "objects": []}
    assert bureau.client.put(address, content=PNG).status_code == 201


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PATCH"])
async def test_an_address_takes_nothing_but_a_put(bureau: Office, manager: Viewer, method: str) -> None:
    address = await bureau.announce(manager, "leak.png", "image/png", len(PNG))
    answer = bureau.client.request(method, address)
    assert (answer.status_code, answer.headers["allow"]) == (405, "PUT")


def _code(answer: dict[str, list[dict[str, dict[str, str]]]]) -> str:
    return answer["errors"][0]["extensions"]["code"]
