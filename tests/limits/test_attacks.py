"""Classes of documents that have harmed GraphQL servers: each is refused, by the limit that was made for it."""

from __future__ import annotations

import pytest

from gateway.settings import Settings
from tests.limits.asking import Asking
from tests.limits.attacks import ALLOWED, REFUSED, joined


@pytest.mark.parametrize(("limit", "text"), REFUSED.values(), ids=list(REFUSED))
def test_what_asks_too_much_is_refused_by_its_limit(asking: Asking, limit: str, text: str) -> None:
    told = asking.limited(text)
    assert told["limit"] == limit
    assert told["maximum"] == getattr(Settings(), limit, 2)


@pytest.mark.parametrize("text", ALLOWED.values(), ids=list(ALLOWED))
def test_what_comes_just_under_the_limits_is_refused_by_no_limit(asking: Asking, text: str) -> None:
    response = asking.post({"query": text, "operationName": "Q0" if "query Q0" in text else None})
    assert response.status_code in (200, 400), response.text[:500]
    codes = {error.get("extensions", {}).get("code") for error in response.json().get("errors", [])}
    assert codes <= {"GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"}
    assert len(response.content) < 50_000


CIRCLES = {
    "itself": "{ ...A } fragment A on Query { ...A }",
    "one another": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    "below a field": "{ tickets { nodes { ...A } } } fragment A on Ticket { property { tickets { nodes { ...A } } } }",
    "twice each": "{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A ...A }",
    "a ring of twenty": "{ ...F0 } " + joined("fragment F{n} on Query { ...F{m} }", 20).replace("F20", "F0"),
    "nobody": "{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }",
}


@pytest.mark.parametrize("text", CIRCLES.values(), ids=list(CIRCLES))
def test_fragments_in_a_circle_are_not_valid(asking: Asking, text: str) -> None:
    codes = {error["extensions"]["code"] for error in asking.refused(text)}
    assert codes == {"GRAPHQL_VALIDATION_FAILED"}


def test_fragments_that_spread_each_other_a_thousand_times_over_are_told_by_a_number_json_can_hold(
    asking: Asking,
) -> None:
    told = asking.limited(
        "{ ...F0 } "
        + joined("fragment F{n} on Query { __typename " + "...F{m} " * 30 + "}", 25)
        + " fragment F25 on Query { __typename }"
    )
    assert told["actual"] == 2**53 - 1


def test_unknown_fields_are_told_a_few_at_a_time(asking: Asking) -> None:
    errors = asking.refused("{ tickets { nodes { " + joined("unknown{n}", 900) + " } } }")
    assert len(errors) == 9
    assert "Too many validation errors" in errors[-1]["message"]


def test_a_field_repeated_in_the_same_words_is_answered_once(asking: Asking) -> None:
    assert asking.answered("{ __typename __typename ... { __typename } }") == {"__typename": "Query"}


def test_a_directive_a_hundred_times_over_is_not_valid(asking: Asking) -> None:
    errors = asking.refused("{ __typename" + " @skip(if: true)" * 100 + " }")
    assert "can only be used once" in errors[0]["message"]


def test_fragments_of_one_name_are_not_valid_however_large_the_second_is(asking: Asking) -> None:
    twice = "{ ...F } fragment F on Query { __typename } fragment F on Query { " + "__typename " * 30 + "}"
    codes = {error["extensions"]["code"] for error in asking.refused(twice)}
    assert codes == {"GRAPHQL_VALIDATION_FAILED"}
