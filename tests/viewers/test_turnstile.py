"""How many operations a viewer may have running at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx

from tests.gateway.house import House, served
from tests.viewers.gate import SECRET, gate
from tests.viewers.issuer import signed

SLOW = {"query": "{ after(milliseconds: 500) }"}


def test_more_operations_at_once_than_allowed_are_refused_with_the_way_out() -> None:
    with (
        served(House(), viewer_operations=3) as address,
        httpx.Client(base_url=address) as client,
        ThreadPoolExecutor(8) as threads,
    ):
        ready = threading.Barrier(8)

        def ask(_: int) -> httpx.Response:
            ready.wait(5)
            return client.post("/graphql", json=SLOW)

        answers = list(threads.map(ask, range(8)))
        assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 5
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert refused.headers["retry-after"] == "1"
        (error,) = refused.json()["errors"]
        assert error["extensions"] == {"code": "TOO_MANY_OPERATIONS"}
        assert "GATEWAY_VIEWER_OPERATIONS = 3" in error["message"]
        assert client.post("/graphql", json=SLOW).status_code == 200


def test_one_viewer_does_not_stand_in_anothers_way() -> None:
    with gate(token_secret=SECRET, viewer_operations=1) as gate_, ThreadPoolExecutor(2) as threads:
        manager, agent = signed(aud=None), signed(role="agent", aud=None)

        def ask(token: str) -> int:
            headers = {"authorization": f"Bearer {token}"}
            return gate_.client.post("/graphql", json=SLOW, headers=headers).status_code

        assert list(threads.map(ask, [manager, agent])) == [200, 200]
        assert sorted(threads.map(ask, [agent, agent])) == [200, 429]


def test_operations_that_failed_are_over() -> None:
    with served(House(), viewer_operations=1, request_timeout_s=0.1) as address:
        for query in ("{ broken }", "{", "{ refused }", "{ slowly }", "{ ticket(number: 1) }", "{ tickets }"):
            assert httpx.post(f"{address}/graphql", json={"query": query}).status_code != 429
        assert httpx.post(f"{address}/graphql", content=b"{}").status_code != 429
        for _ in range(3):
            with suppress(httpx.TimeoutException):
                httpx.post(f"{address}/graphql", json=SLOW, timeout=0.05)
        assert httpx.post(f"{address}/graphql", json={"query": "{ tickets }"}).status_code == 200
