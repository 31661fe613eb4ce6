"""Requests that are wrong, and how the answer says so."""

from __future__ import annotations

import gzip
import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.gateway.house import House, served

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADERS = {"content-type": "application/json"}


def errors(response: httpx.Response) -> list[Any]:
    found: list[Any] = response.json()["errors"]
    assert all(error["extensions"]["code"] for error in found)
    return found


def refused(response: httpx.Response, status: int, code: str) -> str:
    """The message of the only error."""
    assert response.status_code == status, response.text
    (error,) = errors(response)
    assert error["extensions"]["code"] == code
    message: str = error["message"]
    return message


def post(client: httpx.Client, body: bytes, **headers: str) -> httpx.Response:
    return client.post("/graphql", content=body, headers={**HEADERS, **headers})


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'[{"query": "{ __typename }"}]', "Batches are not served"),
        (b"3", "a number"),
        (b'"{ __typename }"', "a string"),
        (b"null", "null"),
        (b"true", "a boolean"),
        (b'{"query": "{ __typename }", "variables": []}', "'variables' is a list"),
        (b'{"query": "{ __typename }", "variables": {"a": NaN}}', "not usable JSON"),
        (b'{"query": "{ __typename }", "variables": {"a": -Infinity}}', "not usable JSON"),
        (b'{"query": "{ __typename }", "variables": {"a": 1e999}}', "infinity"),
        (b'{"query": "{ __typename }", "variables": {"a": 18446744073709551616}}', "beyond 64 bits"),
        (b'{"query": "{ __typename }", "variables": {"a": -9223372036854775809}}', "beyond 64 bits"),
        (b'{"query": "{ __typename }", "variables": {"a": ' + b"7" * 100_000 + b"}}", "not usable JSON"),
        (b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 150 + b"]" * 150 + b"}}", "nested deeper"),
        (
            b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}}",
            "not usable JSON",
        ),
        (b'{"query": "{ \xff }"}', "UTF-8"),
        (b'{"query": "\\ud800"}', "surrogate"),
    ],
)
def test_a_body_that_no_request_has_is_refused_with_what_is_wrong(
    client: httpx.Client, body: bytes, words: str
) -> None:
    assert words in refused(post(client, body), 400, "BAD_REQUEST")


def test_digits_in_a_string_and_long_fractions_are_no_huge_numbers(client: httpx.Client) -> None:
    body = b'{"query": "{ __typename }", "variables": {"a": "18446744073709551616", "b": 0.12345678901234567890123}}'
    assert post(client, body).status_code == 200


def test_the_largest_integers_keep_their_digits(client: httpx.Client, house: House) -> None:
    body = b'{"query": "{ __typename }", "variables": {"a": 18446744073709551615, "b": -9223372036854775808}}'
    assert post(client, body).status_code == 200
    assert house.operations[0].variables == {"a": 18446744073709551615, "b": -9223372036854775808}


@pytest.mark.parametrize(
    ("query_string", "words"),
    [
        ("", "'query' is missing in the URL"),
        ("query=%7B__typename%7D&query=%7B__typename%7D", "more than once"),
        ("query=%7B__typename%7D&variables=%7B%7D&variables=%7B%7D", "more than once"),
        ("query=%7B__typename%7D&variables=%5B%5D", "'variables' is a list in the URL"),
        ("query=%7B__typename%7D&variables=NONSENSE", "'variables' is not usable JSON"),
        ("query=%7B__typename%7D&extensions=1", "'extensions' is a number in the URL"),
        ("query=%FF", "not UTF-8"),
        ("query=%7B__typename%7D" + "&a=1" * 40, "more than 32 parameters"),
    ],
)
def test_a_url_that_no_request_has_is_refused_with_what_is_wrong(
    client: httpx.Client, query_string: str, words: str
) -> None:
    assert words in refused(client.get(f"/graphql?{query_string}"), 400, "BAD_REQUEST")


def test_empty_parameters_in_a_url_are_not_given(client: httpx.Client) -> None:
    response = client.get("/graphql?query=%7B__typename%7D&operationName=&variables=&extensions=")
    assert response.json() == {"data": {"__typename": "Query"}}


def test_a_url_that_is_too_long_is_sent_by_post_instead(client: httpx.Client) -> None:
    assert "POST" in refused(client.get("/graphql?query=" + "a" * 40_000), 414, "BAD_REQUEST")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_what_a_page_elsewhere_can_post_without_asking_is_refused(
    client: httpx.Client, house: House, content_type: str
) -> None:
    response = client.post("/graphql", content=b'{"query": "{ __typename }"}', headers={"content-type": content_type})
    assert "application/json" in refused(response, 415, "UNSUPPORTED_MEDIA_TYPE")
    assert house.operations == []


def test_a_compressed_body_is_refused_and_never_inflated(client: httpx.Client) -> None:
    body = gzip.compress(b"0" * 50_000_000)
    refused(post(client, body, **{"content-encoding": "gzip"}), 415, "UNSUPPORTED_MEDIA_TYPE")
    assert post(client, b'{"query": "{ __typename }"}', **{"content-encoding": "identity"}).status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "image/*"])
def test_neither_media_type_accepted_is_406(client: httpx.Client, house: House, accept: str) -> None:
    response = post(client, b'{"query": "{ __typename }"}', accept=accept)
    assert "application/graphql-response+json" in refused(response, 406, "NOT_ACCEPTABLE")
    assert house.operations == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_405_with_those_that_are_allowed(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/graphql")
    refused(response, 405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    "headers", [[("x-a", "b" * 40_000)], [("x-a", "b")] * 200, [(f"x-{n}", "b") for n in range(200)]]
)
@pytest.mark.parametrize("path", ["/graphql", "/healthz"])
def test_headers_that_are_too_large_are_431(client: httpx.Client, path: str, headers: list[tuple[str, str]]) -> None:
    refused(client.get(path, headers=headers), 431, "HEADERS_TOO_LARGE")


def test_head_is_get_without_the_body(client: httpx.Client) -> None:
    response = client.head("/graphql", params={"query": "{ __typename }"})
    assert (response.status_code, response.content) == (200, b"")


def test_options_names_the_methods_and_allows_no_other_origin(client: httpx.Client) -> None:
    headers = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}
    response = client.options("/graphql", headers=headers)
    assert response.status_code == 204
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.fixture(scope="module")
def small() -> Iterator[httpx.Client]:
    """Of a server that reads 1,000 bytes, and waits for them a little."""
    settings = {"body_limit_bytes": 1_000, "body_timeout_s": 0.3}
    with served(House(), **settings) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize("length", [1_001, 5_000_000])
def test_a_longer_body_is_413(small: httpx.Client, length: int) -> None:
    assert "1000 bytes" in refused(post(small, b" " * length), 413, "BODY_TOO_LARGE")


def test_a_body_at_the_limit_is_read(small: httpx.Client) -> None:
    assert post(small, b'{"query": "{ __typename }"}'.ljust(1_000)).status_code == 200


def test_a_longer_body_of_unknown_length_is_413(small: httpx.Client) -> None:
    response = small.post("/graphql", content=iter([b" " * 400] * 10), headers=HEADERS)
    assert "content-length" not in response.request.headers
    refused(response, 413, "BODY_TOO_LARGE")


def test_a_body_that_never_ends_is_408(small: httpx.Client) -> None:
    head = (
        b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"
    )
    with socket.create_connection((small.base_url.host, small.base_url.port or 80), timeout=5) as connection:
        connection.sendall(head)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"REQUEST_TIMEOUT" in answer
