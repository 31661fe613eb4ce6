"""What is served beside the graph."""

from __future__ import annotations

import base64
import hashlib
import re

import httpx
import pytest
from graphql import build_schema, print_schema

from tests.gateway.house import House, served

PATHS = ["/", "/healthz", "/readyz", "/schema.graphql", "/graphql?query=%7B__typename%7D", "/nowhere"]


def test_the_front_page_says_where_to_go(client: httpx.Client) -> None:
    response = client.get("/")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    for place in ("/graphql", "/schema.graphql", "/healthz", "/readyz", f"curl {client.base_url}".rstrip("/")):
        assert place in response.text


def test_the_front_page_loads_nothing_and_runs_only_its_own_style(client: httpx.Client) -> None:
    response = client.get("/")
    assert not re.search(r"<script|src=|url\(|@import|https?://(?!127\.0\.0\.1)", response.text)
    style = re.search(r"<style>(.*?)</style>", response.text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in response.headers["content-security-policy"]


def test_the_example_on_the_front_page_is_answered(client: httpx.Client) -> None:
    example = re.search(r"-d '(.*?)'", client.get("/").text)
    assert example is not None
    response = client.post("/graphql", content=example[1], headers={"content-type": "application/json"})
    assert response.status_code == 200
    assert "errors" not in response.json()


def test_a_living_process_is_healthy(client: httpx.Client, house: House) -> None:
    house.reason = "The database is restarting."
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_an_engine_that_is_ready_makes_the_gateway_so(client: httpx.Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_an_engine_that_is_not_ready_says_why(client: httpx.Client, house: House) -> None:
    house.reason = "The database is restarting."
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "reason": "The database is restarting."}


def test_an_engine_that_cannot_tell_is_not_ready(client: httpx.Client, house: House) -> None:
    house.doubt = RuntimeError("hunter2")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "hunter2" not in response.text


def test_the_schema_is_served_as_text_once(client: httpx.Client) -> None:
    response = client.get("/schema.graphql")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert print_schema(build_schema(response.text)) + "\n" == response.text
    again = client.get("/schema.graphql", headers={"if-none-match": f'"other", W/{response.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/schema.graphql", headers={"if-none-match": '"other"'}).status_code == 200


def test_the_schema_is_not_served_where_it_may_not_be_asked_for() -> None:
    with served(House(), introspection=False) as address:
        assert httpx.get(f"{address}/schema.graphql").status_code == 404
        assert "/schema.graphql" not in httpx.get(address).text


@pytest.mark.parametrize("path", ["/nowhere", "/graphql/", "/graphql/x", "/%00"])
def test_what_is_not_there_is_404_in_json(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/json"
    assert response.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/schema.graphql"])
def test_pages_are_read_only(client: httpx.Client, path: str) -> None:
    response = client.post(path)
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]
    assert response.json()["errors"][0]["extensions"] == {"code": "METHOD_NOT_ALLOWED"}


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_forbids_what_it_does_not_need(client: httpx.Client, path: str) -> None:
    headers = client.get(path, headers={"origin": "https://elsewhere.example"}).headers
    assert headers["content-security-policy"].startswith("default-src 'none';")
    assert headers["content-security-policy"].count("frame-ancestors 'none'") == 1
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


@pytest.mark.parametrize(
    "host", ["rebound.example", "rebound.example:8000", "127.0.0.1.rebound.example", "[::1].example", ""]
)
@pytest.mark.parametrize("path", ["/graphql", "/schema.graphql"])
def test_a_name_that_was_pointed_here_is_refused(client: httpx.Client, house: House, host: str, path: str) -> None:
    response = client.request("GET", path, params={"query": "{ __typename }"}, headers={"host": host})
    assert response.status_code == 421
    assert response.json()["errors"][0]["extensions"] == {"code": "UNKNOWN_HOST"}
    assert house.operations == []


@pytest.mark.parametrize("host", ["localhost", "localhost:9", "127.0.0.1:8000", "[::1]:8000", "[::1]", "LOCALHOST"])
def test_the_names_of_loopback_are_answered(client: httpx.Client, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_other_names_can_be_allowed() -> None:
    with served(House(), allowed_hosts="memory.example, localhost") as address:
        assert httpx.get(f"{address}/healthz", headers={"host": "memory.example"}).status_code == 200
        assert httpx.get(f"{address}/healthz", headers={"host": "other.example"}).status_code == 421
