"""The text search: the best first, whatever the case and the accents, and small slips of the pen do not matter."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph.client import Client
from tests.graph.meanings import fold
from tests.graph.model import Model, Row

_SEARCH = """query ($text: String!, $types: [SearchType!], $first: Int) {
    search(text: $text, types: $types, first: $first) { rank node {
        __typename ... on Ticket { id number } ... on Property { id name } ... on Contact { id fullName }
        ... on Company { id name }
    } }
}"""


async def _search(client: Client, text: str, **arguments: Any) -> list[Any]:
    found: list[Any] = (await client.ask(_SEARCH, {"text": text, **arguments}))["search"]
    return found


def _accented(model: Model) -> Row:
    """A contact whose name is theirs alone and has accents."""
    names = [row["full_name"] for row in model.rows(model.entity("Contact"))]
    return next(
        row
        for row in model.rows(model.entity("Contact"))
        if not row["full_name"].isascii() and names.count(row["full_name"]) == 1
    )


@pytest.mark.parametrize("turn", [str, str.upper, str.lower, fold, lambda name: f"  {name} "])
async def test_a_name_is_found_whatever_its_case_and_accents(client: Client, model: Model, turn: Any) -> None:
    contact = _accented(model)
    best = (await _search(client, turn(contact["full_name"]), types=["CONTACT"]))[0]
    assert best["node"] == {
        "__typename": "Contact",
        "id": str(contact["id"]),
        "fullName": contact["full_name"],
    }
    assert best["rank"] == 1


async def test_a_slip_of_the_pen_still_finds_the_name(client: Client, model: Model) -> None:
    contact = _accented(model)
    name = contact["full_name"]
    slipped = name[: len(name) // 2] + name[len(name) // 2 + 1 :]
    hits = await _search(client, slipped, types=["CONTACT"], first=5)
    assert str(contact["id"]) in [hit["node"]["id"] for hit in hits]


async def test_a_ticket_is_found_by_its_number(client: Client, model: Model) -> None:
    ticket = model.rows(model.entity("Ticket"))[7]
    best = (await _search(client, ticket["number"]))[0]
    assert best["node"] == {"__typename": "Ticket", "id": str(ticket["id"]), "number": ticket["number"]}


async def test_hits_come_best_first_and_no_more_than_asked_for(client: Client) -> None:
    hits = await _search(client, "water heater", first=1000)
    ranks = [hit["rank"] for hit in hits]
    assert ranks == sorted(ranks, reverse=True)
    assert all(0 < rank <= 1 for rank in ranks)
    assert ranks[0] > ranks[-1]
    assert len({hit["node"]["id"] for hit in hits}) == len(hits)
    for first in (0, 1, 7):
        assert await _search(client, "water heater", first=first) == hits[:first]


async def test_only_the_types_asked_for_are_searched(client: Client) -> None:
    text = "pine"
    everywhere = await _search(client, text, first=1000)
    kinds = {hit["node"]["__typename"] for hit in everywhere}
    assert len(kinds) > 1
    for kind in kinds:
        hits = await _search(client, text, types=[kind.upper()], first=1000)
        assert hits == [hit for hit in everywhere if hit["node"]["__typename"] == kind]


async def test_what_nothing_is_like_finds_nothing(client: Client) -> None:
    assert await _search(client, "qxzvjk") == []
    assert await _search(client, "%_\\") == []
