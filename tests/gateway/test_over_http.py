"""GraphQL over HTTP, as a client that only knows the specification meets it.

The cases are those of the audits in npm's graphql-http, in words of our own; the word in capitals is the
specification's: what it demands, what it advises, what it leaves open and is done here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx

    from tests.gateway.house import House

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
BOTH = pytest.mark.parametrize("accept", [RESPONSE, JSON])
NOT_A_STRING = pytest.mark.parametrize("value", [{"an": "object"}, 0, False, ["a list"]])
NOT_A_MAP = pytest.mark.parametrize("value", ["a string", 0, False, ["a list"]])
NAMED = "query Named($number: String!) { ticket(number: $number) }"
BY_NAME = {"query": NAMED, "variables": {"number": "MT-1"}}


def post(client: httpx.Client, body: object, accept: str | None = JSON) -> httpx.Response:
    return client.post("/graphql", json=body, headers={"accept": accept} if accept else {})


@BOTH
def test_must_answer_in_the_media_type_that_is_accepted(client: httpx.Client, accept: str) -> None:
    response = post(client, {"query": "{ __typename }"}, accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"
    assert response.json() == {"data": {"__typename": "Query"}}


def test_should_answer_json_to_a_client_that_accepts_anything(client: httpx.Client) -> None:
    assert post(client, {"query": "{ __typename }"}, "*/*").headers["content-type"].startswith(JSON)


def test_should_answer_the_preferred_type_to_a_client_that_says_nothing(client: httpx.Client) -> None:
    request = client.build_request("POST", "/graphql", json={"query": "{ __typename }"})
    del request.headers["accept"]
    assert client.send(request).headers["content-type"].startswith(RESPONSE)


def test_must_answer_in_utf_8(client: httpx.Client) -> None:
    response = post(client, {"query": '{ ticket(number: "é🏠") }'})
    assert "é🏠" in response.content.decode()


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"']
)
def test_must_accept_a_post_in_utf_8_and_assume_it(client: httpx.Client, content_type: str) -> None:
    body = '{"query": "{ __type(name: \\"Run🏃Swim🏊\\") { name } }"}'.encode()
    response = client.post("/graphql", content=body, headers={"content-type": content_type})
    assert response.status_code == 200
    assert response.json() == {"data": {"__type": None}}


def test_may_accept_a_query_by_get(client: httpx.Client) -> None:
    assert client.get("/graphql", params={"query": "{ __typename }"}).status_code == 200


@BOTH
def test_must_not_execute_a_mutation_by_get(client: httpx.Client, house: House, accept: str) -> None:
    query = 'mutation { closeTicket(number: "MT-1") }'
    response = client.get("/graphql", params={"query": query}, headers={"accept": accept})
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert "POST" in response.json()["errors"][0]["message"]
    assert house.operations == []


def test_must_execute_a_mutation_by_post(client: httpx.Client) -> None:
    response = post(client, {"query": 'mutation { closeTicket(number: "MT-1") }'})
    assert response.json() == {"data": {"closeTicket": "MT-1"}}


def test_should_refuse_a_post_without_a_content_type(client: httpx.Client) -> None:
    response = client.post("/graphql", content=b'{"query": "{ __typename }"}')
    assert response.status_code == 415
    assert "application/json" in response.json()["errors"][0]["message"]


def test_may_refuse_a_post_without_a_body(client: httpx.Client) -> None:
    response = client.post("/graphql", headers={"content-type": JSON})
    assert response.status_code == 400


@BOTH
@pytest.mark.parametrize("body", [{}, {"notquery": "{ __typename }"}, {"qeury": "{ __typename }"}, {"query": None}])
def test_may_refuse_a_request_without_a_query(client: httpx.Client, accept: str, body: object) -> None:
    assert post(client, body, accept).status_code == 400


@BOTH
@NOT_A_STRING
def test_may_refuse_a_query_that_is_not_a_string(client: httpx.Client, accept: str, value: object) -> None:
    assert post(client, {"query": value}, accept).status_code == 400


@BOTH
def test_must_accept_a_query_that_is_a_string(client: httpx.Client, accept: str) -> None:
    response = post(client, {"query": "{ __typename }"}, accept)
    assert response.status_code == 200
    assert "errors" not in response.json()


@BOTH
@NOT_A_STRING
def test_may_refuse_an_operation_name_that_is_not_a_string(client: httpx.Client, accept: str, value: object) -> None:
    response = post(client, {"query": "{ __typename }", "operationName": value}, accept)
    assert response.status_code == 400


@BOTH
def test_must_accept_an_operation_name_that_is_a_string(client: httpx.Client, accept: str) -> None:
    response = post(client, {"query": "query Query { __typename }", "operationName": "Query"}, accept)
    assert response.status_code == 200
    assert "errors" not in response.json()


@BOTH
@pytest.mark.parametrize("parameter", ["variables", "operationName", "extensions"])
def test_must_take_null_as_a_parameter_that_is_not_given(client: httpx.Client, accept: str, parameter: str) -> None:
    response = post(client, {"query": "{ __typename }", parameter: None}, accept)
    assert response.status_code == 200
    assert "errors" not in response.json()


@BOTH
@NOT_A_MAP
@pytest.mark.parametrize("parameter", ["variables", "extensions"])
def test_may_refuse_a_map_that_is_none(client: httpx.Client, accept: str, parameter: str, value: object) -> None:
    response = post(client, {"query": "{ __typename }", parameter: value}, accept)
    assert response.status_code == 400
    assert f"'{parameter}'" in response.json()["errors"][0]["message"]


@BOTH
def test_must_accept_variables_that_are_a_map(client: httpx.Client, accept: str) -> None:
    response = post(client, BY_NAME, accept)
    assert response.status_code == 200
    assert response.json() == {"data": {"ticket": "Leaking tap MT-1"}}


@BOTH
def test_may_accept_variables_in_the_url_as_json(client: httpx.Client, accept: str) -> None:
    params = {"query": NAMED, "variables": '{"number": "MT-1"}'}
    response = client.get("/graphql", params=params, headers={"accept": accept})
    assert response.status_code == 200
    assert response.json() == {"data": {"ticket": "Leaking tap MT-1"}}


@BOTH
def test_must_accept_extensions_that_are_a_map(client: httpx.Client, accept: str) -> None:
    response = post(client, {"query": "{ __typename }", "extensions": {"some": "value"}}, accept)
    assert response.status_code == 200
    assert "errors" not in response.json()


@BOTH
def test_must_ignore_parameters_that_it_does_not_know(client: httpx.Client, accept: str) -> None:
    assert post(client, {"query": "{ __typename }", "later": 1}, accept).status_code == 200


@BOTH
@pytest.mark.parametrize("body", [b'{ "not a JSON', b"NONSENSE", b'{"query":'])
def test_should_refuse_a_body_that_is_not_json(client: httpx.Client, accept: str, body: bytes) -> None:
    response = client.post("/graphql", content=body, headers={"content-type": JSON, "accept": accept})
    assert response.status_code == 400


REFUSED_BY_GRAPHQL = {
    "a document that does not parse": {"query": "{"},
    "a document that is not valid": {"query": "{ 8f31403dfe404bccbb0e835f2629c6a7 }"},
    "a field that does not exist": {"query": "{ nowhere }"},
    "an operation that is not there": {"query": "query A { __typename }", "operationName": "B"},
    "an operation that is not named among several": {"query": "query A { __typename } query B { __typename }"},
    "a variable that does not fit": {"query": "query Q($id: ID!) { __typename }", "variables": {"id": None}},
}


@pytest.mark.parametrize("body", REFUSED_BY_GRAPHQL.values(), ids=list(REFUSED_BY_GRAPHQL))
def test_should_refuse_it_with_200_in_json(client: httpx.Client, body: object) -> None:
    response = post(client, body, JSON)
    assert response.status_code == 200
    assert response.json().keys() == {"errors"}


@pytest.mark.parametrize("body", REFUSED_BY_GRAPHQL.values(), ids=list(REFUSED_BY_GRAPHQL))
def test_should_refuse_it_with_400_and_no_data_in_the_preferred_type(client: httpx.Client, body: object) -> None:
    response = post(client, body, RESPONSE)
    assert response.status_code == 400
    assert response.json().keys() == {"errors"}


@BOTH
@pytest.mark.parametrize(
    ("query", "data"),
    [("{ __typename refused }", {"__typename": "Query", "refused": None}), ("{ hollow }", None)],
)
def test_must_answer_200_once_it_was_executed_whatever_its_fields_met(
    client: httpx.Client, accept: str, query: str, data: object
) -> None:
    response = post(client, {"query": query}, accept)
    assert response.status_code == 200
    assert response.json()["data"] == data
    assert len(response.json()["errors"]) == 1
