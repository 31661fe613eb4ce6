"""Cross-origin requests, over real HTTP."""

import httpx

from tests.gateway.house import House, served

_OURS = "https://app.example.com"
_THEIRS = "https://evil.example.net"
_PREFLIGHT = {"access-control-request-method": "POST", "access-control-request-headers": "authorization, content-type"}


def test_a_listed_origin_may_ask_and_read_the_answer() -> None:
    with served(House(), cors_origins=(_OURS,)) as address:
        preflight = httpx.options(f"{address}/graphql", headers={"origin": _OURS, **_PREFLIGHT})
        answer = httpx.post(f"{address}/graphql", json={"query": "{ __typename }"}, headers={"origin": _OURS})
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == _OURS
    assert "authorization" in preflight.headers["access-control-allow-headers"]
    assert answer.headers["access-control-allow-origin"] == _OURS
    assert "access-control-allow-credentials" not in answer.headers


def test_a_listed_origin_may_see_how_long_an_answer_took() -> None:
    with served(House(), cors_origins=(_OURS,)) as address:
        ours, theirs = (
            httpx.post(f"{address}/graphql", json={"query": "{ __typename }"}, headers={"origin": origin})
            for origin in (_OURS, _THEIRS)
        )
    assert "server-timing" in ours.headers["access-control-expose-headers"]
    assert ours.headers["timing-allow-origin"] == _OURS
    assert "timing-allow-origin" not in theirs.headers


def test_another_origin_may_not() -> None:
    with served(House(), cors_origins=(_OURS,)) as address:
        preflight = httpx.options(f"{address}/graphql", headers={"origin": _THEIRS, **_PREFLIGHT})
        answer = httpx.post(f"{address}/graphql", json={"query": "{ __typename }"}, headers={"origin": _THEIRS})
    assert preflight.status_code == 400
    assert "access-control-allow-origin" not in preflight.headers
    assert "access-control-allow-origin" not in answer.headers


def test_without_a_list_no_answer_speaks_of_cors() -> None:
    with served(House()) as address:
        preflight = httpx.options(f"{address}/graphql", headers={"origin": _OURS, **_PREFLIGHT})
        answer = httpx.post(f"{address}/graphql", json={"query": "{ __typename }"}, headers={"origin": _OURS})
    assert not [name for name in (*preflight.headers, *answer.headers) if name.startswith("access-control")]
