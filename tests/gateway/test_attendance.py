"""Executions that nobody waits for any more."""

from __future__ import annotations

import httpx
import pytest

from tests.gateway.house import House, served

SLOWLY = {"query": "query Slow { slowly }"}


def test_a_client_that_hangs_up_cancels_the_execution(client: httpx.Client, house: House) -> None:
    with pytest.raises(httpx.ReadTimeout):
        client.post("/graphql", json=SLOWLY, timeout=httpx.Timeout(5, read=0.2))
    assert house.started.is_set()
    assert house.cancelled.wait(1)


def test_the_next_request_is_none_the_worse_for_it(client: httpx.Client, house: House) -> None:
    with pytest.raises(httpx.ReadTimeout):
        client.post("/graphql", json=SLOWLY, timeout=httpx.Timeout(5, read=0.1))
    assert house.cancelled.wait(1)
    assert client.post("/graphql", json={"query": "{ __typename }"}).json() == {"data": {"__typename": "Query"}}


def test_a_client_that_waits_gets_its_answer(client: httpx.Client, house: House) -> None:
    response = client.post("/graphql", json={"query": "{ after(milliseconds: 150) }"})
    assert response.json() == {"data": {"after": "done"}}
    assert not house.cancelled.is_set()


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
def test_an_operation_that_takes_too_long_is_cancelled_and_told_so(accept: str) -> None:
    house = House()
    with served(house, request_timeout_s=0.1) as address:
        response = httpx.post(f"{address}/graphql", json=SLOWLY, headers={"accept": accept})
    assert response.status_code == 504
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"
    (error,) = response.json()["errors"]
    assert "0.1 seconds" in error["message"]
    assert error["extensions"] == {"code": "TIMEOUT"}
    assert house.cancelled.is_set()


def test_a_timeout_of_the_engine_is_its_own_fault(client: httpx.Client, house: House) -> None:
    house.failure = TimeoutError()
    assert client.post("/graphql", json={"query": "{ __typename }"}).status_code == 500


def test_requests_wait_for_each_other_no_longer_than_they_must(house: House) -> None:
    with served(house) as address, httpx.Client(base_url=address) as one, httpx.Client(base_url=address) as other:
        with pytest.raises(httpx.ReadTimeout):
            one.post("/graphql", json=SLOWLY, timeout=httpx.Timeout(5, read=0.05))
        assert other.get("/healthz", timeout=1).status_code == 200
