"""The log tells of uploads without telling how to make one."""

from __future__ import annotations

import time

import structlog
from structlog.typing import EventDict

from resolvers.uploads import UPLOADS, new_token
from resolvers.viewer import Viewer
from tests.files.office import Office
from tests.files.samples import PNG


async def test_no_token_is_logged(bureau: Office, manager: Viewer) -> None:
    address = await bureau.announce(manager, "leak.png", "image/png", len(PNG))
    token = address.removeprefix(UPLOADS)
    with structlog.testing.capture_logs() as log:
        _forget(log, bureau)
        for path in (
            address,
            address,
            f"{UPLOADS}{new_token()}",
            f"/files/%75ploads/{token}",
            f"/files%2fuploads/{token}",
        ):
            bureau.client.put(path, content=PNG)
        bureau.client.put(address, content=PNG, headers={"host": "rebound.example"})
        told = _requests(log, 6)
    assert [event["status"] for event in told] == [201, 410, 404, 410, 410, 421]
    assert {event["path"] for event in told} == {"/uploads/…"}
    assert token not in repr(log)


async def test_files_are_logged_by_their_ids(bureau: Office, manager: Viewer) -> None:
    made = await bureau.send(manager, PNG)
    with structlog.testing.capture_logs() as log:
        _forget(log, bureau)
        bureau.get(made)
        assert [event["path"] for event in _requests(log, 1)] == [f"/files/{made}"]


def _forget(log: list[EventDict], bureau: Office) -> None:
    """What came before."""
    bureau.client.get("/healthz")
    while not any(event.get("path") == "/healthz" for event in log):
        time.sleep(0.01)
    log.clear()


def _requests(log: list[EventDict], number: int) -> list[EventDict]:
    """A request is logged when it is over, which is after its answer."""
    for _ in range(500):
        told = [event for event in log if event["event"] == "http_request"]
        if len(told) >= number:
            return told
        time.sleep(0.01)
    raise AssertionError(f"{number} requests were not logged: {log}")
