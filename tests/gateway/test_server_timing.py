"""How long an answer took, in its header Server-Timing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx

    from resolvers.operation import Operation
    from tests.gateway.house import House

TICKET = {"query": "query Walk { tickets }"}
PART = re.compile(r"([a-z]+);dur=(\d+\.\d\d)")


def parts(response: httpx.Response) -> dict[str, float]:
    """Milliseconds by part."""
    said = response.headers["server-timing"]
    found = [PART.fullmatch(part) for part in said.split(", ")]
    assert all(found), said
    return {match[1]: float(match[2]) for match in found if match}


def planned(operation: Operation) -> None:
    """As an engine that plans."""
    operation.timing.way = "planner"
    operation.timing.plan_s += 0.0001
    operation.timing.statement("SELECT 1", 0.003)
    operation.timing.statement("SELECT 2", 0.0005)
    operation.timing.bytes_s += 0.00004


def test_an_answer_says_how_long_its_parts_took(client: httpx.Client, house: House) -> None:
    house.course = planned
    told = parts(client.post("/graphql", json=TICKET))
    assert list(told) == ["parse", "plan", "database", "bytes", "total"]
    assert (told["plan"], told["database"], told["bytes"]) == (0.1, 3.5, 0.04)


def test_a_document_that_is_known_is_parsed_faster(client: httpx.Client) -> None:
    query = {"query": f"query Walk {{ {' '.join(f't{n}: tickets' for n in range(40))} }}"}
    first, again = (parts(client.post("/graphql", json=query)) for _ in range(2))
    assert again["parse"] < first["parse"] < first["total"]


@pytest.mark.parametrize("role", ["vendor", "tenant", "guest", "homeowner"])
def test_outsiders_are_told_the_total_alone(client: httpx.Client, house: House, role: str) -> None:
    house.course = planned
    assert list(parts(client.post("/graphql", json=TICKET, headers={"x-role": role}))) == ["total"]


@pytest.mark.parametrize("query", ["{", "{ nothing }", "subscription { changes }"])
def test_a_refusal_says_how_long_it_took(client: httpx.Client, query: str) -> None:
    assert "total" in parts(client.post("/graphql", json={"query": query}))
