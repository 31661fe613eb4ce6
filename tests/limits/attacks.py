"""Documents that were made to harm: each by the limit that refuses it, and those that come just under all limits."""

from __future__ import annotations


def joined(pattern: str, number: int) -> str:
    """The pattern so many times, with `{n}` and `{m}` for its number and the one after."""
    return " ".join(pattern.replace("{n}", str(n)).replace("{m}", str(n + 1)) for n in range(number))


def nested(before: str, inner: str, after: str, number: int) -> str:
    """So many times inside itself."""
    return before * number + inner + after * number


def fan_out(levels: int) -> str:
    """Fragments that each spread the next one twice, below another field: 2 to the power of levels."""
    fragments = joined("fragment F{n} on Ticket { property { id } ...F{m} requestor { id } ...F{m} }", levels)
    return f'{{ ticket(id: "1") {{ ...F0 }} }} {fragments} fragment F{levels} on Ticket {{ id }}'


REFUSED = {
    "long strings": ("document_characters", '{ ticketByNumber(number: "' + "x" * 900_000 + '") { id } }'),
    "long block strings": ("document_characters", '{ ticketByNumber(number: """' + "\n " * 300_000 + '""") { id } }'),
    "long names": ("document_characters", "{ " + "x" * 900_000 + " }"),
    "a sea of commas": ("document_characters", "{ __typename" + "," * 900_000 + " }"),
    "repeated fields": ("document_tokens", "{" + " __typename" * 10_000 + "}"),
    "a flood of aliases": ("document_tokens", "{ " + joined("a{n}: __typename", 6_000) + " }"),
    "a flood of unknown fields": ("document_tokens", "{ " + joined("unknown{n}", 9_000) + " }"),
    "a flood of directives": ("document_tokens", "{ __typename" + " @skip(if: true)" * 2_800 + " }"),
    "a long list of ids": ("document_tokens", "{ nodes(ids: [" + '"1" ' * 10_000 + "]) { id } }"),
    "hundreds of operations": ("document_operations", joined("query Q{n} { __typename }", 750)),
    "comments": ("document_comments", "#\n" * 60_000 + "{ __typename }"),
    "deep selections": ("operation_depth", nested("{ node ", "{ id }", " }", 1_300)),
    "deep inline fragments": ("operation_depth", nested("{ ... ", "{ __typename }", " }", 1_300)),
    "a chain of fragments": (
        "operation_depth",
        "{ ...F0 } " + joined("fragment F{n} on Query { ...F{m} }", 480) + " fragment F480 on Query { __typename }",
    ),
    "deep lists": ("input_depth", "{ tickets(where: " + "[" * 1_900 + "]" * 1_900 + ") { totalCount } }"),
    "deep objects": ("input_depth", "{ tickets(where: " + nested("{not: ", "{}", "}", 900) + ") { totalCount } }"),
    "fragments that fan out": ("operation_directives", fan_out(25).replace("id }", "id @skip(if: false) }")),
    "fragments that fan out into fields": ("operation_fields", fan_out(25)),
    "aliases through fragments": (
        "operation_aliases",
        "{ " + joined("a{n}: tickets { ...F }", 40) + " } fragment F on TicketConnection { "
        "nodes { " + joined("b{n}: id", 40) + " } }",
    ),
    "aliases of one query": ("operation_root_fields", "{ " + joined("a{n}: __typename", 100) + " }"),
    "root fields through fragments": (
        "operation_root_fields",
        "{ ...F } fragment F on Query { ... { " + joined("tickets { totalCount }", 100) + " } }",
    ),
    "variables": ("operation_variables", "query (" + joined("$v{n}: Int", 900) + ") { __typename }"),
    "a long `in`": (
        "input_list_length",
        "{ tickets(where: {number: {in: [" + '"MT" ' * 3_000 + "]}}) { totalCount } }",
    ),
    "a long `ids`": ("input_list_length", "{ nodes(ids: [" + '"1" ' * 3_000 + "]) { id } }"),
    "a long orderBy": ("input_order_keys", "{ tickets(orderBy: [" + "ID_ASC " * 900 + "]) { totalCount } }"),
    "a long by": ("input_order_keys", "{ tickets { groups(by: [" + "STATUS " * 900 + "]) { count } } }"),
    "a filter of many conditions": (
        "operation_conditions",
        "{ tickets(where: {or: [" + '{number: {eq: "1"}} ' * 400 + "]}) { totalCount } }",
    ),
    "fields that overlap": ("document_comparisons", "{ tickets { nodes { " + "property { id } " * 240 + "} } }"),
    "fields that conflict": (
        "document_comparisons",
        "{ tickets { nodes { " + "x: property { id } x: requestor { id } " * 100 + "} } }",
    ),
    "fragments side by side": (
        "document_comparisons",
        "{ tickets { nodes { "
        + joined("...F{n}", 300)
        + " } } } "
        + joined("fragment F{n} on Ticket { id title }", 300),
    ),
    "pages in pages": (
        "operation_rows",
        "{ projects(first: 100) { nodes { projectProperties(first: 100) { nodes { tickets { nodes { id } } } } } } }",
    ),
    "wide rows": (
        "operation_values",
        "{ tickets(first: 1000) { nodes { participants(first: 90) { nodes { "
        + joined("a{n}: role", 100)
        + " } } } } }",
    ),
    "circles in the schema": (
        "introspection_depth",
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
    ),
    "the schema many times": (
        "introspection_percent",
        "{ " + joined("a{n}: __schema { types { fields { args { name type { name } } } } }", 25) + " }",
    ),
}
"""The limit that refuses it, and the document; none is longer than a request's body may be."""


