"""What the gateway counts of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from db.pool import Pool
from gateway.metrics import Metrics
from tests.gateway.house import House, served

if TYPE_CHECKING:
    from collections.abc import Generator

    from resolvers.operation import Operation


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def client(house: House) -> Generator[httpx.Client]:
    """Of a gateway that has counted nothing yet."""
    with served(house) as address, httpx.Client(base_url=address) as client:
        yield client


def samples(text: str, name: str) -> dict[tuple[str, ...], float]:
    """A metric's values by those of its labels, in the order of their names."""
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {
        tuple(value for _, value in sorted(sample.labels.items())): sample.value
        for sample in found
        if sample.name == name
    }


def _told(client: httpx.Client, name: str) -> dict[tuple[str, ...], float]:
    return samples(client.get("/metrics").text, name)


def test_requests_are_counted_by_method_route_and_status(client: httpx.Client) -> None:
    for _ in range(3):
        client.post("/graphql", json={"query": "{ tickets }"})
    client.post("/graphql?token=secret", content=b"{", headers={"content-type": "application/json"})
    client.get("/healthz")
    assert _told(client, "http_requests_total") == {
        ("POST", "/graphql", "200"): 3,
        ("POST", "/graphql", "400"): 1,
        ("GET", "/healthz", "200"): 1,
    }
    assert _told(client, "http_request_duration_seconds_count")["/graphql",] == 4


def test_a_duration_is_counted_under_every_bound_that_it_keeps() -> None:
    metrics = Metrics()
    for seconds in (0.0004, 0.001, 0.02, 31.0):
        metrics.traffic.request("GET", "/healthz", 200, seconds)
    told = metrics.text().decode()
    buckets = samples(told, "http_request_duration_seconds_bucket")
    assert [buckets[bound, "/healthz"] for bound in ("0.001", "0.01", "0.025", "30.0", "+Inf")] == [2, 2, 3, 3, 4]
    assert samples(told, "http_request_duration_seconds_sum")["/healthz",] == pytest.approx(31.0214)


def test_what_is_not_served_shares_one_label(client: httpx.Client) -> None:
    for n in range(5):
        client.get(f"/wp-admin/{n}")
    client.request("PURGE", "/nothing")
    client.request("PURGE", "/graphql", headers={"host": "rebound.example"})
    told = _told(client, "http_requests_total")
    assert told["GET", "other", "404"] == 5
    assert {method for method, _, _ in told} == {"GET", "other"}


def test_operations_are_counted_by_kind_and_way(client: httpx.Client, house: House) -> None:
    def planned(operation: Operation) -> None:
        operation.timing.way = "planner"

    def declined(operation: Operation) -> None:
        operation.timing.way = "executor"
        operation.timing.declined = "Query.search"

    for course in (planned, declined, declined):
        house.course = course
        client.post("/graphql", json={"query": "{ tickets }"})
    client.post("/graphql", json={"query": "{ broken }"})
    client.post("/graphql", json={"query": "{ no_such_field }"})
    assert _told(client, "graphql_operations_total") == {("query", "planner"): 1, ("query", "executor"): 3}
    assert _told(client, "planner_declined_total") == {("Query.search",): 3}


def test_an_operation_that_fails_is_counted_too(client: httpx.Client, house: House) -> None:
    house.failure = RuntimeError("a fault")
    assert client.post("/graphql", json={"query": 'mutation { closeTicket(number: "1") }'}).status_code == 500
    assert _told(client, "graphql_operations_total") == {("mutation", "other"): 1}


def test_the_documents_kept_are_told_with_how_often_they_were_found(client: httpx.Client) -> None:
    for query in ("{ tickets }", "{ tickets }", "{ a: tickets }", "{ nothing }"):
        client.post("/graphql", json={"query": query})
    assert _told(client, "cache_entries") == {("documents",): 2}
    assert _told(client, "cache_hits_total") == {("documents",): 1}
    assert _told(client, "cache_misses_total") == {("documents",): 3}


async def test_a_pool_is_told_as_it_stands(server: str) -> None:
    metrics = Metrics()
    async with Pool.open(server, size=3) as pool:
        metrics.occupancy.watch_pool("staff", pool)
        async with pool.connection():
            lent = metrics.text().decode()
        given_back = metrics.text().decode()
    assert samples(lent, "database_pool_size") == {("staff",): 3}
    assert samples(lent, "database_pool_in_use") == {("staff",): 1}
    assert samples(given_back, "database_pool_in_use") == {("staff",): 0}


def test_the_process_and_the_build_are_told(client: httpx.Client) -> None:
    response = client.get("/metrics")
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert samples(response.text, "process_resident_memory_bytes")[()] > 0
    ((python, version),) = samples(response.text, "gateway_build_info")
    assert python.startswith("3.")
    assert version


@pytest.mark.parametrize(
    ("settings", "status"),
    [({}, 200), ({"metrics": "off"}, 404), ({"demo": False}, 404), ({"demo": False, "metrics": "on"}, 200)],
)
def test_outside_the_demo_it_must_be_asked_for(settings: dict[str, object], status: int) -> None:
    with served(House(), **settings) as address:
        assert httpx.get(f"{address}/metrics").status_code == status
