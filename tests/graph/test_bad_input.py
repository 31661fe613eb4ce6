"""What cannot be followed is refused with words that help, is never a fault, and spoils nothing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from db.pool import Pool
from tests.graph.client import Client

_UNKNOWN = "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"
_LONE = "\ud800"


def _tickets(arguments: str) -> str:
    return f"{{ tickets({arguments}) {{ nodes {{ id }} }} }}"


def _where(condition: str) -> str:
    return _tickets(f"where: {{{condition}}}")


def _groups(arguments: str, key: str = "status") -> str:
    return f"{{ tickets {{ groups({arguments}) {{ count key {{ {key} }} }} }} }}"


_NOT_FOLLOWED = [
    (_tickets("first: -1"), "Ask for 0 rows or more"),
    (_tickets("last: -2147483648"), "Ask for 0 rows or more"),
    (_tickets("first: 1001"), "at most 1000 rows"),
    (_tickets("last: 2147483647"), "at most 1000 rows"),
    (_tickets("first: 1, last: 1"), "Give one of them"),
    (_tickets("last: 1, offset: 1"), "With last, use before"),
    (_tickets("offset: -1"), "Skip 0 rows or more"),
    ('{ ticket(id: "MT-2026-117") { id } }', "ids are UUIDs such as"),
    ('{ node(id: "") { id } }', "ids are UUIDs such as"),
    ('{ nodes(ids: ["x"]) { id } }', r"nodes.ids\[0\]: 'x' is not an id"),
    (_where("title: null"), "use isNull"),
    (_where("title: {eq: null}"), "use isNull"),
    (_where("title: {in: null}"), "use isNull"),
    (_where("title: {isNull: null}"), "use isNull"),
    (_where("and: null"), "use isNull"),
    (_where("not: null"), "use isNull"),
    (_where("property: null"), "use isNull"),
    (_where("comments: {some: null}"), "use isNull"),
    (
        _where("or: [{and: [{property: {owner: null}}]}]").replace("owner", "homeownerId"),
        r"where.or\[0\].and\[0\].property",
    ),
    (_where('id: {in: ["x"]}'), r"where.id.in\[0\]: 'x' is not an id"),
    (_where('title: {eq: "a\\u0000b"}'), "PostgreSQL can hold"),
    (_where('title: {contains: "\\u0000"}'), "PostgreSQL can hold"),
    (_where('title: {notIn: ["\\u0000"]}'), "PostgreSQL can hold"),
    ('{ ticketByNumber(number: "\\u0000") { id } }', "PostgreSQL can hold"),
    ('{ auditEvents(where: {details: {contains: {to: "\\u0000"}}}) { totalCount } }', "PostgreSQL can hold"),
    ('{ search(text: "\\u0000") { rank } }', "PostgreSQL can hold"),
    ('{ search(text: "  ") { rank } }', "between 1 and 200"),
    (f'{{ search(text: "{"x" * 201}") {{ rank }} }}', "between 1 and 200"),
    ('{ search(text: "sink", first: 1001) { rank } }', "at most 1000 rows"),
    (_groups("by: []"), "groups.by is empty"),
    (_groups("by: [STATUS], first: -1"), "Ask for 0 rows or more"),
    (_groups("by: [STATUS], first: 1001"), "at most 1000 rows"),
    (_groups('by: [STATUS, CREATED_AT], bucket: DAY, timeZone: "Mars/Olympus"'), "Use an IANA name"),
    (_groups('by: [STATUS, CREATED_AT], bucket: DAY, timeZone: "../etc/passwd"'), "Use an IANA name"),
    (_groups('by: [STATUS, CREATED_AT], bucket: DAY, timeZone: "localtime"'), "localtime"),
    (_groups("by: [STATUS]", "priority"), "Add it to `by`"),
    (_groups("by: [STATUS]", "property { id }"), "asks for propertyId"),
]


@pytest.mark.parametrize(("query", "words"), _NOT_FOLLOWED)
async def test_an_argument_that_cannot_be_followed_is_bad_input(client: Client, query: str, words: str) -> None:
    error = await client.refused(query)
    assert re.search(words, error.message), error.message
    assert error.extensions == {"code": "BAD_USER_INPUT"}


_REFUSED_BY_THE_SCHEMA = [
    _tickets("first: 2147483648"),
    _tickets("first: 1.5"),
    _tickets("orderBy: [COLOUR_ASC]"),
    _where('title: "x"'),
    _where("title: {eq: 5}"),
    _where("title: {in: [null]}"),
    _where('colour: {eq: "red"}'),
    _where("reopenedCount: {eq: 2147483648}"),
    _where('createdAt: {gt: "yesterday"}'),
    _where('createdAt: {gt: "2026-11-02T09:00:00"}'),
    _where('createdAt: {gt: "0001-01-01T00:00:00+14:00"}'),
    _where('createdAt: {gt: "9999-12-31T23:59:59-14:00"}'),
    _where("createdAt: {gt: 5}"),
    '{ tenancies(where: {startsOn: {eq: "2026-02-30"}}) { totalCount } }',
    '{ tenancies(where: {startsOn: {eq: "10000-01-01"}}) { totalCount } }',
    '{ quotes(where: {amountCents: {eq: "9223372036854775808"}}) { totalCount } }',
    "{ quotes(where: {amountCents: {eq: 1.5}}) { totalCount } }",
    '{ quotes(where: {amountCents: {eq: "٣"}}) { totalCount } }',
    '{ inventoryActions(where: {quantity: {eq: "NaN"}}) { totalCount } }',
    '{ inventoryActions(where: {quantity: {eq: "1e999"}}) { totalCount } }',
    '{ inventoryActions(where: {quantity: {eq: "1_0"}}) { totalCount } }',
    "{ auditEvents(where: {details: {contains: {to: 1e999}}}) { totalCount } }",
    "{ auditEvents(where: {details: {contains: {to: 100000000000000000000}}}) { totalCount } }",
    '{ workflows(where: {ticketTypes: {has: "PARTY"}}) { totalCount } }',
    _groups("by: [STATUS], timeZone: null"),
    _groups("by: [COLOUR]"),
    "{ job { id } }",
    "{ job(id: null) { id } }",
    "{ tickets { nodes { colour } } }",
]


@pytest.mark.parametrize("query", _REFUSED_BY_THE_SCHEMA)
async def test_what_the_schema_does_not_know_is_refused_before_anything_runs(client: Client, query: str) -> None:
    result = await client.answer(query)
    assert result.errors
    assert all(error.path is None for error in result.errors)
    assert result.data is None


@pytest.mark.parametrize(
    ("kind", "where", "value"),
    [
        ("Int", "reopenedCount: {eq: $value}", 2**31),
        ("String", "title: {eq: $value}", 5),
        ("String", "title: {eq: $value}", _LONE),
        ("String", "title: {contains: $value}", _LONE),
        ("String", "title: {eq: $value}", None),
        ("DateTime", "createdAt: {lt: $value}", []),
        ("DateTime", "createdAt: {lt: $value}", "10000-01-01T00:00:00Z"),
        ("ID", "id: {eq: $value}", "x"),
        ("[ID!]", "id: {in: $value}", ["x"]),
        ("[ID!]", "id: {in: $value}", [None]),
        ("BigInt", "property: {approvalLimitCents: {eq: $value}}", 1e300),
        ("BigInt", "property: {approvalLimitCents: {eq: $value}}", 2**63),
        ("Decimal", "inventoryEvents: {some: {quantityUsed: {eq: $value}}}", {"a": 1}),
        ("JSON", "events: {some: {details: {contains: $value}}}", 2**64),
        ("JSON", "events: {some: {details: {contains: $value}}}", {"to": _LONE}),
        ("JSON", "events: {some: {details: {contains: $value}}}", {"to": "\0"}),
        ("JSON", "events: {some: {details: {contains: $value}}}", json.loads("[" * 400 + "]" * 400)),
        ("TicketStatus", "status: {eq: $value}", "PARTY"),
    ],
)
async def test_a_variable_that_does_not_fit_is_refused(client: Client, kind: str, where: str, value: Any) -> None:
    error = await client.refused(f"query ($value: {kind}) {_where(where)}", {"value": value})
    assert error.extensions in ({}, {"code": "BAD_USER_INPUT"})


async def test_an_unknown_id_finds_nothing(client: Client) -> None:
    data = await client.ask(f"""{{
        ticket(id: "{_UNKNOWN}") {{ id }} node(id: "{_UNKNOWN}") {{ id }} nodes(ids: ["{_UNKNOWN}"]) {{ id }}
        ticketByNumber(number: "MT-1999-999") {{ id }} tickets(where: {{id: {{eq: "{_UNKNOWN}"}}}}) {{ totalCount }}
    }}""")
    assert data == {
        "ticket": None,
        "node": None,
        "nodes": [None],
        "ticketByNumber": None,
        "tickets": {"totalCount": 0},
    }


async def test_null_where_a_page_may_be_left_open_is_as_if_it_were_left_out(client: Client) -> None:
    given = "first: null, last: null, after: null, before: null, offset: null, where: null, orderBy: null"
    assert await client.ask(_tickets(given)) == await client.ask("{ tickets { nodes { id } } }")


async def test_a_refused_value_leaves_the_connection_whole(client: Client, demo: str) -> None:
    async with Pool.open(demo, size=1) as pool:
        lonely = client.at(pool)
        error = await lonely.refused(_where('title: {eq: "\\u0000"}'))
        assert error.extensions == {"code": "BAD_USER_INPUT"}
        assert (await lonely.ask("{ tickets { totalCount } }"))["tickets"]["totalCount"] > 0


async def test_what_is_still_read_beside_a_refused_field_adds_no_error(client: Client) -> None:
    query = """{
        tickets { nodes { extraHomeowners(before: "x") { __typename } } totalCount }
        workflowByName(name: "general") { mermaid }
    }"""
    for _ in range(60):  # who is first is chance
        result = await client.executed(query)
        assert [error.extensions for error in result.errors or ()] == [{"code": "BAD_USER_INPUT"}]
