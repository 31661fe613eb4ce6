"""The rules of values hold before anything is done, and all that is wrong is told at once."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.pool import Connection
from resolvers.commands.contract.codes import Code
from resolvers.commands.contract.problems import Refused
from resolvers.commands.contract.reading import read_input
from schema.assembly.graph import Graph, assemble
from schema.domains import DOMAINS
from schema.vocabulary.given import OMITTED
from tests.commands import trial
from tests.commands.player import Player
from tests.commands.trial import Say

_GRAPH: Graph = assemble(DOMAINS, (trial,))
_ID = "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"
_WINDOW = {"startsAt": "2026-01-01T00:00:00Z", "note": "Visit"}


@pytest.mark.parametrize(
    ("name", "value", "code", "path"),
    [
        ("text", "", Code.TEXT_EMPTY, ()),
        ("text", " \u2003", Code.TEXT_EMPTY, ()),
        ("text", "eleven long", Code.TEXT_TOO_LONG, ()),
        ("text", "two\nlines", Code.TEXT_UNPRINTABLE, ()),
        ("text", "a\x00b", Code.TEXT_UNPRINTABLE, ()),
        ("text", "a\x9bb", Code.TEXT_UNPRINTABLE, ()),
        ("story", "a\rb", Code.TEXT_UNPRINTABLE, ()),
        ("story", "", Code.TEXT_EMPTY, ()),
        ("number", 0, Code.NUMBER_OUT_OF_RANGE, ()),
        ("number", 6, Code.NUMBER_OUT_OF_RANGE, ()),
        ("cents", -1, Code.NUMBER_OUT_OF_RANGE, ()),
        ("cents", str(10**12 + 1), Code.NUMBER_OUT_OF_RANGE, ()),
        ("exact", "1.01", Code.NUMBER_OUT_OF_RANGE, ()),
        ("day", "1999-12-31", Code.MOMENT_OUT_OF_RANGE, ()),
        ("day", "2100-01-01", Code.MOMENT_OUT_OF_RANGE, ()),
        ("moments", ["2026-01-01T00:00:00Z", "9999-01-01T00:00:00Z"], Code.MOMENT_OUT_OF_RANGE, ("1",)),
        ("priority", None, Code.VALUE_MISSING, ()),
        ("data", {"long": "x" * 30}, Code.JSON_TOO_LARGE, ()),
        ("homeIds", ["nonsense"], Code.ID_MALFORMED, ("0",)),
        ("homeIds", [_ID, _ID], Code.LIST_REPEATS, ()),
        ("homeIds", [f"{_ID[:-1]}{n}" for n in range(4)], Code.LIST_TOO_LONG, ()),
        ("windows", [_WINDOW, {**_WINDOW, "note": "x" * 21}], Code.TEXT_TOO_LONG, ("1", "note")),
        ("windows", [_WINDOW] * 3, Code.LIST_TOO_LONG, ()),
        ("idempotencyKey", "", Code.TEXT_EMPTY, ()),
        ("idempotencyKey", "x" * 201, Code.TEXT_TOO_LONG, ()),
    ],
)
async def test_a_value_that_is_not_allowed_is_told_with_its_place(
    manager: Player, name: str, value: Any, code: Code, path: tuple[str, ...]
) -> None:
    problem = await manager.problem("say", **{"text": "Hi", "cents": 1, name: value})
    assert (problem["__typename"], problem["code"]) == ("Invalid", code)
    assert problem["path"] == ["input", name, *path]
    assert problem["message"][-1] == "."


async def test_all_that_is_wrong_is_told_at_once(manager: Player) -> None:
    problems = await manager.problems("say", text="", cents=-1, number=9)
    assert [problem["path"][1] for problem in problems] == ["text", "number", "cents"]


async def test_a_malformed_id_of_the_subject_is_invalid_and_shows_no_row(manager: Player) -> None:
    told = await manager.do("addComment", "comment { id } problems { code }", ticketId="nonsense", body="Hm.")
    assert told == {"comment": None, "problems": [{"code": "ID_MALFORMED"}]}


@pytest.mark.parametrize(
    "given",
    [
        {"story": "Lines\n\tand tabs."},
        {"story": None},
        {"text": "ten chars!", "number": 5, "cents": str(10**12), "exact": "-1"},
        {"text": "Grüße 👩‍🔧", "day": "2000-01-01"},
        {"windows": [_WINDOW, {**_WINDOW, "propertyId": None}]},
    ],
)
async def test_a_value_within_its_bounds_passes(manager: Player, given: dict[str, Any]) -> None:
    await manager.done("say", **{"text": "Hi", "cents": 1, **given})


async def test_a_wrong_input_changes_nothing(manager: Player, ticket: str, owner: Connection) -> None:
    sql = "SELECT count(*) FROM team.ticket_comments"
    before = await owner.fetchval(sql)
    await manager.problem("addComment", ticketId=ticket, body="bell \a")
    assert await owner.fetchval(sql) == before


@given(st.text(st.characters(exclude_categories=[]), max_size=30))
@settings(max_examples=300)
def test_text_passes_exactly_where_it_can_be_read_and_kept(text: str) -> None:
    command = _GRAPH.commands["say"]
    hidden = any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text)
    if hidden or not text.strip():
        with pytest.raises(Refused) as refused:
            read_input(command, {"text": "Hi", "cents": 1, "story": text})
        assert {problem.path for problem in refused.value.problems} == {("input", "story")}
    else:
        assert read_input(command, {"text": "Hi", "cents": 1, "story": text}).given.story == text


def test_what_is_left_out_gets_its_default() -> None:
    found = read_input(_GRAPH.commands["say"], {"text": "Hi", "cents": 1})
    assert found.given == Say(text="Hi", cents=1)  # type: ignore[arg-type] # a BigInt as clients write it
    assert (found.given.story, found.given.number, found.given.moments) == (OMITTED, 3, [])