ALLOWED = {
    "repeated fields": "{ tickets { nodes {" + " id" * 99 + " } } }",
    "side by side": "{ tickets { nodes { "
    + joined("...F{n}", 36)
    + " } } } "
    + joined("fragment F{n} on Ticket { id number title status }", 36),
    "lists of values": "{ "
    + joined("a{n}: tickets(where: {number: {in: [" + '"MT-1" ' * 990 + "]}}) { totalCount }", 3)
    + " }",
    "a filter": "{ tickets(where: {or: [" + '{number: {eq: "1"}} ' * 249 + "]}) { totalCount } }",
    "aliases in fragments": "{ ...F } fragment F on Query { "
    + joined('a{n}: ticketByNumber(number: "{n}") { b: id c: number d: title }', 50)
    + " }",
    "many operations": "fragment F on Query { "
    + joined("a{n}: tickets(first: $v) { totalCount }", 50)
    + " } "
    + joined("query Q{n}($v: Int) { ...F }", 50),
    "unknown arguments": "{ tickets(" + joined("unknown{n}: 1", 1_320) + ") { totalCount } }",
    "unknown enum values": "{ tickets(orderBy: [" + joined("CREATED_{n}", 10) + "]) { totalCount } }",
    "unknown filters": "{ tickets(where: {" + joined("statu{n}: {eq: 1}", 250) + "}) { totalCount } }",
    "unknown fields of the root": "{ " + joined("ticket{n}", 50) + " }",
    "unknown fields": "{ tickets { nodes { " + joined("unknown{n}", 990) + " } } }",
    "fragments that nobody spreads": "{ __typename } " + joined("fragment F{n} on Ticket { id number title }", 440),
    "variables": "query ("
    + joined("$v{n}: Int", 100)
    + ") { ...F } fragment F on Query { "
    + joined("a{n}: tickets(first: $v{n}) { b: totalCount c: nodes { id } }", 50)
    + " }",
    "long strings": '{ ticketByNumber(number: """' + "\n x" * 43_000 + '""") { id } }',
    "escapes": '{ ticketByNumber(number: "' + "\\u0041" * 21_000 + '") { id } }',
    "comments": "#" + "x" * 120 + "\n" + ("#" + "x" * 120 + "\n") * 999 + "{ __typename }",
    "conflicts": "{ tickets { nodes { " + "x: property { id } x: requestor { name } " * 24 + "} } }",
    "unclosed": "{ a(" + "[" * 30 + '"' + "x" * 130_000,
    "directives": "{ __typename" + " @skip(if: true)" * 100 + " }",
    "fan-out of empty fragments": "{ ...F0 } "
    + joined("fragment F{n} on Query { ...F{m} ...F{m} ...F{m} }", 25)
    + " fragment F25 on Query { ...X }",
}
"""Valid or not, these are read whole."""
