"""Representations that no router sends: told what is wrong, where, and how to mend it; never a fault, never a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import orjson
import pytest

from tests.federation.slices.representations import NAMES, NOBODY
from tests.federation.slices.served import served
from tests.planner.served import WHO

if TYPE_CHECKING:
    from resolvers.viewer import Viewer
    from schema.assembly.graph import Graph
    from tests.access.world import Ids, World

_ID = str(NOBODY)
_TICKET = {"__typename": "Ticket"}


def _deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


_REFUSED: dict[str, tuple[Any, str]] = {
    "null": (None, "null"),
    "a number": ([7], "representations[0]"),
    "a text": (["Ticket"], "representations[0]"),
    "a list in the list": ([[_TICKET]], "representations[0]"),
    "null in the list": ([None], "null"),
    "no __typename": ([{"id": _ID}], "representations[0] has no __typename that is an entity here"),
    "a __typename that is no text": ([{"__typename": 7, "id": _ID}], "representations[0] has no __typename"),
    "a __typename that is a list": ([{"__typename": ["Ticket"], "id": _ID}], "representations[0] has no __typename"),
    "an unknown __typename": ([{"__typename": "Tickets", "id": _ID}], "representations[0] has no __typename"),
    "another slice's entity": ([{"__typename": "Tenancy", "id": _ID}], "representations[0] has no __typename"),
    "a type that is no entity": ([{"__typename": "PageInfo", "id": _ID}], "representations[0] has no __typename"),
    "a hostile __typename": (
        [{"__typename": 'Ticket"; DROP TABLE team.tickets; --', "id": _ID}],
        "representations[0] has no __typename",
    ),
    "no key": ([_TICKET], "representations[0] has no key. Name a Ticket by id or number"),
    "a key that is null": ([_TICKET | {"id": None}], "representations[0] has no key"),
    "a column that is no key": ([_TICKET | {"title": "Leak"}], "representations[0] has no key"),
    "another's key by a natural key": (
        [{"__typename": "Property", "code": "ASP-104"}],
        "representations[0] has no key. Name a Property by id",
    ),
    "a key that is a number": ([_TICKET | {"id": 7}], "representations[0].id: a key is a string"),
    "a key that is true": ([_TICKET | {"number": True}], "representations[0].number: a key is a string"),
    "a key that is an object": ([_TICKET | {"id": {"id": _ID}}], "representations[0].id: a key is a string"),
    "a key that is a list": ([_TICKET | {"id": [_ID]}], "representations[0].id: a key is a string"),
    "an id that is no id": ([_TICKET | {"id": "MT-2026-1"}], "is not an id"),
    "an id with braces": ([_TICKET | {"id": f"{{{_ID}}}"}], "is not an id"),
    "an id with a line's end": ([_TICKET | {"id": f"{_ID}\n"}], "is not an id"),
    "a hostile id": ([_TICKET | {"id": f"{_ID}' OR '1'='1"}], "is not an id"),
    "a huge id": ([_TICKET | {"id": "x" * 500_000}], "is not an id"),
    "NUL in a key": ([_TICKET | {"number": "MT\x00"}], "PostgreSQL can hold"),
    "the last of many": ([_TICKET | {"id": _ID}] * 99 + [_TICKET], "representations[99] has no key"),
    "too many": ([_TICKET | {"id": _ID}] * 10_000, "A list has 10,000 items; the limit is 1,000"),
    "too deep": ([_TICKET | {"id": _ID, "more": _deep(40)}], "nested 33 deep; the limit is 32"),
    "too deep a key": ([_TICKET | {"id": _deep(500)}], "nested deeper than 128 levels"),
}
_NOWHERE: dict[str, list[dict[str, Any]]] = {
    "an id that is not there": [_TICKET | {"id": _ID}],
    "an id in capitals": [_TICKET | {"id": _ID.upper()}],
    "a number that is not there": [_TICKET | {"number": "MT-1999-1"}],
    "no letters": [_TICKET | {"number": ""}],
    "a huge number": [_TICKET | {"number": "x" * 500_000}],
    "a hostile number": [_TICKET | {"number": "' OR '1'='1' --"}],
    "a number that looks like SQL's list": [_TICKET | {"number": '{"a","b",NULL}'}],
    "a number that looks like another's key": [_TICKET | {"number": _ID}],
    "members that nobody knows": [_TICKET | {"id": _ID, "title": "Leak", "__proto__": {"id": _ID}, "": [[]]}],
    "both keys, of which the id counts": [_TICKET | {"id": _ID, "number": "MT-2026-1"}],
    "letters of every kind": [_TICKET | {"number": "é🏠\u202e\ufeff%_\\"}],
    "a thousand": [_TICKET | {"id": _ID}] * 1_000,
}


@pytest.fixture(scope="module", params=[True, False], ids=["planner", "executor"])
def team(request: pytest.FixtureRequest, graph: Graph, demo: str, cast: dict[str, Viewer]) -> Iterator[httpx.Client]:
    """The slice of tickets, by each of the two ways."""
    with (
        served(graph, "team", demo, cast, planner=request.param) as address,
        httpx.Client(base_url=address, headers={WHO: "first manager"}, timeout=20) as client,
    ):
        yield client


def _ask(client: httpx.Client, rows: Any, who: str = "first manager") -> httpx.Response:
    return client.post("/graphql", json={"query": NAMES, "variables": {"rows": rows}}, headers={WHO: who})


@pytest.mark.parametrize("case", _REFUSED)
def test_a_malformed_one_is_refused_in_words(case: str, team: httpx.Client) -> None:
    rows, words = _REFUSED[case]
    response = _ask(team, rows)
    assert response.status_code in {200, 400}, response.text[:300]
    body = response.json()
    assert body.get("data") is None
    (error,) = body["errors"]
    assert error["extensions"]["code"] in {"BAD_USER_INPUT", "LIMIT_EXCEEDED", "BAD_REQUEST"}, error
    assert words in error["message"]
    assert len(error["message"]) < 1_000


@pytest.mark.parametrize("case", _NOWHERE)
def test_what_names_no_row_is_null(case: str, team: httpx.Client) -> None:
    rows = _NOWHERE[case]
    response = _ask(team, rows)
    assert response.status_code == 200
    assert response.json() == {"data": {"_entities": [None] * len(rows)}}


def test_one_alone_is_a_list_of_one(team: httpx.Client) -> None:
    """As GraphQL coerces lists."""
    assert _ask(team, _TICKET | {"id": _ID}).json() == {"data": {"_entities": [None]}}


def test_the_error_of_a_batch_bears_the_path_of_its_field(team: httpx.Client) -> None:
    """And no row of the rest is told: routers ask for the batch as a whole."""
    text = NAMES.replace("_entities(", "found: _entities(")
    response = team.post("/graphql", json={"query": text, "variables": {"rows": [_TICKET]}})
    (error,) = response.json()["errors"]
    assert error["path"] == ["found"]


def test_literals_are_read_as_variables_are(team: httpx.Client, world: World, sees: dict[str, dict[str, Ids]]) -> None:
    (number,) = (world.tables["team.tickets"][key]["number"] for key in [min(sees["first manager"]["team.tickets"])])
    told = []
    for rows in (f'[{{__typename: "Ticket", number: "{number}"}}]', f'{{__typename: "Ticket", number: "{number}"}}'):
        text = f"{{ _entities(representations: {rows}) {{ ... on Ticket {{ number }} }} }}"
        told.append(team.post("/graphql", json={"query": text}).json())
    assert told == [{"data": {"_entities": [{"number": number}]}}] * 2


def test_another_operators_ids_and_rows_out_of_sight_are_null(
    team: httpx.Client, world: World, sees: dict[str, dict[str, Ids]]
) -> None:
    for who, seen in sees.items():
        hidden = sorted(world.tables["team.tickets"].keys() - seen["team.tickets"])[:50]
        rows = [_TICKET | {"id": str(key)} for key in hidden]
        assert len(rows) == 50
        assert _ask(team, rows, who).json() == {"data": {"_entities": [None] * 50}}


def test_a_foreign_entity_leads_to_none_of_another_operators_rows(
    team: httpx.Client, world: World, sees: dict[str, dict[str, Ids]]
) -> None:
    """Of a home that the viewer does not see, the slice of tickets knows no more than what it was told."""
    hidden = sorted(world.tables["property.properties"].keys() - sees["first manager"]["property.properties"])[:20]
    text = NAMES.replace("{ id }", "{ id } ... on Property { tickets { totalCount nodes { id } } }")
    rows = [{"__typename": "Property", "id": str(key)} for key in hidden]
    told = team.post("/graphql", json={"query": text, "variables": {"rows": rows}}).json()
    nothing = {"tickets": {"totalCount": 0, "nodes": []}}
    assert told["data"]["_entities"] == [row | nothing for row in rows]


@pytest.mark.parametrize(
    "body",
    [
        b'{"query": "%b", "variables": {"rows": [{"__typename": "Ticket", "number": "\\ud800"}]}}',
        b'{"query": "%b", "variables": {"rows": [{"__typename": "Ticket", "id": 1e999}]}}',
        b'{"query": "%b", "variables": {"rows": [{"__typename": "Ticket", "id": NaN}]}}',
        b'{"query": "%b", "variables": {"rows": [{"__typename": "Ticket", "id": ' + b"9" * 5_000 + b"}]}}",
        b'{"query": "%b", "variables": {"rows": [{"__typename": "Ticket", "__typename": "Contact", "id": "x"}]}}',
        b'{"query": "%b", "variables": {"rows": ' + b"[" * 10_000 + b"]" * 10_000 + b"}}",
    ],
    ids=["half a surrogate", "infinite", "not a number", "a huge number", "two types", "deep"],
)
def test_json_that_is_none_is_refused(body: bytes, team: httpx.Client) -> None:
    complete = body % orjson.dumps(NAMES)[1:-1]
    response = team.post("/graphql", content=complete, headers={"content-type": "application/json"})
    assert response.status_code in {200, 400}, response.text[:300]
    assert response.json()["errors"][0]["extensions"]["code"] != "INTERNAL"
    assert response.json().get("data") is None
