"""The whole way of a photo, over HTTP: announced, sent, attached, and seen by who sees the ticket."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any
from uuid import uuid4

import pytest

import resolvers.commands.files as handlers
import schema.commands.files as commands
from db.migration import load
from gateway.database import MIGRATIONS
from gateway.graph_engine import GraphEngine
from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from resolvers.uploads import UPLOADS
from resolvers.viewer import Viewer
from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from tests.files.office import Office, office
from tests.files.samples import PNG, SAMPLES

_CREATE = """mutation ($input: CreateUploadInput!) {
    createUpload(input: $input) { uploadUrl expiresAt problems { __typename code path } }
}"""
_ATTACH = """mutation ($input: AttachPhotoInput!) {
    attachPhoto(input: $input) {
        photo { photoType file { id fileName } } events { eventType } problems { __typename code path }
    }
}"""
_TICKETS = "{ tickets(first: 1) { nodes { id } } }"
_LEAK: dict[str, Any] = {"fileName": "leak.png", "mediaType": "image/png", "byteSize": len(PNG)}


@pytest.fixture(scope="module")
def front(archive: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[Office]:
    graph = assemble(DOMAINS, (commands,))

    def engine(pools: Pools) -> GraphEngine:
        return GraphEngine(graph, pools, PageLimits(), load(MIGRATIONS), (handlers,))

    with office(archive, tmp_path_factory.mktemp("files"), engine) as opened:
        yield opened


def _ask(front: Office, role: str, query: str, given: dict[str, Any] | None = None) -> Any:
    answer = front.client.post(
        "/graphql", json={"query": query, "variables": {"input": given}}, headers={"x-demo-viewer": role}
    ).json()
    assert "errors" not in answer, answer
    return answer["data"]


def _create(front: Office, role: str, **given: Any) -> Any:
    return _ask(front, role, _CREATE, {**_LEAK, **given})["createUpload"]


def _upload(front: Office, role: str, body: bytes = PNG, media_type: str = "image/png") -> str:
    made = _create(front, role, mediaType=media_type, byteSize=len(body))
    assert made["problems"] == []
    sent = front.client.put(made["uploadUrl"], content=body)
    assert sent.status_code == 201, sent.text
    found: str = sent.json()["id"]
    return found


def _attach(front: Office, role: str, ticket: str, file: str, photo_type: str = "ISSUE") -> Any:
    return _ask(front, role, _ATTACH, {"ticketId": ticket, "fileId": file, "photoType": photo_type})["attachPhoto"]


@pytest.mark.parametrize("role", ["manager", "vendor", "tenant"])
async def test_a_photo_is_announced_sent_attached_and_seen(front: Office, role: str) -> None:
    ticket = _ask(front, role, _TICKETS)["tickets"]["nodes"][0]["id"]
    file = _upload(front, role)
    attached = _attach(front, role, ticket, file, "PROGRESS")
    events = attached.pop("events")
    assert attached == {
        "photo": {"photoType": "PROGRESS", "file": {"id": file, "fileName": "leak.png"}},
        "problems": [],
    }
    assert events == ([{"eventType": "photo_attached"}] if role == "manager" else [])  # what outsiders see of events
    assert front.get(file, role).content == PNG
    again = _attach(front, role, ticket, file)
    assert (again["photo"], again["problems"][0]["code"]) == (None, "ALREADY_LINKED")


async def test_nobody_attaches_what_another_sent(front: Office) -> None:
    ticket = _ask(front, "tenant", _TICKETS)["tickets"]["nodes"][0]["id"]
    for file in (_upload(front, "vendor"), str(uuid4())):
        attached = _attach(front, "tenant", ticket, file)
        assert attached["photo"] is None
        assert attached["problems"] == [{"__typename": "NotFound", "code": "NOT_FOUND", "path": ["input", "fileId"]}]


async def test_a_photo_is_a_picture_and_a_receipt_may_be_a_document(front: Office) -> None:
    ticket = _ask(front, "manager", _TICKETS)["tickets"]["nodes"][0]["id"]
    document = _upload(front, "manager", SAMPLES["application/pdf"], "application/pdf")
    text = _upload(front, "manager", SAMPLES["text/plain"], "text/plain")
    for file, photo_type, codes in ((document, "ISSUE", ["NOT_A_PICTURE"]), (text, "RECEIPT", ["NOT_A_PICTURE"])):
        assert [problem["code"] for problem in _attach(front, "manager", ticket, file, photo_type)["problems"]] == codes
    assert _attach(front, "manager", ticket, document, "RECEIPT")["problems"] == []


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"fileName": "../leak.png"}, "FILE_NAME_NOT_ALLOWED", "fileName"),
        ({"fileName": "x" * 256}, "TEXT_TOO_LONG", "fileName"),
        ({"fileName": "a\nb.png"}, "TEXT_UNPRINTABLE", "fileName"),
        ({"mediaType": "text/html"}, "MEDIA_TYPE_NOT_ALLOWED", "mediaType"),
        ({"mediaType": "IMAGE/PNG"}, "MEDIA_TYPE_NOT_ALLOWED", "mediaType"),
        ({"byteSize": 0}, "NUMBER_OUT_OF_RANGE", "byteSize"),
        ({"byteSize": -1}, "NUMBER_OUT_OF_RANGE", "byteSize"),
    ],
)
async def test_what_is_not_taken_in_is_refused_when_it_is_announced(
    given: dict[str, Any], code: str, field: str, front: Office
) -> None:
    async with front.sql() as connection:
        before = await connection.fetchval("SELECT count(*) FROM access.uploads")
        made = _create(front, "vendor", **given)
        assert await connection.fetchval("SELECT count(*) FROM access.uploads") == before
    assert (made["uploadUrl"], made["expiresAt"]) == (None, None)
    assert made["problems"] == [{"__typename": "Invalid", "code": code, "path": ["input", field]}]


async def test_an_analyst_uploads_nothing(front: Office) -> None:
    assert [problem["__typename"] for problem in _create(front, "analyst")["problems"]] == ["Forbidden"]


async def test_an_announcement_that_is_only_checked_leads_nowhere(front: Office) -> None:
    made = _create(front, "tenant", validateOnly=True)
    assert made["problems"] == []
    assert made["uploadUrl"].startswith(UPLOADS)
    assert front.client.put(made["uploadUrl"], content=PNG).status_code == 404


async def test_a_file_is_its_senders(front: Office, cast: dict[str, Viewer]) -> None:
    file = _upload(front, "vendor")
    told = _ask(front, "manager", f'{{ node(id: "{file}") {{ ... on File {{ uploader {{ id }} mediaType }} }} }}')[
        "node"
    ]
    assert told == {"uploader": {"id": str(cast["vendor"].contact_id)}, "mediaType": "image/png"}
