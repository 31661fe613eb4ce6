"""With suggestions and introspection off, no refusal tells a name of the schema that the request did not have."""

from __future__ import annotations

from typing import Any

import pytest

from tests.limits.asking import Asking

FILTERED = "query ($w: TicketFilter) { tickets(where: $w) { totalCount } }"
ORDERED = "query ($o: [TicketOrder!]) { tickets(orderBy: $o) { totalCount } }"

NEARLY: dict[str, tuple[str, dict[str, Any]]] = {
    "a field": ("{ tickets { nodes { titel } } }", {}),
    "a field of the root": ("{ ticketz { totalCount } }", {}),
    "a field of another type": ("{ node(id: 1) { title } }", {}),
    "a leaf with selections": ("{ __typename { x } }", {}),
    "an argument": ("{ tickets(wher: {}) { totalCount } }", {}),
    "an argument of a directive": ("{ __typename @include(i: true) }", {}),
    "a directive": ("{ __typename @inclde(if: true) }", {}),
    "a type": ("{ node(id: 1) { ... on Tickt { id } } }", {}),
    "a type of a variable": ("query ($w: TicketFiltr) { tickets(where: $w) { totalCount } }", {}),
    "a type of a fragment": ("{ ...F } fragment F on Qery { __typename }", {}),
    "a filter's field": ("{ tickets(where: {titel: {eq: 1}}) { totalCount } }", {}),
    "a filter's operator": ("{ tickets(where: {title: {equ: 1}}) { totalCount } }", {}),
    "an enum value": ("{ tickets(orderBy: [CREATED_AT]) { totalCount } }", {}),
    "an enum value in a filter": ("{ tickets(where: {status: {eq: OPENN}}) { totalCount } }", {}),
    "an enum value as a string": ('{ tickets(where: {status: {eq: "OPEN"}}) { totalCount } }', {}),
    "a default": ("query ($o: [TicketOrder!] = [CREATED_AT]) { tickets(orderBy: $o) { totalCount } }", {}),
    "a variable's field": (FILTERED, {"w": {"titel": {"eq": "a"}}}),
    "a variable's operator": (FILTERED, {"w": {"title": {"equ": "a"}}}),
    "a variable's enum value": (FILTERED, {"w": {"status": {"eq": "OPENN"}}}),
    "a variable's enum values in a list": (ORDERED, {"o": ["CREATED_AT"]}),
    "a variable's number for an enum value": (ORDERED, {"o": [1]}),
    "introspection": ("{ __schema { types { name } } }", {}),
    "introspection of a type": ('{ __type(name: "Ticket") { fields { name } } }', {}),
    "introspection in circles": (
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        {},
    ),
}
# The type that a thing has which the request named is told; what else there is, is not.
KEPT = ("title", "tickets", "where", "OPEN", "CREATED_AT_ASC", "CREATED_AT_DESC", "include")


@pytest.mark.parametrize(("query", "variables"), NEARLY.values(), ids=list(NEARLY))
def test_a_name_that_is_nearly_right_brings_none_that_is(
    reticent: Asking, query: str, variables: dict[str, Any]
) -> None:
    errors = reticent.refused(query, variables)
    said = " ".join(error["message"] for error in errors)
    assert "Did you mean" not in said
    asked = query + str(variables)
    told = [name for name in KEPT if f"'{name}'" in said and name not in asked]
    assert told == []


SUGGESTED = {
    "a field": "title",
    "an argument": "where",
    "a filter's operator": "eq",
    "an enum value": "CREATED_AT_ASC",
    "a variable's field": "title",
    "a variable's enum value": "OPEN",
}


@pytest.mark.parametrize(("case", "name"), SUGGESTED.items())
def test_where_suggestions_are_on_they_help(asking: Asking, case: str, name: str) -> None:
    query, variables = NEARLY[case]
    (error, *_) = asking.refused(query, variables)
    assert "Did you mean" in error["message"]
    assert f"'{name}'" in error["message"]


def test_what_does_not_fit_has_the_same_code_with_and_without_suggestions(asking: Asking, reticent: Asking) -> None:
    query, variables = NEARLY["a variable's enum value"]
    codes = [[error["extensions"]["code"] for error in who.refused(query, variables)] for who in (asking, reticent)]
    assert codes[0] == codes[1] == ["BAD_USER_INPUT"]
