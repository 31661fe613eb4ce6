"""Documents: refused in bounded time and space, kept when they are good."""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING

import pytest
from graphql import build_schema

from gateway.documents import Documents
from gateway.refusal import Refusal
from gateway.settings import Settings
from tests.gateway.house import SDL

if TYPE_CHECKING:
    import httpx

SCHEMA = build_schema(SDL)


def code_of(documents: Documents, text: str) -> str:
    with pytest.raises(Refusal) as caught:
        documents.get(text)
    assert len(caught.value.errors) <= 21
    assert sum(len(error["message"]) for error in caught.value.errors) <= 21_000
    code: str = caught.value.errors[0]["extensions"]["code"]
    return code


HOSTILE = {
    "an unfinished string": '{ ticket(number: "',
    "nothing": "",
    "a zero byte": "{ \0 }",
}
INVALID = {
    "many unknown fields": "{" + " ".join(f"unknown{n}" for n in range(40)) + "}",
    "a long name": "{ " + "a" * 60_000 + " " + "b" * 60_000 + " }",
    "a fragment that spreads itself": "{ ...A } fragment A on Query { ...A }",
    "fragments in a circle": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    "a schema definition": "type Query { ticket: String }",
    "a hundred directives": "{ __typename" + " @skip(if: true)" * 100 + "}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_a_text_that_no_parser_should_follow_is_refused_soon(text: str) -> None:
    started = time.perf_counter()
    assert code_of(Documents(SCHEMA, Settings()), text) == "GRAPHQL_PARSE_FAILED"
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("text", INVALID.values(), ids=list(INVALID))
def test_a_document_that_is_not_valid_is_refused_soon_with_few_words(text: str) -> None:
    started = time.perf_counter()
    assert code_of(Documents(SCHEMA, Settings()), text) == "GRAPHQL_VALIDATION_FAILED"
    assert time.perf_counter() - started < 2


def test_an_error_says_where(client: httpx.Client) -> None:
    response = client.post("/graphql", json={"query": "{\n  nowhere\n}"}, headers={"accept": "application/json"})
    (error,) = response.json()["errors"]
    assert error["locations"] == [{"line": 2, "column": 3}]
    assert error["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}


def test_only_fragments_are_no_operation() -> None:
    assert code_of(Documents(SCHEMA, Settings()), "fragment F on Query { __typename }") == "GRAPHQL_VALIDATION_FAILED"


def test_the_operations_to_choose_from_are_named() -> None:
    document = Documents(SCHEMA, Settings()).get("query A { __typename } query B { __typename }")
    with pytest.raises(Refusal, match=r"2 operations.*\(A, B\)"):
        document.operation(None, {})
    with pytest.raises(Refusal, match=r"no operation named 'C'.*: A, B"):
        document.operation("C", {})
    chosen = document.operation("B", {}).name
    assert chosen is not None
    assert chosen.value == "B"


def test_a_document_is_read_once() -> None:
    documents = Documents(SCHEMA, Settings())
    assert documents.get("{ __typename }") is documents.get("{ __typename }")


def test_the_documents_used_last_are_kept() -> None:
    documents = Documents(SCHEMA, Settings(documents_kept=2))
    first = documents.get("{ a: __typename }")
    documents.get("{ b: __typename }")
    documents.get("{ a: __typename }")
    documents.get("{ c: __typename }")
    assert len(documents) == 2
    assert documents.get("{ a: __typename }") is first


def test_what_is_refused_is_not_kept() -> None:
    documents = Documents(SCHEMA, Settings())
    code_of(documents, "{")
    code_of(documents, "{ nowhere }")
    assert len(documents) == 0


def test_long_texts_do_not_fill_the_memory() -> None:
    documents = Documents(SCHEMA, Settings())
    for n in range(20):
        documents.get(f"{{ a{n}: __typename }}" + " " * 60_000)
    assert len(documents) == 8
    documents.get("{ __typename }" + " " * 100_000)
    assert len(documents) == 8


def test_introspection_can_be_switched_off() -> None:
    assert code_of(Documents(SCHEMA, Settings(introspection=False)), "{ __schema { types { name } } }")
    Documents(SCHEMA, Settings()).get("{ __schema { types { name } } }")


def test_suggestions_can_be_switched_off() -> None:
    with pytest.raises(Refusal, match="Did you mean 'ticket"):
        Documents(SCHEMA, Settings()).get("{ tickett }")
    with pytest.raises(Refusal) as caught:
        Documents(SCHEMA, Settings(suggestions=False)).get("{ tickett }")
    assert "Did you mean" not in str(caught.value)


def test_parsing_uses_nothing_that_is_deprecated() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Documents(SCHEMA, Settings()).get("{ __typename }")
