"""GET of a file: for who sees its row, and for nobody else."""

from __future__ import annotations

import hashlib
from uuid import UUID

import httpx
import pytest

from resolvers.viewer import Viewer
from schema.vocabulary.role import OUTSIDERS, ViewerRole
from tests.files.office import Office
from tests.files.samples import PNG, SAMPLES

_TICKET = """
SELECT v.ticket_id FROM access.ticket_viewers AS v
WHERE v.principal = $1 AND v.operator_id = $2 ORDER BY v.ticket_id LIMIT 1
"""
_SEES = "SELECT EXISTS (SELECT FROM access.ticket_viewers WHERE principal = $1 AND ticket_id = $2)"
_ATTACH = """
INSERT INTO team.ticket_photos (operator_id, ticket_id, file_id, photo_type) VALUES ($1, $2, $3, 'issue')
"""
_DEMO = "SELECT id FROM files.files WHERE operator_id = $1 AND storage_key LIKE '%/MT-%' ORDER BY id LIMIT 1"
_NEIGHBOUR = "SELECT id FROM directory.companies WHERE kind = 'operator' AND id <> $1"
_NOT_FOUND = {"code": "NOT_FOUND"}
OUTSIDER_NAMES = sorted(role.value for role in OUTSIDERS)


def _principal(viewer: Viewer) -> UUID | None:
    return viewer.company_id if viewer.role is ViewerRole.VENDOR else viewer.contact_id


def _is_hidden(answer: httpx.Response) -> bool:
    """As what there is not."""
    return answer.status_code == 404 and answer.json()["errors"][0]["extensions"] == _NOT_FOUND


@pytest.mark.parametrize("name", OUTSIDER_NAMES)
async def test_outsiders_get_the_photos_of_their_tickets_and_no_others(
    name: str, bureau: Office, cast: dict[str, Viewer]
) -> None:
    manager, viewer = cast["manager"], cast[name]
    made = await bureau.send(manager, PNG)
    assert _is_hidden(bureau.get(made, name))
    async with bureau.sql() as connection:
        ticket = await connection.fetchval(_TICKET, _principal(viewer), viewer.operator_id)
        await connection.execute(_ATTACH, viewer.operator_id, ticket, made)
        for other in OUTSIDER_NAMES:
            sees = await connection.fetchval(_SEES, _principal(cast[other]), ticket)
            answer = bureau.get(made, other)
            assert answer.content == PNG if sees else _is_hidden(answer)
    assert bureau.get(made, "analyst").content == PNG


@pytest.mark.parametrize("name", OUTSIDER_NAMES)
async def test_outsiders_get_what_they_sent_until_it_hangs_on_a_ticket_of_others(
    name: str, bureau: Office, cast: dict[str, Viewer]
) -> None:
    viewer = cast[name]
    made = await bureau.send(viewer, PNG)
    assert [other for other in OUTSIDER_NAMES if not _is_hidden(bureau.get(made, other))] == [name]
    assert bureau.get(made).content == PNG
    async with bureau.sql() as connection:
        ticket = await connection.fetchval(
            "SELECT id FROM team.tickets AS t WHERE operator_id = $1 AND NOT EXISTS (SELECT FROM access.ticket_viewers"
            " AS v WHERE v.ticket_id = t.id AND v.principal = $2) ORDER BY id LIMIT 1",
            viewer.operator_id,
            _principal(viewer),
        )
        await connection.execute(_ATTACH, viewer.operator_id, ticket, made)
    assert _is_hidden(bureau.get(made, name))


async def test_nobody_gets_another_operators_files(bureau: Office, manager: Viewer) -> None:
    async with bureau.sql() as connection:
        other = await connection.fetchval(_NEIGHBOUR, manager.operator_id)
    made = await bureau.send(Viewer(ViewerRole.MANAGER, other, None), PNG)
    for role in ViewerRole:
        assert _is_hidden(bureau.get(made, role.value))


@pytest.mark.parametrize(
    "file_id", ["01a20125-0000-7000-8000-000000000000", "x", "uploads", "..%2f..%2fetc%2fpasswd", "%00", "1" * 32]
)
def test_what_there_is_not_is_not_found(bureau: Office, file_id: str) -> None:
    assert _is_hidden(bureau.get(file_id))


