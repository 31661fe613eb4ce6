"""Whatever is sent, it is answered or refused with a code: nothing is a fault."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, DrawFn

from tests.limits.asking import JSON, Asking

LITERALS = ["null", "true", "0", "-1", "7", "2147483648", "1.5", "1e400", '"a"', '"2026-11-02T09:00:00Z"', "[]", "{}"]
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["eq", "in", "not", "x"]), inner),
    max_leaves=8,
)
DIRECTIVES = ["", "", "", " @skip(if: false)", " @include(if: $b)", " @unknown", " @skip"]


@st.composite
def arguments(draw: DrawFn, known: dict[str, GraphQLArgument]) -> str:
    """Some of a field's arguments, now and then an unknown one, with literals that may fit."""
    names = draw(st.lists(st.sampled_from([*known, "unknown"]), max_size=2))
    written = []
    for name in names:
        kind = get_named_type(known[name].type) if name in known else None
        choices = [*LITERALS, "$v", "$b"]
        if isinstance(kind, GraphQLEnumType):
            choices += [next(iter(kind.values)), f"[{next(iter(kind.values))}]"]
        if isinstance(kind, GraphQLInputObjectType):
            field = draw(st.sampled_from(list(kind.fields)))
            choices += [f"{{{field}: {literal}}}" for literal in ("{}", "$v", "[{}]", "{isNull: true}", "null")]
        written.append(f"{name}: {draw(st.sampled_from(choices))}")
    return f"({', '.join(written)})" if written else ""


@st.composite
def selections(draw: DrawFn, schema: GraphQLSchema, kind: Any, depth: int) -> str:
    """Fields of a type, fragments, and things that are not there."""
    fields = kind.fields if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else {}
    written = []
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from([*fields, "__typename", "...", "...F", "...G", "__schema", "__type", "unknown"]))
        alias = draw(st.sampled_from(["", "", "a: ", "b: "]))
        directive = draw(st.sampled_from(DIRECTIVES))
        if name == "...":
            written.append(f"...{directive} {draw(selections(schema, kind, depth - 1)) if depth else '{ __typename }'}")
        elif name.startswith("..."):
            written.append(name + directive)
        else:
            field = fields.get(name) or schema.get_field(kind, name)
            below = get_named_type(field.type) if field else None
            inner = getattr(below, "fields", None) is not None and (depth > 0 or draw(st.booleans()))
            given_ = draw(arguments(field.args)) if field else ""
            written.append(f"{alias}{name}{given_}{directive}")
            if inner:
                written.append(draw(selections(schema, below, depth - 1)) if depth else "{ __typename }")
    return "{ " + " ".join(written) + " }"


@st.composite
def documents(draw: DrawFn, schema: GraphQLSchema) -> str:
    """An operation and two fragments, by the schema's names; few are valid."""
    ticket = schema.type_map["Ticket"]
    declared = draw(
        st.sampled_from(["", "query ($v: TicketFilter, $b: Boolean = true)", "query ($v: Int, $b: Boolean!)"])
    )
    return " ".join(
        [
            declared,
            draw(selections(schema, schema.query_type, 4)),
            "fragment F on Query",
            draw(selections(schema, schema.query_type, 2)),
            "fragment G on Ticket",
            draw(selections(schema, ticket, 2)),
        ]
    )


def well_told(asking: Asking, body: object) -> None:
    """Not a fault, and every error with a message and a code."""
    response = asking.post(body, JSON)
    assert response.status_code in (200, 400), response.text[:1000]
    for error in response.json().get("errors", []):
        assert error["message"], error
        assert error["extensions"]["code"] not in ("INTERNAL", None), (body, error)


@given(data=st.data())
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_document_made_of_the_schemas_names_is_answered_or_refused(
    asking: Asking, schema: GraphQLSchema, data: DataObject
) -> None:
    query = data.draw(documents(schema))
    well_told(asking, {"query": query, "variables": data.draw(st.dictionaries(st.sampled_from(["v", "b"]), VALUES))})


@given(variables=st.dictionaries(st.sampled_from(["w", "n", "o", "x"]), VALUES))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_variables_hold_it_is_answered_or_refused(asking: Asking, variables: dict[str, Any]) -> None:
    declared = "query ($w: TicketFilter, $n: Int, $o: [TicketOrder!])"
    query = f"{declared} {{ tickets(where: $w, first: $n, orderBy: $o) {{ totalCount }} }}"
    well_told(asking, {"query": query, "variables": variables})


@given(text=st.text(st.sampled_from('{}()[]:!$@."#\\ \nabc019-_é…'), max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_text_that_is_hardly_a_document_is_refused(asking: Asking, text: str) -> None:
    well_told(asking, {"query": text})
