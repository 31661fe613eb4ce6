"""What goes wrong is said in words, and the query is never lost."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from gateway.refusal import Refusal
from gateway.viewers.unauthorized import invalid_token, no_credentials
from tests.gateway.house import House, served

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.console.conftest import Opening
    from tests.console.screen import Screen

FULL = Refusal.because(
    HTTPStatus.TOO_MANY_REQUESTS, "TOO_MANY_OPERATIONS", "Sixteen are running.", headers=[(b"retry-after", b"3")]
)


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def screen(house: House, opening: Opening) -> Generator[Screen]:
    """Outside the demo, with a token."""
    with served(house, demo=False) as address:
        screen = opening(address)
        screen.page.get_by_label("Token").fill("a.b.c")
        screen.page.get_by_role("button", name="Use").click()
        screen.knows_schema()
        yield screen


def _kept(screen: Screen, query: str) -> None:
    screen.page.wait_for_timeout(800)  # it is stored half a second later
    expect(screen.editor.locator(".view-lines")).to_contain_text(query)
    assert query in screen.page.evaluate("JSON.stringify(localStorage)")


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (invalid_token("The token has expired"), ["Your token is not accepted any more.", "has expired", "Paste"]),
        (FULL, ["Too much at once.", "Sixteen are running.", "in 3 s"]),
        (RuntimeError("hunter2"), ["The gateway failed at this.", "not your fault", "name the request"]),
    ],
)
def test_a_refusal_tells_what_to_do(screen: Screen, house: House, failure: Exception, words: list[str]) -> None:
    house.failure = failure
    screen.ask("query Mine { tickets }")
    for word in words:
        expect(screen.strip).to_contain_text(word)
    expect(screen.strip).not_to_contain_text("hunter2")
    _kept(screen, "Mine")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("query Mine { away }", "restarting. Your query is kept. Run it again in 7 s."),
        ("query Mine { broken }", "Part of this failed."),
        ("query Mine { nothing }", "The query was not accepted. Cannot query field"),
        ("query Mine { refused }", "The query was not accepted. Not on Sundays."),
        ("query Mine { tickets } }", "The query was not accepted. Syntax Error"),
    ],
)
def test_an_answer_without_data_says_why(screen: Screen, query: str, words: str) -> None:
    screen.ask(query)
    expect(screen.strip).to_contain_text(words)
    _kept(screen, "Mine")


def test_of_an_answer_in_part_the_missing_one_is_named_and_the_rest_is_shown(screen: Screen) -> None:
    screen.ask('query Mine { ticket(number: "7") refused again: refused }')
    expect(screen.strip).to_contain_text("A part is missing: Not on Sundays. (+1 more)")
    screen.look("Table")
    expect(screen.table.get_by_role("cell", name="Leaking tap 7")).to_be_visible()
    expect(screen.page.get_by_text("1 row", exact=True)).to_be_visible()


def test_a_lost_connection_is_said_and_the_query_runs_when_it_is_back(screen: Screen) -> None:
    screen.page.context.set_offline(True)
    screen.ask("query Mine { tickets }")
    expect(screen.strip).to_contain_text("The gateway cannot be reached. Your query is kept.")
    _kept(screen, "Mine")
    screen.page.context.set_offline(False)
    screen.strip.get_by_role("button", name="Try again").click()
    expect(screen.result).to_contain_text("MT-0")
    expect(screen.strip).to_have_count(0)


def test_who_has_not_said_who_they_are_is_asked_to(house: House, opening: Opening) -> None:
    house.failure = no_credentials("Who asks must be known here.")
    with served(house, demo=False) as address:
        screen = opening(address)
        expect(screen.strip).to_contain_text("The gateway does not know who asks. Paste a token at the top.")
        house.failure = None
        screen.page.get_by_label("Token").fill("a.b.c")
        screen.page.get_by_role("button", name="Use").click()
        expect(screen.strip).to_have_count(0)


def test_the_strip_can_be_put_away(screen: Screen) -> None:
    screen.ask("query Mine { nothing }")
    screen.strip.get_by_role("button", name="Hide this message").click()
    expect(screen.strip).to_have_count(0)
