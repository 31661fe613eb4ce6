"""Documents of many shapes, each with the keys of its answer that are no declared names."""

from __future__ import annotations

RESERVED = [
    "select", "user", "order", "from", "table", "group", "all", "null", "true", "end", "case", "default", "o", "o0",
    "p", "r", "s", "f", "t1", "t2", "c", "n", "k", "v", "i0", "m0", "g0", "id", "made", "node", "entity", "count", "_",
    "_o", "_key", "ordinality", "ctid", "tableoid", "xmin", "a" * 63, "A", "Select", "row_to_json", "viewer", "public",
    "pg_catalog",
]  # fmt: skip
_FACTS = "hasNextPage hasPreviousPage startCursor endCursor"
_PLAIN = frozenset({"tickets", "nodes", "totalCount", "pageInfo", "edges", "cursor", "aggregate", "groups", "key"})
SHAPES: dict[str, tuple[str, frozenset[str]]] = {
    "a page": ("{ tickets(first: 2) { nodes { id dueAt: dueAt } } }", _PLAIN | {"dueAt"}),
    "a page and all of it": (
        "{ tickets(last: 2, orderBy: [PROPERTY_CODE_ASC, DUE_AT_DESC]) {"
        f" totalCount pageInfo {{ {_FACTS} }} edges {{ cursor node {{ id }} }} nodes {{ number }} }} }}",
        _PLAIN | frozenset(_FACTS.split()),
    ),
    "figures": (
        "{ tickets { aggregate { count sum { reopenedCount } avg { reopenedCount } p90 { activeTimeSeconds }"
        " countDistinct { propertyId } max { createdAt } } groups(by: [STATUS, CREATED_AT], bucket: WEEK,"
        ' timeZone: "America/Denver", orderBy: COUNT_DESC) { count key { status createdAt } } } }',
        _PLAIN | {"reopenedCount", "activeTimeSeconds", "propertyId", "createdAt", "p90", "countDistinct"},
    ),
    "filters": (
        '{ tickets(where: {or: [{number: {startsWith: "T"}}, {title: {contains: "x"}}], property: {homeowner: {}},'
        " participants: {none: {role: {in: [CC]}}}, dueAt: {isNull: true}, not: {status: {ne: OPEN}}}) {"
        " totalCount } }",
        _PLAIN,
    ),
    "what is derived": (
        "{ tickets(first: 3) { nodes { gates { cost { passed ground } time { passed } } availableTransitions { to open"
        " missing { code } } timeline(first: 2) { nodes { __typename ... on TicketComment { id } } } } }"
        " workflows { nodes { mermaid } } }",
        _PLAIN | {"gates", "availableTransitions", "timeline", "__typename", "workflows"},
    ),
    "nodes": (
        '{ node(id: "018ccfd6-a580-7000-878f-41acf03f3f31") { id ... on Ticket { title property { code } } }'
        ' nodes(ids: []) { __typename } search(text: "a", types: [TICKET, CONTACT]) {'
        " rank node { __typename ... on Contact { id } } } }",
        _PLAIN | {"search", "__typename"},
    ),
    "the viewer": (
        "{ viewer { role operator { name } contact { fullName } } }",
        frozenset({"viewer", "operator", "contact", "fullName"}),
    ),
    "JSON": (
        '{ auditEvents(first: 2, where: {details: {contains: {a: "b"}}}) { nodes { details } } }',
        _PLAIN | {"auditEvents"},
    ),
}
