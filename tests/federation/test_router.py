"""All subgraphs behind a router answer as one gateway does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import pytest
from graphql import GraphQLSchema, build_schema, get_operation_ast, parse, validate
from graphql.execution.values import get_variable_values

from db.pool import Pool
from gateway.settings import Settings
from gateway.viewers.demo import find_demo_viewers
from gateway.viewers.tokens import make_token
from schema.vocabulary.role import ViewerRole
from tests.federation.drafting import drafted
from tests.federation.fleet import SECRET, Scene, scene
from tests.federation.questions import (
    COMMENT,
    IDS,
    MANUAL,
    MEASURED,
    ONE_TICKET,
    OWN_PLACE,
    OWN_REPAIRS,
    OWN_TICKETS,
)
from tests.federation.router_faults import Fault, faults_of
from tests.house.node import Node
from tests.oracle.triplet import Triplet
from tests.process.documents import PROJECT_WORK, TICKET_PEOPLE

_STAFF = [ViewerRole.MANAGER, ViewerRole.AGENT, ViewerRole.ANALYST]
_SEED, _DRAFTS, _LEAST_COMPARED = 1, 150, 200
_TRIPLETS = {each.path.stem: each for each in Triplet.all() if each.viewer in {role.value for role in _STAFF}}


@pytest.fixture(scope="module")
def stage(node: Node) -> Iterator[Scene]:  # noqa: ARG001 - the router is a program for it
    with scene(GATEWAY_LOG_LEVEL="info") as found:
        yield found


@pytest.fixture(scope="module")
def api(stage: Scene) -> str:
    """What clients of the router see, as SDL."""
    return (stage.fleet.folder / "api" / "apollo.graphql").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def seen(api: str) -> GraphQLSchema:
    return build_schema(api)


def _same(stage: Scene, query: str, viewer: str = "manager", **asked: Any) -> Any:
    """The data, which both give."""
    data = stage.answered(query, viewer, **asked).whole
    assert stage.routed(query, viewer, **asked).whole == data
    return data


def _can_be_asked(seen: GraphQLSchema, triplet: Triplet) -> bool:
    """Whether the router's schema has all that it names, in its variables too."""
    document = parse(triplet.text)
    operation = get_operation_ast(document, triplet.name)
    assert operation is not None
    return not validate(seen, document) and not isinstance(
        get_variable_values(seen, operation.variable_definitions or (), triplet.variables), list
    )


def test_tickets_participants_and_contacts_are_the_same(stage: Scene) -> None:
    nodes = _same(stage, TICKET_PEOPLE)["tickets"]["nodes"]
    assert any(each["contact"]["fullName"] for ticket in nodes for each in ticket["participants"]["nodes"])


def test_projects_their_properties_and_tickets_are_the_same(stage: Scene) -> None:
    (project,) = _same(stage, PROJECT_WORK)["projects"]["nodes"]
    assert any(each["tickets"]["nodes"] for each in project["projectProperties"]["nodes"])


@pytest.mark.parametrize("name", MEASURED)
def test_the_operations_that_are_measured_are_the_same(stage: Scene, name: str) -> None:
    ids = stage.answered(IDS).whole
    agents = [{"agent": ticket["currentAgentId"]} for ticket in ids["tickets"]["nodes"]]
    projects = [{"project": project["id"]} for project in ids["projects"]["nodes"]]
    tickets = [{"ticket": ticket["id"]} for ticket in ids["tickets"]["nodes"]]
    for variables in {"list": agents, "project": projects, "ticket": tickets}[name]:
        (root,) = _same(stage, MEASURED[name], variables=variables).values()
        assert root.get("id") or root["nodes"]


@pytest.mark.parametrize("name", MANUAL)
def test_a_query_of_the_manual_is_the_same_where_the_router_has_its_fields(
    stage: Scene, seen: GraphQLSchema, name: str
) -> None:
    if validate(seen, parse(MANUAL[name])):
        assert stage.routed(MANUAL[name]).codes == {"GRAPHQL_VALIDATION_FAILED"}
    else:
        _same(stage, MANUAL[name])


