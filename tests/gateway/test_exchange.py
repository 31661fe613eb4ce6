"""Request ids, and what a request leaves behind."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from gateway.settings import Settings
from tests.gateway.house import House, house_app

if TYPE_CHECKING:
    import httpx
    from starlette.types import Message


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/graphql?query=%7B__typename%7D", "/graphql"])
@pytest.mark.parametrize("sent", ["MT-7", "a.b_c-D9", "x" * 64])
def test_a_sane_request_id_comes_back(client: httpx.Client, path: str, sent: str) -> None:
    assert client.get(path, headers={"x-request-id": sent}).headers["x-request-id"] == sent


@pytest.mark.parametrize("sent", ["", "x" * 65, "a b", "é".encode("latin-1"), "<script>", "a\tb", "a,b"])
def test_any_other_is_replaced(client: httpx.Client, sent: str | bytes) -> None:
    given = client.get("/healthz", headers={b"x-request-id": sent if isinstance(sent, bytes) else sent.encode()})
    assert len(given.headers["x-request-id"]) == 32
    assert given.headers["x-request-id"].isalnum()


def test_two_request_ids_are_none(client: httpx.Client) -> None:
    response = client.get("/healthz", headers=[("x-request-id", "a"), ("x-request-id", "b")])
    assert len(response.headers["x-request-id"]) == 32


def test_each_request_has_an_id_of_its_own(client: httpx.Client) -> None:
    ids = {client.get("/healthz").headers["x-request-id"] for _ in range(10)}
    assert len(ids) == 10


def test_a_header_cannot_be_injected_through_an_id(client: httpx.Client) -> None:
    response = client.get("/healthz", headers={b"x-request-id": b"a%0d%0aset-cookie: x=1"})
    assert "set-cookie" not in response.headers
    assert response.headers["x-request-id"].isalnum()


class Connection:
    """As a server keeps it: what sends the answer knows the request."""

    def __init__(self) -> None:
        headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")]
        self.scope = {"type": "http", "method": "POST", "path": "/graphql", "raw_path": b"/graphql", "headers": headers}
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        return {"type": "http.request", "body": b'{"query": "{ tickets }"}'}

    async def send(self, message: Message) -> None:
        self.sent.append(message)


async def test_a_request_that_is_over_leaves_nothing_to_the_collector() -> None:
    app = house_app(House(), Settings())
    connection = Connection()
    gc.disable()
    try:
        await app(connection.scope, connection.receive, connection.send)
        assert connection.sent[0]["status"] == 200
        left = weakref.ref(connection)
        del connection
        assert left() is None
    finally:
        gc.enable()
