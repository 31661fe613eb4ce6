"""Lists without pages count as long as they are declared to be on average."""

from __future__ import annotations

from graphql import GraphQLSchema, parse

from gateway.limits.answer import Extent, extent_of
from gateway.limits.outline import Outline
from gateway.limits.yardstick import Yardstick
from gateway.settings import Settings
from tests.limits.asking import Asking

_STEPS = "availableTransitions { to missing { code } }"
_MANY = "{ tickets(first: 1000) { nodes { id number %s } } }"


def _extent(schema: GraphQLSchema, text: str) -> Extent:
    document = parse(text)
    shapes = Yardstick(schema, Settings()).shapes(document)
    (operation,) = shapes.operations.values()
    return extent_of(operation, shapes, Outline(document).order, {})


def test_declared_lengths_multiply_with_the_pages_that_they_stand_in(schema: GraphQLSchema) -> None:
    bare = _extent(schema, "{ tickets(first: 10) { nodes { id } } }")
    steps = _extent(schema, f"{{ tickets(first: 10) {{ nodes {{ id {_STEPS} }} }} }}")
    assert steps.rows == bare.rows
    assert steps.values - bare.values == 10 * 5 * (1 + 1 + 1 * 2)  # a step, where it leads, what is missing


def test_a_list_of_words_counts_each_word(schema: GraphQLSchema) -> None:
    gates = _extent(schema, "{ tickets(first: 10) { nodes { gates { cost { reopenedBy } } } } }")
    assert gates.values == 1 + 10 * (1 + 1 + 1 + 3)


def test_a_timeline_counts_as_any_page_of_rows(schema: GraphQLSchema) -> None:
    extent = _extent(schema, "{ tickets(first: 10) { nodes { timeline(last: 3) { nodes { __typename } } } } }")
    assert extent.rows == 10 + 10 * 3


def test_steps_and_gates_of_a_thousand_tickets_are_answered_and_ten_times_as_many_are_not(asking: Asking) -> None:
    gates = "gates { cost { passed ground since reopenedBy } time { passed ground since reopenedBy } }"
    asking.answered(_MANY % f"{_STEPS} {gates}")
    told = asking.limited(_MANY % " ".join(f"a{n}: {_STEPS} b{n}: {gates}" for n in range(30)))
    assert told["limit"] == "operation_values"