def test_most_queries_of_the_manual_can_be_asked_of_the_router(seen: GraphQLSchema) -> None:
    askable = [name for name, text in MANUAL.items() if not validate(seen, parse(text))]
    assert len(askable) > len(MANUAL) / 2


def test_saved_operations_of_the_oracle_are_the_same(stage: Scene, seen: GraphQLSchema) -> None:
    compared = 0
    for triplet in _TRIPLETS.values():
        if not _can_be_asked(seen, triplet) or faults_of(triplet.text):
            continue
        asked = {"variables": triplet.variables, "name": triplet.name}
        answer = stage.answered(triplet.text, triplet.viewer, **asked)
        if not answer.errors:
            assert stage.routed(triplet.text, triplet.viewer, **asked).whole == answer.data, triplet.path.stem
            compared += 1
    assert compared >= len(_TRIPLETS) / 4


async def test_generated_operations_are_the_same(stage: Scene, api: str) -> None:
    found: Counter[str] = Counter()
    async for each in drafted(stage.dsn, api, _STAFF, _SEED, _DRAFTS):
        if faults_of(each.text):
            found["beyond the router"] += 1
            continue
        asked = {"variables": each.variables, "name": each.name}
        answer = stage.answered(each.text, each.viewer, **asked)
        if answer.errors:
            found["refused"] += 1
            continue
        routed = stage.routed(each.text, each.viewer, **asked)
        assert (routed.errors, routed.data) == ([], answer.data), f"{each.viewer}: {each.text}\n{each.variables}"
        found["compared"] += 1
    assert found["compared"] >= _LEAST_COMPARED, found


@pytest.mark.parametrize(
    ("viewer", "query"),
    [
        *product(["tenant", "vendor", "homeowner", "guest"], [OWN_TICKETS, OWN_PLACE]),
        *product(["tenant", "vendor"], [OWN_REPAIRS]),
    ],
)
def test_outsiders_are_told_the_same_of_what_is_their_own(stage: Scene, viewer: str, query: str) -> None:
    """Where a row is another's, one gateway gives null; the router does too, and says so in an error."""
    routed = stage.routed(query, viewer)
    assert routed.data == stage.answered(query, viewer).whole
    assert routed.codes <= {"NOT_FOUND"}


def test_what_is_not_in_the_schema_of_a_role_its_subgraph_refuses(stage: Scene) -> None:
    query = "{ tickets(first: 1) { nodes { number visitSlots(first: 1) { nodes { startsAt } } } } }"
    routed = stage.routed(query, "guest")
    assert "GRAPHQL_VALIDATION_FAILED" in routed.codes
    assert "startsAt" not in str(routed.data)
    assert stage.answered(query, "guest").codes == {"GRAPHQL_VALIDATION_FAILED"}


def test_viewers_who_ask_at_once_are_each_told_their_own(stage: Scene) -> None:
    viewers = ["manager", "tenant", "vendor", "agent"] * 5
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda viewer: stage.routed(OWN_TICKETS, viewer).data, viewers))
    own = {viewer: stage.answered(OWN_TICKETS, viewer).whole for viewer in set(viewers)}
    assert answers == [own[viewer] for viewer in viewers]
    assert own["tenant"] != own["vendor"] != own["manager"]


def test_a_command_is_done_in_its_subgraph_and_its_payload_leads_on_to_others(stage: Scene) -> None:
    (ticket,) = stage.answered(ONE_TICKET, "agent").whole["tickets"]["nodes"]
    variables = {"ticket": ticket["id"], "body": "The plumber comes at nine."}
    told = stage.routed(COMMENT, "agent", variables=variables).whole["addComment"]
    assert told["problems"] == []
    assert told["comment"]["author"]["fullName"]
    assert told["comment"]["ticket"]["property"] == ticket["property"]
    query = "query($id: ID!) { ticketComment(id: $id) { body author { fullName } } }"
    found = stage.answered(query, "agent", variables={"id": told["comment"]["id"]}).whole["ticketComment"]
    assert found == {key: told["comment"][key] for key in ("body", "author")}


