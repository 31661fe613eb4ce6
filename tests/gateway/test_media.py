"""Which media type an answer has."""

from __future__ import annotations

import pytest

from gateway.media import MediaType, is_readable, negotiated

RESPONSE, JSON = MediaType.RESPONSE, MediaType.JSON


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("application/graphql-response+json, application/json;q=0.9", RESPONSE),
        ("application/graphql-response+json;q=0.8, application/json;q=0.9", JSON),
        ("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8", RESPONSE),
        ("application/json, application/graphql-response+json", JSON),
        ("text/html, application/json;q=0.1", JSON),
        ("application/*", JSON),
        ("application/graphql-response+json, */*", RESPONSE),
        ("*/*, application/json;q=0", RESPONSE),
        ("application/json;q=0.5, */*;q=0.1", JSON),
        ("APPLICATION/JSON", JSON),
        ("application/json;q=nonsense", JSON),
    ],
)
def test_the_best_of_what_is_accepted_is_chosen(accept: str, chosen: MediaType) -> None:
    assert negotiated(accept) is chosen


@pytest.mark.parametrize(
    "accept", ["", "text/html", "application/xml", "application/json;q=0", "*/*;q=0", "json", ",;"]
)
def test_nothing_is_chosen_where_neither_is_accepted(accept: str) -> None:
    assert negotiated(accept) is None


def test_another_charset_is_not_on_offer() -> None:
    assert negotiated("application/json; charset=iso-8859-1") is None


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
        "application/json, application/json",
        "",
    ],
)
def test_a_body_of_another_kind_is_not_read(content_type: str) -> None:
    assert not is_readable(content_type)
