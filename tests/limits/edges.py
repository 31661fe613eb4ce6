"""Requests that ask for exactly so much of what a limit counts, and for little of what others count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from tests.limits.attacks import joined, nested

Edge: TypeAlias = Callable[[int], dict[str, Any]]

_ID = "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"
_NESTED = "query ($w: TicketFilter) { tickets(where: $w) { totalCount } }"
_LEAVES = "id number title status priority createdAt updatedAt dueAt description"


def _query(text: str, **variables: Any) -> dict[str, Any]:
    return {"query": text, "variables": variables}


def _tokens(number: int) -> dict[str, Any]:
    """Five lists of strings, with 20 tokens around each, and two braces around them all."""
    each, rest = divmod(number - 2 - 5 * 20, 5)
    lists = ['"" ' * (each + rest * (n == 0)) for n in range(5)]
    fields = [f"a{n}: tickets(where: {{number: {{in: [{items}]}}}}) {{ totalCount }}" for n, items in enumerate(lists)]
    return _query("{ " + " ".join(fields) + " }")


def _fields(number: int) -> dict[str, Any]:
    """Connections of 22 fields, by fragments, and one of the rest."""
    roots, rest = divmod(number - 1, 22)
    last = "z: tickets { " + joined("a{n}: totalCount", rest - 1) + " __typename }" if rest else ""
    return _query(
        ("{ " + joined("a{n}: tickets { ...F }", roots) + f" {last or '__typename'} }}")
        + " fragment F on TicketConnection { nodes { ...L } edges { node { ...L } } }"
        + f" fragment L on Ticket {{ {_LEAVES} }}"
    )


def _rows(number: int) -> dict[str, Any]:
    """Thousands of tickets with 99 participants each, then the viewer's contact for each row more."""
    thousands, rest = divmod(number, 100_000)
    tickets = "tickets(first: 1000) { nodes { participants(first: 99) { nodes { role } } } }" if thousands else ""
    return _query("{ " + tickets + joined(" a{n}: viewer { contact { id } }", rest) + " }")


def _values(number: int) -> dict[str, Any]:
    """1 + 1000 * (1 + 7 + 1 + 90 * 11) + 1 + 499 * 2 = 1,000,000 values, and as many more as are wanted."""
    wide = joined("a{n}: id", 7) + " participants(first: 90) { nodes { " + joined("a{n}: role", 10) + " } }"
    more = joined("c{n}: __typename", number - 1_000_000)
    return _query(
        f"{{ tickets(first: 1000) {{ nodes {{ {wide} }} }} b: tickets(last: 499) {{ nodes {{ id }} }} {more} }}"
    )


def _not(depth: int) -> dict[str, Any]:
    return {"not": _not(depth - 1)} if depth > 1 else {}


LITERAL: dict[str, Edge] = {
    "document_characters": lambda n: _query("{ __typename }" + " " * (n - 14)),
    "document_tokens": _tokens,
    "document_comments": lambda n: _query("#\n" * n + "{ __typename }"),
    "document_operations": lambda n: _query(joined("query Q{n} { __typename }", n)) | {"operationName": "Q0"},
    "operation_depth": lambda n: _query(nested("{ ... ", "{ __typename }", " }", n - 1)),
    "operation_fields": _fields,
    "operation_root_fields": lambda n: _query("{ " + joined("a{n}: __typename", n) + " }"),
    "mutation_root_fields": lambda n: _query("mutation { " + joined("a{n}: __typename", n) + " }"),
    "operation_aliases": lambda n: _query("{ tickets { nodes { " + joined("a{n}: id", n) + " } } }"),
    "operation_directives": lambda n: _query(
        "{ tickets { nodes { " + joined("a{n}: id @include(if: true)", n) + " } } }"
    ),
    "operation_variables": lambda n: _query(
        "query ("
        + joined("$v{n}: String!", n)
        + ") { tickets(where: {number: {in: ["
        + joined("$v{n}", n)
        + "]}}) { totalCount } }",
        **{f"v{m}": "MT-1" for m in range(n)},
    ),
    "operation_conditions": lambda n: _query(
        "{ tickets(where: {and: [" + "{not: {}} " * (n - 1) + "]}) { totalCount } }"
    ),
    "operation_rows": _rows,
    "operation_values": _values,
    "input_depth": lambda n: _query("{ tickets(where: " + nested("{not: ", "{}", "}", n - 1) + ") { totalCount } }"),
    "input_list_length": lambda n: _query(f'{{ nodes(ids: [{f""" "{_ID}" """ * n}]) {{ id }} }}'),
    "input_order_keys": lambda n: _query("{ tickets(orderBy: [" + "ID_ASC " * n + "]) { totalCount } }"),
}
"""By the document itself."""

THROUGH_FRAGMENTS: dict[str, Edge] = {
    "operation_depth": lambda n: _query(
        "{ ...F0 } "
        + joined("fragment F{n} on Query { ...F{m} }", n - 2)
        + f" fragment F{n - 2} on Query {{ __typename }}"
    ),
    "operation_root_fields": lambda n: _query(
        "{ ... { ...F } } fragment F on Query { " + joined("a{n}: __typename", n) + " }"
    ),
    "mutation_root_fields": lambda n: _query("mutation { " + joined("a{n}: __typename", n) + " }"),
    "operation_aliases": lambda n: _query(
        ("{ " if n % 2 == 0 else "{ z: ")
        + "tickets { nodes { ...F } edges { node { ...F } } } } fragment F on Ticket { "
        + joined("a{n}: id", n // 2)
        + " }"
    ),
    "operation_directives": lambda n: _query(
        "{ tickets { nodes { ...F } edges { node { ...F } } }"
        + (" }" if n % 2 == 0 else " __typename @include(if: true) }")
        + " fragment F on Ticket { "
        + joined("a{n}: id @include(if: true)", n // 2)
        + " }"
    ),
    "operation_conditions": lambda n: _query(
        "{ a: tickets { ...F } b: tickets { ...F }"
        + (" }" if n % 2 == 0 else " c: tickets(where: {not: {}}) { totalCount } }")
        + " fragment F on TicketConnection { nodes { participants(where: {and: ["
        + "{not: {}} " * (n // 2 - 1)
        + "]}) { totalCount } } }"
    ),
}
"""By fragments, counted wherever they are spread."""

IN_VARIABLES: dict[str, Edge] = {
    "operation_conditions": lambda n: _query(_NESTED, w={"and": [{"not": {}}] * (n - 1)}),
    "operation_rows": lambda n: _query(
        "query ($n: Int, $m: Int = 1) { tickets(first: $n) { nodes { participants(last: $m) { nodes { role } } } }"
        + joined(" a{n}: viewer { contact { id } }", n - 100_000)
        + " }",
        n=1000,
        m=99,
    ),
    "input_depth": lambda n: _query(_NESTED, w=_not(n)),
    "input_list_length": lambda n: _query("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[_ID] * n),
    "input_order_keys": lambda n: _query(
        "query ($o: [TicketOrder!]) { tickets(orderBy: $o) { totalCount } }", o=["ID_ASC"] * n
    ),
    "input_values": lambda n: _query("{ __typename }", **{f"v{m}": None for m in range(n)}),
}
"""By what variables hold."""
