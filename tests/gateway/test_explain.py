"""Who may ask how a query is answered, and what."""

from __future__ import annotations

import httpx
import pytest

from tests.gateway.house import House, served

WALK = {"query": "query Walk { tickets }"}


def _ask(client: httpx.Client, explain: str, role: str = "manager") -> httpx.Response:
    headers = {"x-graphql-explain": explain, "x-role": role, "accept": "application/json"}
    return client.post("/graphql", json=WALK, headers=headers)


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("sql", {"sql"}),
        ("plan,sql", {"plan", "sql"}),
        ("PLAN , sql,sql", {"plan", "sql"}),
        ("", set()),
        (",", set()),
    ],
)
def test_the_engine_hears_what_is_asked(client: httpx.Client, house: House, header: str, asked: set[str]) -> None:
    assert _ask(client, header).status_code == 200
    assert house.operations[-1].explain == asked


def test_without_the_header_nothing_is_explained(client: httpx.Client, house: House) -> None:
    client.post("/graphql", json=WALK)
    assert house.operations[-1].explain == frozenset()


def test_the_header_that_comes_twice_is_one_list(client: httpx.Client, house: House) -> None:
    client.post("/graphql", json=WALK, headers=[("x-graphql-explain", "plan"), ("x-graphql-explain", "sql")])
    assert house.operations[-1].explain == {"plan", "sql"}


def test_what_nobody_is_told_is_refused_by_its_name(client: httpx.Client, house: House) -> None:
    response = _ask(client, "sql, passwords")
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]) == (400, {"code": "UNKNOWN_EXPLANATION"})
    assert "'passwords'" in error["message"]
    assert "plan, sql" in error["message"]
    assert house.operations == []


@pytest.mark.parametrize("role", ["admin", "manager", "analyst"])
def test_admins_managers_and_analysts_may_ask(client: httpx.Client, role: str) -> None:
    assert _ask(client, "sql", role).status_code == 200


@pytest.mark.parametrize("role", ["agent", "system", "vendor", "tenant", "guest", "homeowner"])
def test_nobody_else_may(client: httpx.Client, house: House, role: str) -> None:
    response = _ask(client, "sql", role)
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]) == (403, {"code": "EXPLAIN_FORBIDDEN"})
    assert house.operations == []


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"demo": False}, 403),
        ({"demo": False, "explain": "on"}, 200),
        ({"explain": "off"}, 403),
        ({"explain": "auto"}, 200),
    ],
)
def test_outside_the_demo_it_must_be_allowed(settings: dict[str, object], status: int) -> None:
    with served(House(), **settings) as address, httpx.Client(base_url=address) as client:
        assert _ask(client, "plan").status_code == status
