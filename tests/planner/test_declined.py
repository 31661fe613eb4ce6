"""What the planner leaves to the executor, by the field for whose sake, and what it answers itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from graphql import ExecutionResult, GraphQLError

from gateway.graph_engine import GraphEngine
from resolvers.planner.pages import PageLimits

if TYPE_CHECKING:
    from resolvers.pools import Pools
    from resolvers.viewer import Viewer
    from schema.assembly.graph import Graph
    from tests.planner.desk import Desk

_LONG = "a" * 64
_ANSWERED = {
    "the root's typename alone": ("{ __typename again: __typename }", "Query.__typename"),
    "nothing at all": ("query ($no: Boolean = false) { tickets @include(if: $no) { totalCount } }", "Query.__typename"),
    "the schema beside data": ("{ viewer { role } __schema { queryType { name } } }", "Query.__schema"),
    "a type beside data": ('{ tickets { totalCount } __type(name: "Ticket") { name } }', "Query.__type"),
    "a long alias": (f"{{ tickets(first: 1) {{ nodes {{ {_LONG}: title }} }} }}", "Ticket.title"),
    "a long alias at the root": (f"{{ {_LONG}: tickets {{ totalCount }} }}", "Query.tickets"),
    "a long alias within figures": (f"{{ tickets {{ aggregate {{ {_LONG}: count }} }} }}", "TicketAggregate.count"),
}
_REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "too small a page": ("{ tickets(first: -1) { totalCount } }", {}, "tickets"),
    "too large a page": ("query ($n: Int!) { tickets(first: $n) { nodes { id } } }", {"n": 1_001}, "tickets"),
    "two pages": ("{ viewer { role } tickets(first: 1, last: 1) { totalCount } }", {}, "tickets"),
    "an unchecked page": ("query ($n: Int) { tickets(first: $n) { totalCount } }", {"n": -1}, "tickets"),
    "an unchecked offset": ("query ($n: Int) { tickets(offset: $n) { totalCount } }", {"n": -1}, "tickets"),
    "an unchecked cursor": ("query ($c: String) { tickets(after: $c) { totalCount } }", {"c": "x"}, "tickets"),
    "an unchecked page of nothing": (
        "query ($n: Int!, $no: Boolean!) { viewer { role } tickets(first: $n) { totalCount @include(if: $no) } }",
        {"n": -1, "no": False},
        "tickets",
    ),
    "an unchecked time zone": (
        "query ($z: String!) { tickets { groups(by: [STATUS], timeZone: $z) { count } } }",
        {"z": "Nowhere"},
        "tickets.groups",
    ),
    "no cursor": ('{ tickets(after: "x") { nodes { id } } }', {}, "tickets"),
    "no id": ("query ($id: ID!) { node(id: $id) { id } }", {"id": "1"}, "node"),
    "a null in a filter": (
        "query ($w: TicketFilter) { tickets(where: $w) { totalCount } }",
        {"w": {"not": None}},
        "tickets",
    ),
    "a null in a directive": (
        "query ($b: Boolean = true) { tickets(first: 1) { nodes { id number @skip(if: $b) } } }",
        {"b": None},
        "tickets.nodes.0",
    ),
    "a null in a list": (
        'query ($n: String = "x") { tickets(where: {number: {in: [$n]}}) { totalCount } }',
        {"n": None},
        "tickets",
    ),
}


@pytest.fixture(scope="session")
def engine(graph: Graph, pools: Pools) -> GraphEngine:
    return GraphEngine(graph, pools, PageLimits(), [])


@pytest.mark.parametrize("case", _ANSWERED)
async def test_the_executor_answers_what_is_declined(
    case: str, engine: GraphEngine, desk: Desk, manager: Viewer
) -> None:
    document, coordinate = _ANSWERED[case]
    operation = desk.operation(document, manager)
    result = await engine.execute(operation)
    assert isinstance(result, ExecutionResult)
    assert not result.errors
    assert (operation.timing.way, operation.timing.declined) == ("executor", coordinate)


@pytest.mark.parametrize("case", _REFUSED)
async def test_the_executor_tells_what_is_wrong_with_arguments(
    case: str, engine: GraphEngine, desk: Desk, manager: Viewer
) -> None:
    document, variables, path = _REFUSED[case]
    operation = desk.operation(document, manager, variables)
    result = await engine.execute(operation)
    assert isinstance(result, ExecutionResult), result
    assert result.errors
    (error,) = result.errors
    assert ".".join(map(str, error.path or ())) == path
    assert operation.timing.way == "executor"
    assert (operation.timing.declined or "").startswith("Query")


async def test_introspection_alone_is_no_business_of_the_planner(
    engine: GraphEngine, desk: Desk, manager: Viewer
) -> None:
    operation = desk.operation("{ __schema { queryType { name } } }", manager)
    assert await engine.execute(operation) == b'{"data":{"__schema":{"queryType":{"name":"Query"}}}}'
    assert (operation.timing.way, operation.timing.declined) == ("introspection", None)


@pytest.mark.parametrize(
    "document",
    [
        "{ __typename viewer { __typename role } }",
        "query ($no: Boolean = false) { tickets(first: 1) { nodes { id @include(if: $no) } } }",
        f"{{ tickets(first: 1) {{ nodes {{ {_LONG[1:]}: title }} }} }}",
    ],
    ids=["typename beside data", "objects without members", "the longest alias"],
)
async def test_the_planner_answers_what_it_can(document: str, engine: GraphEngine, desk: Desk, manager: Viewer) -> None:
    operation = desk.operation(document, manager)
    body = await engine.execute(operation)
    assert body == await desk.executed(document, manager, engine.pools.staff)
    assert (operation.timing.way, operation.timing.declined) == ("planner", None)


def test_variables_within_json_are_refused_before_anybody_is_asked(desk: Desk, manager: Viewer) -> None:
    document = "query ($x: String) { auditEvents(where: {details: {contains: {a: $x}}}) { totalCount } }"
    with pytest.raises(GraphQLError, match="JSON"):
        desk.operation(document, manager, {"x": "y"})
