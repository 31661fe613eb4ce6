"""Variables that were made to harm: refused before anything runs, and never a fault."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tests.limits.asking import Asking
from tests.limits.attacks import nested

TICKETS = """
query ($w: TicketFilter, $first: Int, $last: Int) {
  tickets(where: $w, first: $first, last: $last) { totalCount nodes { id } }
}
"""
_NO_PAGE = (None, {"tickets": None})  # refused as a whole, or where the page would stand
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"


def body(variables: str) -> bytes:
    """A request whose variables are this text."""
    return b'{"query": ' + orjson.dumps(TICKETS) + b', "variables": ' + variables.encode() + b"}"


NOT_JSON = {
    "NaN": '{"first": NaN}',
    "Infinity": '{"first": -Infinity}',
    "1e999": '{"first": 1e999}',
    "an integer of a hundred thousand digits": '{"first": ' + "9" * 100_000 + "}",
    "a fraction of a hundred thousand digits, below zero": '{"first": -' + "9" * 100_000 + ".5}",
    "deep lists": '{"w": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "deep objects": '{"w": ' + '{"not": ' * 10_000 + "{}" + "}" * 10_000 + "}",
    "a lone surrogate": '{"w": {"number": {"eq": "\\ud800"}}}',
    "a list": "[1]",
}


@pytest.mark.parametrize("variables", NOT_JSON.values(), ids=list(NOT_JSON))
def test_what_no_json_reader_should_accept_is_a_bad_request(asking: Asking, variables: str) -> None:
    response = asking.post(body(variables))
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "BAD_REQUEST"
    assert len(error["message"]) < 500


def test_of_a_key_that_stands_twice_the_last_value_counts_for_all(asking: Asking) -> None:
    response = asking.post(body('{"first": 1001, "first": 1, "w": {"not": {"not": {}}}, "w": {}}'))
    assert response.json() == {"data": {"tickets": {"totalCount": 0, "nodes": []}}}
    response = asking.post(body('{"first": 1, "first": -1}'))
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


FIRST = {"0": (0, None), "null": (None, None), "1.0": (1.0, None), "1000": (1000, None)}
NOT_FIRST: dict[str, tuple[Any, Any]] = {
    "-1": (-1, None),
    "1001": (1001, None),
    "2^31 - 1": (2**31 - 1, None),
    "2^31": (2**31, None),
    "2^63": (2**63, None),
    "1.5": (1.5, None),
    "a string": ("1", None),
    "true": (True, None),
    "a list": ([1] * 900, None),
    "an object": ({"a": 1}, None),
    "0 with last": (0, 1),
    "last of -1": (None, -1),
    "last of 1001": (None, 1001),
}


@pytest.mark.parametrize(("first", "last"), FIRST.values(), ids=list(FIRST))
def test_a_page_has_from_none_to_a_thousand_rows(asking: Asking, first: Any, last: Any) -> None:
    assert asking.answered(TICKETS, {"first": first, "last": last})["tickets"]["nodes"] == []


@pytest.mark.parametrize(("first", "last"), NOT_FIRST.values(), ids=list(NOT_FIRST))
def test_no_other_page_is_read(asking: Asking, first: Any, last: Any) -> None:
    response = asking.post({"query": TICKETS, "variables": {"first": first, "last": last}})
    assert response.status_code in (200, 400)
    assert response.json().get("data") in _NO_PAGE
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {"BAD_USER_INPUT"}


@pytest.mark.parametrize("written", ["-1", "1001", "2147483648", "9" * 4_000, "9" * 10_000, "1e2", '"1"', "{}"])
def test_nor_one_that_stands_in_the_document(asking: Asking, written: str) -> None:
    response = asking.post({"query": f"{{ tickets(first: {written}) {{ nodes {{ id }} }} }}"})
    assert response.json().get("data") in _NO_PAGE
    assert all(error["extensions"]["code"] != "INTERNAL" for error in response.json()["errors"])
    assert len(response.content) < 5_000


MANY: dict[str, tuple[str, str, dict[str, Any]]] = {
    "ids": ("input_list_length", NODES, {"ids": ["1"] * 100_000}),
    "in": ("input_list_length", TICKETS, {"w": {"number": {"in": ["MT-1"] * 100_000}}}),
    "notIn": ("input_list_length", TICKETS, {"w": {"number": {"notIn": ["MT-1"] * 100_000}}}),
    "in with lists inside": ("input_list_length", TICKETS, {"w": {"number": {"in": [["MT-1"] * 1_001]}}}),
    "conditions": ("input_list_length", TICKETS, {"w": {"or": [{"title": {"eq": "a"}}] * 5_000}}),
    "conditions in lists in lists": (
        "operation_conditions",
        TICKETS,
        {"w": {"or": [{"or": [{"title": {"eq": "a"}}] * 20}] * 20}},
    ),
    "values that no document declares": ("input_values", "{ __typename }", {"x": [[1] * 1_000] * 100}),
    "a deep filter": ("input_depth", TICKETS, orjson.loads(nested('{"not": ', '{"w": null}', "}", 60))),
}


@pytest.mark.parametrize(("limit", "query", "variables"), MANY.values(), ids=list(MANY))
def test_too_much_in_variables_is_refused_before_it_is_read(
    asking: Asking, limit: str, query: str, variables: dict[str, Any]
) -> None:
    assert asking.limited(query, variables)["limit"] == limit


def test_a_variable_counts_wherever_it_is_used(asking: Asking) -> None:
    query = (
        "query ($w: TicketFilter) { " + " ".join(f"a{n}: tickets(where: $w) {{ totalCount }}" for n in range(40)) + " }"
    )
    asking.answered(query, {"w": {"and": [{"not": {}}] * 11}})
    assert asking.limited(query, {"w": {"and": [{"not": {}}] * 12}})["actual"] == 40 * 13


def test_a_default_counts_where_the_variable_is_not_given(asking: Asking) -> None:
    query = "query ($n: Int = 1000) { tickets(first: $n) { nodes { participants(first: 500) { nodes { id } } } } }"
    assert asking.limited(query)["limit"] == "operation_rows"
    asking.answered(query, {"n": 10})


def test_a_list_that_is_a_default_counts_as_well(asking: Asking) -> None:
    query = f"query ($o: [TicketOrder!] = [{'ID_ASC ' * 11}]) {{ tickets(orderBy: $o) {{ totalCount }} }}"
    assert asking.limited(query)["limit"] == "input_order_keys"


def test_a_single_order_is_a_list_of_one(asking: Asking) -> None:
    query = "query ($o: [TicketOrder!]) { tickets(orderBy: $o) { totalCount } }"
    assert asking.answered(query, {"o": "ID_DESC"}) == {"tickets": {"totalCount": 0}}


def test_many_variables_that_do_not_fit_are_told_with_few_words(asking: Asking) -> None:
    response = asking.post({"query": NODES, "variables": {"ids": [{"x": "y" * 500}] * 1_000}})
    assert response.status_code == 400
    assert len(response.json()["errors"]) <= 51
    assert len(response.content) < 60_000
