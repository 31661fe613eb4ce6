"""Cursors come from anywhere: what is none of this order's is refused, and no text of any kind makes a fault."""

from __future__ import annotations

import base64
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.client import Client, is_fault

_UNKNOWN = "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"


def _tickets(arguments: str) -> str:
    return f"{{ tickets({arguments}) {{ nodes {{ id }} }} }}"


def _cursor(*parts: object) -> str:
    return base64.b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (_tickets('after: ""'), "Take one from `edges.cursor`"),
        (_tickets('before: "Zürich"'), "Take one from `edges.cursor`"),
        (_tickets(f'after: "{_cursor("", "x")}"'), "ids are UUIDs such as"),
        (_tickets(f'after: "{_cursor("", 1.5)}"'), "Take one from `edges.cursor`"),
        (_tickets(f'after: "{_cursor("", [1])}"'), "Take one from `edges.cursor`"),
        (_tickets(f'after: "{_cursor("DUE_AT_ASC", None, _UNKNOWN)}"'), "Use the same orderBy on every page"),
        (_tickets(f'after: "{_cursor("DUE_AT_ASC", 5, _UNKNOWN)}", orderBy: DUE_AT_ASC'), "not a DateTime"),
        (_tickets(f'after: "{_cursor("NUMBER_ASC", chr(0), _UNKNOWN)}", orderBy: NUMBER_ASC'), "PostgreSQL can hold"),
    ],
)
async def test_a_cursor_that_is_none_of_this_order_is_refused(client: Client, query: str, words: str) -> None:
    error = await client.refused(query)
    assert re.search(words, error.message), error.message
    assert error.extensions == {"code": "BAD_USER_INPUT"}


_PARTS = st.lists(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(_UNKNOWN), max_size=4)
_SIGNED = st.builds(
    lambda order, parts: _cursor(order, *parts), st.sampled_from(["", "DUE_AT_DESC", "NUMBER_ASC"]), _PARTS
)


@given(
    cursor=st.text()
    | st.binary().map(lambda data: base64.b64encode(data).decode())
    | _PARTS.map(lambda p: _cursor(*p))
    | _SIGNED,
    order=st.sampled_from(["", "orderBy: DUE_AT_DESC", "orderBy: NUMBER_ASC", "orderBy: [STATUS_ASC, DUE_AT_ASC]"]),
    argument=st.sampled_from(["after", "before"]),
)
@settings(deadline=None, max_examples=200)
async def test_whatever_is_given_as_a_cursor_is_no_fault(
    client: Client, cursor: str, order: str, argument: str
) -> None:
    query = f"query ($cursor: String) {_tickets(f'first: 1, {argument}: $cursor, {order}')}"
    result = await client.answer(query, {"cursor": cursor})
    for error in result.errors or []:
        assert not is_fault(error), error.original_error
        assert error.extensions == {"code": "BAD_USER_INPUT"}


async def test_a_cursor_that_was_edited_is_refused_or_stands_somewhere(client: Client) -> None:
    page = await client.ask("{ tickets(first: 1, orderBy: [DUE_AT_DESC]) { edges { cursor } } }")
    (cursor,) = [edge["cursor"] for edge in page["tickets"]["edges"]]
    for n in range(len(cursor)):
        for letter in "A%":
            edited = cursor[:n] + letter + cursor[n + 1 :]
            result = await client.answer(_tickets(f'first: 1, orderBy: [DUE_AT_DESC], after: "{edited}"'))
            assert not any(is_fault(error) for error in result.errors or [])