async def test_who_is_not_known_gets_nothing(bureau: Office, manager: Viewer) -> None:
    made = await bureau.send(manager, PNG)
    answer = bureau.client.get(f"/files/{made}", headers={"authorization": "Bearer cmk_nobody"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")


@pytest.mark.parametrize("media_type", SAMPLES)
async def test_what_is_sent_out_can_do_nothing_in_a_browser(bureau: Office, manager: Viewer, media_type: str) -> None:
    body = SAMPLES[media_type]
    made = await bureau.send(manager, body, '"Küche"; x=1.jpg', media_type)
    headers = bureau.get(made).headers
    assert headers["content-type"].partition(";")[0] == media_type
    assert headers["content-length"] == str(len(body))
    assert headers["etag"] == f'"{hashlib.sha256(body).hexdigest()}"'
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none';")
    assert headers["content-security-policy"].endswith("; sandbox")
    assert headers["cache-control"] == "private, no-cache"
    shown = "inline" if media_type.startswith("image/") else "attachment"
    assert headers["content-disposition"] == f"{shown}; filename*=UTF-8''%22K%C3%BCche%22%3B%20x%3D1.jpg"


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=10-", slice(10, None)),
        ("bytes=-10", slice(-10, None)),
        ("bytes=10-19", slice(10, 20)),
        ("bytes=0-99999999", slice(None)),
        ("bytes=-99999999", slice(None)),
    ],
)
async def test_a_part_can_be_asked_for(bureau: Office, manager: Viewer, asked: str, part: slice) -> None:
    made = await bureau.send(manager, PNG)
    answer = bureau.get(made, range=asked)
    assert (answer.status_code, answer.content) == (206, PNG[part])
    start, end, _ = part.indices(len(PNG))
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(PNG)}"
    assert answer.headers["content-length"] == str(end - start)


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=0-1,4-5", "bytes=-", "lines=0-1", "bytes=a-b", "bytes=" + "9" * 30 + "-"]
)
async def test_what_is_no_range_gets_the_whole(bureau: Office, manager: Viewer, asked: str) -> None:
    answer = bureau.get(await bureau.send(manager, PNG), range=asked)
    assert (answer.status_code, answer.content) == (200, PNG)


@pytest.mark.parametrize("asked", [f"bytes={len(PNG)}-", "bytes=99999-100000", "bytes=-0"])
async def test_a_part_that_there_is_not_is_refused(bureau: Office, manager: Viewer, asked: str) -> None:
    answer = bureau.get(await bureau.send(manager, PNG), range=asked)
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(PNG)}")


async def test_a_part_of_another_version_is_the_whole(bureau: Office, manager: Viewer) -> None:
    made = await bureau.send(manager, PNG)
    etag = bureau.get(made).headers["etag"]
    assert bureau.get(made, range="bytes=0-0", if_range='"other"').status_code == 200
    assert bureau.get(made, range="bytes=0-0", if_range=etag).status_code == 206


async def test_who_has_it_already_is_told_so(bureau: Office, manager: Viewer) -> None:
    made = await bureau.send(manager, PNG)
    etag = bureau.get(made).headers["etag"]
    answer = bureau.get(made, if_none_match=f'"other", W/{etag}')
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert bureau.get(made, if_none_match='"other"').status_code == 200
    assert _is_hidden(bureau.get(made, "tenant", if_none_match=etag))


async def test_a_head_tells_what_a_get_would_send(bureau: Office, manager: Viewer) -> None:
    made = await bureau.send(manager, PNG)
    answer = bureau.client.head(f"/files/{made}")
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", str(len(PNG)))


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
async def test_a_file_is_read_only(bureau: Office, manager: Viewer, method: str) -> None:
    made = await bureau.send(manager, PNG)
    assert bureau.client.request(method, f"/files/{made}", content=PNG).status_code == 405
    assert bureau.get(made).content == PNG


async def test_a_file_without_bytes_is_told_apart_from_none(bureau: Office, manager: Viewer) -> None:
    async with bureau.sql() as connection:
        made = await connection.fetchval(_DEMO, manager.operator_id)
    answer = bureau.get(made)
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["extensions"] == {"code": "FILE_NOT_STORED"}
