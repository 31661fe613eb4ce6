"""Values of somebody who wants to break out of a string, and the places of a query where a client's value goes."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

_KNOWN = [
    "", " ", "'", "''", '"', "\\", "\\'", "';--", "'; DROP TABLE team.tickets; --", "$1", "$$", "$x$", "$1::text",
    "/*", "*/", "--", ";", "\n", "\r\n", "\t", "\0", "a\0b", "%", "_", "%s", "%(x)s", "{}", "{0}", "{x!r}", "{{", "}",
    "E'\\n'", "U&'\\0041'", "\\x41", "NULL", "null", "true", "0", "-1", "1e999", "NaN", "\u02bc", "\uff07", "é",
    "e\u0301", "İ", "ß", "\u202e", "\u2028", "\ufeff", "\U0001f9e8", "\x1b[0m", "\x7f", "a" * 100_000, "'" * 5_000,
    "(" * 5_000, "[]", '{"a": 1}', "018ccfd6-a580-7000-878f-41acf03f3f31", "018ccfd6-a580-7000-878f-41acf03f3f31'",
    "America/Denver", "UTC'; SELECT 1", "posixrules", "../../etc/passwd", "OPEN", "2026-11-02",
    "2026-11-02T09:00:00Z", "infinity", "epoch", "now()",
]  # fmt: skip
TEXTS = st.sampled_from(_KNOWN) | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
"""Without lone surrogates: JSON that is read here has none."""


_ID = "018ccfd6-a580-7000-878f-41acf03f3f31"


def cursor(*parts: Any) -> str:
    """A cursor with an order's name and values that are anybody's."""
    return base64.b64encode(json.dumps(parts).encode()).decode()


@dataclass(frozen=True)
class Place:
    """A document, the variables by which a value comes to its place in it, and a value that is good there."""

    document: str
    good: str = "TK-2024-001"
    variables: Callable[[Any], dict[str, Any]] = lambda value: {"v": value}


def _tickets(kind: str, arguments: str) -> str:
    return f"query ($v: {kind}) {{ tickets({arguments}) {{ totalCount nodes {{ id }} }} }}"


def _filter(value: str) -> dict[str, Any]:
    home = {"property": {"name": {"contains": value}}}
    return {"v": {"or": [{"title": {"eq": value}}, home], "not": {"number": {"lt": value}}}}


_ZONED = "{ tickets { groups(by: [CREATED_AT], bucket: DAY, timeZone: %s) { count } } }"
_CONTACTS = "{ tickets { nodes { participants(where: {contact: {fullName: {eq: $v}}}) { totalCount } } } }"
_DETAILS = "{ auditEvents(where: {details: {contains: %s}}) { totalCount } }"
PLACES = {
    "compared": Place(_tickets("String!", "where: {number: {eq: $v}}")),
    "contained": Place(_tickets("String!", "where: {title: {contains: $v, startsWith: $v, endsWith: $v}}")),
    "one of": Place(_tickets("[String!]!", "where: {number: {in: $v}}"), variables=lambda v: {"v": [v, v]}),
    "one of two": Place(_tickets("String!", 'where: {number: {in: [$v, "x"], notIn: ["y"]}}')),
    "an id": Place(_tickets("ID!", "where: {id: {eq: $v}}"), _ID),
    "an enum": Place(_tickets("[TicketStatus!]!", "where: {status: {in: $v}}"), "OPEN", lambda v: {"v": [v]}),
    "a moment": Place(_tickets("DateTime!", "where: {createdAt: {gte: $v}}"), "2026-11-02T09:00:00Z"),
    "a whole filter": Place(_tickets("TicketFilter!", "where: $v"), variables=_filter),
    "below an edge": Place(f"query ($v: String!) {_CONTACTS}"),
    "a cursor": Place(_tickets("String!", "after: $v"), cursor("", _ID)),
    "in a cursor": Place(_tickets("String!", "after: $v"), _ID, lambda v: {"v": cursor("", v)}),
    "in a cursor of an order": Place(
        _tickets("String!", "before: $v, last: 5, orderBy: [NUMBER_ASC]"),
        variables=lambda v: {"v": cursor("NUMBER_ASC", v, _ID)},
    ),
    "an order in a cursor": Place(_tickets("String!", "after: $v"), "", lambda v: {"v": cursor(v, _ID)}),
    "searched": Place("query ($v: String!) { search(text: $v) { rank node { __typename } } }"),
    "a node": Place("query ($v: ID!) { node(id: $v) { id } }", _ID),
    "nodes": Place("query ($v: [ID!]!) { nodes(ids: $v) { id } }", _ID, lambda v: {"v": [v]}),
    "looked up": Place("query ($v: String!) { ticket(number: $v) { id } }"),
    "a time zone": Place(f"query ($v: String!) {_ZONED}" % "$v", "America/Denver"),
    "in JSON": Place(f"query ($v: JSON!) {_DETAILS}" % "$v", variables=lambda v: {"v": {v: [v, {"a": v}]}}),
}
LITERALS = {
    "compared": Place("{ tickets(where: {number: {eq: %s, in: [%s]}}) { totalCount nodes { id } } }"),
    "searched": Place("{ search(text: %s) { rank } }"),
    "a node": Place("{ node(id: %s) { id } }", _ID),
    "a cursor": Place("{ tickets(after: %s) { nodes { id } } }", cursor("", _ID)),
    "in JSON": Place(_DETAILS % "{a: %s}"),
    "a time zone": Place(_ZONED, "America/Denver"),
}
