"""What people and tools ask every day comes under the limits with room to spare."""

from __future__ import annotations

import re

import pytest
from gql import Client, gql
from gql.transport.httpx import HTTPXTransport
from graphql import GraphQLObjectType, GraphQLSchema, get_introspection_query, get_named_type, is_leaf_type

from tests.limits.asking import Asking
from tests.process.documents import PROJECT_WORK, TICKET_PEOPLE


@pytest.mark.parametrize("query", [TICKET_PEOPLE, PROJECT_WORK], ids=["ticket people", "project work"])
def test_the_questions_that_the_graph_was_made_for_are_answered(asking: Asking, query: str) -> None:
    (connection,) = asking.answered(query).values()
    assert connection["nodes"] == []


def test_a_thousand_wide_rows_with_edges_are_answered(asking: Asking, schema: GraphQLSchema) -> None:
    ticket = schema.type_map["Ticket"]
    assert isinstance(ticket, GraphQLObjectType)
    leaves = [name for name, field in ticket.fields.items() if is_leaf_type(get_named_type(field.type))][:40]
    asking.answered(
        "{ tickets(first: 1000) { nodes { "
        + " ".join(leaves)
        + " property { id code name } requestor { id fullName email } currentTeam { id } currentAgent { id } } } }"
    )


def test_three_lists_in_lists_with_pages_of_forty_are_answered(asking: Asking) -> None:
    asking.answered(
        """{ projects(first: 40) { nodes { projectProperties(first: 40) { nodes { tickets(first: 40) { nodes {
        id number title } } } } } } }"""
    )


def test_the_standard_question_about_the_schema_is_answered(asking: Asking) -> None:
    question = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )
    assert asking.answered(question)["__schema"]["queryType"] == {"name": "Query", "kind": "OBJECT"}


def test_graphiqls_question_with_a_shorter_form_of_types_is_answered(asking: Asking) -> None:
    # GraphiQL asks for seven levels of `ofType` and no deprecated inputs.
    question = re.sub(r"\(includeDeprecated: true\)", "", get_introspection_query(descriptions=True, type_depth=7))
    assert asking.answered(question)["__schema"]["types"]


def test_gql_reads_the_schema(asking: Asking) -> None:
    transport = HTTPXTransport(url=str(asking.client.base_url.join("/graphql")), timeout=30)
    with Client(transport=transport, fetch_schema_from_transport=True) as session:
        assert session.execute(gql("{ tickets { totalCount } }")) == {"tickets": {"totalCount": 0}}


def test_a_types_fields_are_told_by_its_name(asking: Asking) -> None:
    told = asking.answered('{ __type(name: "Ticket") { fields { name args { name } type { name ofType { name } } } } }')
    assert {"title", "participants"} <= {field["name"] for field in told["__type"]["fields"]}


def test_figures_over_many_rows_are_not_counted_as_rows(asking: Asking) -> None:
    asking.answered(
        "{ tickets(first: 1000) { totalCount aggregate { count } groups(by: [STATUS], first: 1000) { count } } }"
    )


def test_a_kept_document_is_answered_again_and_again(asking: Asking) -> None:
    query = "query ($n: Int) { tickets(first: $n) { nodes { id } } }"
    for n in (1, 1, 200, None):
        asking.answered(query, {"n": n})
