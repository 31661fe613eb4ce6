"""Long answers are compressed for whoever reads that."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.gateway.house import House, served

if TYPE_CHECKING:
    from collections.abc import Generator

_BOUND = 1_000


@pytest.fixture(scope="module")
def house() -> House:
    return House()


@pytest.fixture(scope="module")
def client(house: House) -> Generator[httpx.Client]:
    with served(house, compress_from_bytes=_BOUND) as address, httpx.Client(base_url=address) as client:
        yield client


def _asked(client: httpx.Client, body: bytes, house: House, accepted: str) -> tuple[httpx.Headers, bytes]:
    """The headers and the body as it went over the wire."""
    house.finished = body
    asked = {"json": {"query": "{ raw }"}, "headers": {"accept-encoding": accepted}}
    with client.stream("POST", "/graphql", **asked) as response:  # type: ignore[arg-type] # of json and headers
        return response.headers, b"".join(response.iter_raw())


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "br, *;q=0.1"])
def test_an_answer_that_is_long_enough_is_compressed_for_who_reads_it(
    client: httpx.Client, house: House, accepted: str
) -> None:
    body = b"x" * _BOUND
    headers, sent = _asked(client, body, house, accepted)
    assert headers["content-encoding"] == "gzip"
    assert int(headers["content-length"]) == len(sent) < _BOUND
    assert gzip.decompress(sent) == body
    assert headers["vary"] == "accept, accept-encoding"


@pytest.mark.parametrize(("length", "accepted"), [(_BOUND - 1, "gzip"), (_BOUND, ""), (_BOUND, "gzip;q=0, br")])
def test_any_other_goes_as_it_is(client: httpx.Client, house: House, length: int, accepted: str) -> None:
    headers, sent = _asked(client, b"x" * length, house, accepted)
    assert "content-encoding" not in headers
    assert sent == b"x" * length
    assert headers["vary"] == "accept, accept-encoding"


def test_none_is_where_it_is_switched_off() -> None:
    house = House()
    with served(house, compress_from_bytes=0) as address, httpx.Client(base_url=address) as client:
        headers, sent = _asked(client, b"x" * 100_000, house, "gzip")
    assert "content-encoding" not in headers
    assert len(sent) == 100_000
