"""Finding rows: by id, by what people call them, by words; never another operator's."""

from __future__ import annotations

import pytest

from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from tests.graph.client import Client
from tests.graph.model import Model
from tests.graph.plainly import Plain

_GRAPH = assemble(DOMAINS)
_UNKNOWN = "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"
_KEYS = [(entity.name, column.name) for entity in _GRAPH for column in entity.natural_keys]
_SEARCH = """query ($text: String!, $types: [SearchType!], $first: Int) {
    search(text: $text, types: $types, first: $first) { rank node { __typename ... on Node { id } } }
}"""


async def test_node_finds_a_row_of_every_entity(client: Client, model: Model) -> None:
    for entity in model.graph:
        row = model.rows(entity)[-1]
        query = f'{{ node(id: "{row["id"]}") {{ __typename id ... on {entity.name} {{ createdAt }} }} }}'
        found = (await client.ask(query))["node"]
        assert (found["__typename"], found["id"]) == (entity.name, str(row["id"]))
        assert found["createdAt"]
        assert (await client.ask(f'{{ {entity.singular}(id: "{row["id"]}") {{ id }} }}'))[entity.singular] == {
            "id": str(row["id"])
        }


async def test_nodes_come_in_the_order_of_their_ids_with_null_for_what_there_is_not(
    client: Client, model: Model
) -> None:
    ids = [str(model.rows(entity)[0]["id"]) for entity in model.graph]
    asked = [*reversed(ids), _UNKNOWN, ids[3], ids[3].upper(), ids[0]]
    found = (await client.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": asked}))["nodes"]
    assert [node and node["id"] for node in found] == [*reversed(ids), None, ids[3], ids[3], ids[0]]


@pytest.mark.parametrize(("name", "column"), _KEYS)
async def test_a_row_is_found_by_what_people_call_it(client: Client, model: Model, name: str, column: str) -> None:
    entity = model.entity(name)
    key = entity.columns[column].natural_key
    assert key
    field = f"{entity.singular}By{key[0].upper()}{key[1:]}"
    rows = [row for row in model.rows(entity) if row[column] is not None][:5]
    for row in rows:
        found = (await client.ask(f"query ($key: String!) {{ {field}({key}: $key) {{ id }} }}", {"key": row[column]}))[
            field
        ]
        assert found == {"id": str(row["id"])}
    assert rows


@pytest.mark.parametrize(("name", "column"), _KEYS)
async def test_the_singular_lookup_takes_the_id_or_what_people_call_it(
    client: Client, model: Model, name: str, column: str
) -> None:
    entity = model.entity(name)
    field, key = entity.singular, entity.columns[column].natural_key
    row = next(row for row in model.rows(entity) if row[column] is not None)
    query = f"query ($id: ID, $key: String) {{ {field}(id: $id, {key}: $key) {{ id }} }}"
    found = {field: {"id": str(row["id"])}}
    assert await client.ask(f"query ($key: String!) {{ {field}({key}: $key) {{ id }} }}", {"key": row[column]}) == found
    assert await client.ask(query, {"key": row[column]}) == found
    assert await client.ask(query, {"key": row[column], "id": None}) == found
    assert await client.ask(query, {"id": str(row["id"])}) == found
    for given, words in (
        ({}, f"{field}: no id or {key} is given. Give one of them."),
        ({"id": None, "key": None}, f"{field}: no id or {key} is given. Give one of them."),
        ({"id": str(row["id"]), "key": row[column]}, f"{field}: id and {key} ask for two rows at once. Give one."),
    ):
        error = await client.refused(query, given)
        assert error.message.startswith(words.removesuffix(".")), error.message
        assert error.extensions == {"code": "BAD_USER_INPUT"}


async def test_no_row_of_another_operator_is_found_in_any_way(client: Client, neighbour: Client, plain: Plain) -> None:
    tried = 0
    for entity in filter(lambda entity: entity.owned, _GRAPH):
        rows = await plain.rows(neighbour.viewer, entity.table)
        if not rows:
            continue
        tried, foreign = tried + 1, rows[0]
        query = f"""query ($id: ID!) {{
            node(id: $id) {{ id }} nodes(ids: [$id]) {{ id }} {entity.singular}(id: $id) {{ id }}
            {entity.plural}(where: {{id: {{eq: $id}}}}) {{
                nodes {{ id }} totalCount aggregate {{ count }} groups(by: [CREATED_AT]) {{ count }}
            }}
        }}"""
        assert await client.ask(query, {"id": str(foreign["id"])}) == {
            "node": None,
            "nodes": [None],
            entity.singular: None,
            entity.plural: {"nodes": [], "totalCount": 0, "aggregate": {"count": 0}, "groups": []},
        }
        seen = await neighbour.ask(query, {"id": str(foreign["id"])})
        assert seen["node"] == {"id": str(foreign["id"])}
        assert seen[entity.plural]["totalCount"] == 1
    assert tried > 40


async def test_no_row_of_another_operator_is_found_by_its_key_or_its_words(
    client: Client, neighbour: Client, plain: Plain
) -> None:
    home = (await plain.rows(neighbour.viewer, "property.properties"))[0]
    lookup = "query ($code: String!) { propertyByCode(code: $code) { id } }"
    assert await client.ask(lookup, {"code": home["code"]}) == {"propertyByCode": None}
    assert await neighbour.ask(lookup, {"code": home["code"]}) == {"propertyByCode": {"id": str(home["id"])}}

    hits = (await neighbour.ask(_SEARCH, {"text": home["name"], "first": 1000}))["search"]
    theirs = {hit["node"]["id"] for hit in hits}
    assert str(home["id"]) in theirs
    found = (await client.ask(_SEARCH, {"text": home["name"], "first": 1000}))["search"]
    assert not theirs & {hit["node"]["id"] for hit in found}


async def test_the_same_number_of_two_operators_is_each_ones_own(
    client: Client, neighbour: Client, plain: Plain
) -> None:
    ours = {row["number"]: row["id"] for row in await plain.rows(client.viewer, "team.tickets")}
    both = {
        row["number"]: row["id"] for row in await plain.rows(neighbour.viewer, "team.tickets") if row["number"] in ours
    }
    assert both
    for number, theirs in list(both.items())[:5]:
        query = f'{{ ticketByNumber(number: "{number}") {{ id }} }}'
        assert await client.ask(query) == {"ticketByNumber": {"id": str(ours[number])}}
        assert await neighbour.ask(query) == {"ticketByNumber": {"id": str(theirs)}}