def test_problems_of_a_command_come_through_as_they_are(stage: Scene) -> None:
    variables = {"ticket": "00000000-0000-0000-0000-000000000000", "body": " "}
    answers = [asked(COMMENT, "agent", variables=variables) for asked in (stage.answered, stage.routed)]
    assert answers[0].whole == answers[1].whole
    assert answers[0].whole["addComment"]["problems"]


async def _token(stage: Scene, role: ViewerRole) -> str:
    async with Pool.open(stage.dsn, size=1) as pool:
        viewer = (await find_demo_viewers(pool))[role]
    return make_token(Settings(token_secret=SECRET), viewer, minutes=5)  # type: ignore[arg-type] # pydantic wraps it


async def test_a_token_goes_before_the_demo_viewer_in_every_subgraph(stage: Scene) -> None:
    headers = {"authorization": f"Bearer {await _token(stage, ViewerRole.TENANT)}"}
    told = stage.routed(OWN_TICKETS, "manager", headers=headers)
    assert told.data == stage.answered(OWN_TICKETS, "tenant").whole


def test_a_token_that_nobody_signed_is_refused_by_the_subgraph_and_its_code_passes(stage: Scene) -> None:
    answer = stage.routed(TICKET_PEOPLE, headers={"authorization": "Bearer eyJhbGciOiJub25lIn0.e30."})
    assert set(answer.data.values()) == {None}
    assert (
        answer.codes
        == stage.answered(TICKET_PEOPLE, headers={"authorization": "Bearer eyJhbGciOiJub25lIn0.e30."}).codes
    )


async def test_outside_demo_mode_a_subgraph_refuses_who_brings_no_credentials(stage: Scene) -> None:
    stage.fleet.subgraphs["directory"].process.end()
    stage.fleet.restart("directory", GATEWAY_DEMO="false")
    try:
        answer = stage.routed(TICKET_PEOPLE)
        assert [ticket["number"] for ticket in answer.data["tickets"]["nodes"]]
        assert {each["contact"] for t in answer.data["tickets"]["nodes"] for each in t["participants"]["nodes"]} == {
            None
        }
        assert answer.codes == {"UNAUTHENTICATED"}
        headers = {"authorization": f"Bearer {await _token(stage, ViewerRole.MANAGER)}"}
        assert stage.routed(TICKET_PEOPLE, None, headers=headers).whole == stage.answered(TICKET_PEOPLE).whole
    finally:
        stage.fleet.subgraphs["directory"].process.end()
        stage.fleet.restart("directory")


def test_a_request_has_one_id_in_the_router_and_in_the_subgraphs(stage: Scene) -> None:
    answer = stage.routed(TICKET_PEOPLE, headers={"x-request-id": "asked-by-a-test-1"})
    assert answer.headers["x-request-id"] == "asked-by-a-test-1"
    for domain in ("team", "property", "directory"):
        assert "asked-by-a-test-1" in stage.fleet.subgraphs[domain].process.said


@pytest.mark.parametrize(
    ("fault", "query"),
    [
        (Fault.ONLY_TYPENAME, "{ tickets(first: 1) { ... { __typename } } }"),
        (Fault.TAKEN_KEY, "{ jobs(first: 1) { nodes { id: updatedAt ticket { number } } } }"),
        (Fault.HALF_SKIPPED, "{ tickets(first: 1) { nodes { number @skip(if: true) number } } }"),
        (Fault.SKIPPED_KEY, "{ jobs(first: 1) { nodes { ticket { id @skip(if: true) title } } } }"),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
def test_what_is_left_out_of_comparisons_the_router_still_answers_wrongly(
    stage: Scene, fault: Fault, query: str
) -> None:
    assert faults_of(query) == {fault}
    routed = stage.routed(query)
    assert (routed.errors, routed.data) != ([], stage.answered(query).whole)
