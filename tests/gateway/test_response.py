"""What clients see of results and of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from graphql import ExecutionResult, GraphQLError

from resolvers.operation import Unavailable

if TYPE_CHECKING:
    import httpx

    from tests.gateway.house import House

BOTH = pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])


def post(client: httpx.Client, query: str, accept: str = "application/json") -> httpx.Response:
    return client.post("/graphql", json={"query": query}, headers={"accept": accept, "x-request-id": "MT-7"})


def test_what_escapes_from_a_resolver_is_masked(client: httpx.Client) -> None:
    response = post(client, "{ __typename broken }")
    assert response.status_code == 200
    assert "hunter2" not in response.text
    assert response.json() == {
        "errors": [
            {
                "message": "Internal error",
                "locations": [{"line": 1, "column": 14}],
                "path": ["broken"],
                "extensions": {"code": "INTERNAL", "requestId": "MT-7"},
            }
        ],
        "data": {"__typename": "Query", "broken": None},
    }


def test_a_null_that_must_not_be_is_our_fault(client: httpx.Client) -> None:
    response = post(client, "{ hollow }")
    (error,) = response.json()["errors"]
    assert error["message"] == "Internal error"
    assert response.json()["data"] is None


@BOTH
def test_what_escapes_from_the_engine_is_500_and_masked(client: httpx.Client, house: House, accept: str) -> None:
    house.failure = RuntimeError("hunter2")
    response = post(client, "{ __typename }", accept)
    assert response.status_code == 500
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"
    assert response.json() == {
        "errors": [{"message": "Internal error", "extensions": {"code": "INTERNAL", "requestId": "MT-7"}}]
    }


def test_a_result_that_is_not_json_is_500_and_masked(client: httpx.Client, house: House) -> None:
    house.result = ExecutionResult({"ticket": object()})
    assert post(client, "{ __typename }").status_code == 500


def test_an_error_that_a_resolver_meant_is_shown_with_its_extensions(client: httpx.Client) -> None:
    (error,) = post(client, "{ refused }").json()["errors"]
    assert (error["message"], error["extensions"]) == ("Not on Sundays.", {"code": "SUNDAY"})


def test_an_error_without_a_code_is_given_one(client: httpx.Client, house: House) -> None:
    house.result = ExecutionResult({"ticket": None}, [GraphQLError("No.", path=["ticket"])])
    (error,) = post(client, "{ __typename }").json()["errors"]
    assert error["extensions"] == {"code": "EXECUTION_FAILED"}


def test_a_variable_that_does_not_fit_is_bad_user_input(client: httpx.Client) -> None:
    body = {"query": "query Q($n: Int!) { after(milliseconds: $n) }", "variables": {"n": "soon"}}
    (error,) = client.post("/graphql", json=body, headers={"accept": "application/json"}).json()["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    assert "'$n'" in error["message"]


@BOTH
@pytest.mark.parametrize("from_resolver", [True, False])
def test_a_database_that_is_away_is_503_with_when_to_come_back(
    client: httpx.Client, house: House, accept: str, *, from_resolver: bool
) -> None:
    house.failure = None if from_resolver else Unavailable("The database is restarting.", retry_after_s=7)
    response = post(client, "{ __typename away }", accept)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "7"
    assert response.json() == {
        "errors": [{"message": "The database is restarting.", "extensions": {"code": "DATABASE_UNAVAILABLE"}}]
    }


def test_finished_bytes_pass_through_untouched(client: httpx.Client, house: House) -> None:
    house.finished = b'{"data":{ "__typename" : "Query"}}'
    response = post(client, "{ __typename }")
    assert response.content == house.finished
    assert response.headers["content-type"] == "application/json; charset=utf-8"


def test_finished_json_inside_a_result_passes_through_untouched(client: httpx.Client) -> None:
    assert post(client, "{ raw }").content == b'{"data":{"raw":{"kept":  1.0}}}'


def test_extensions_of_a_result_are_shown(client: httpx.Client, house: House) -> None:
    house.result = ExecutionResult({"ticket": None}, extensions={"cost": 3})
    assert post(client, "{ __typename }").json() == {"data": {"ticket": None}, "extensions": {"cost": 3}}


def test_the_engine_is_told_the_request_id_and_the_operation(client: httpx.Client, house: House) -> None:
    post(client, "query Walk { __typename }")
    (operation,) = house.operations
    assert (operation.name, operation.request_id, operation.text) == ("Walk", "MT-7", "query Walk { __typename }")


@BOTH
def test_subscriptions_are_refused(client: httpx.Client, house: House, accept: str) -> None:
    response = post(client, "subscription { changes }", accept)
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "SUBSCRIPTION_NOT_SUPPORTED"}
    assert house.operations == []


def test_answers_are_kept_by_nobody(client: httpx.Client) -> None:
    response = post(client, "{ __typename }")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"] == "accept, accept-encoding"


def test_no_two_answers_are_mixed_up(client: httpx.Client) -> None:
    """Of one document with two sets of variables, one after the other."""

    def ticket(number: str) -> object:
        body = {"query": "query Q($n: String!) { ticket(number: $n) }", "variables": {"n": number}}
        return client.post("/graphql", json=body).json()["data"]["ticket"]

    assert [ticket("MT-1"), ticket("MT-2")] == ["Leaking tap MT-1", "Leaking tap MT-2"]
