"""A query that takes too long is stopped, by the gateway too; what was written stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.console.screen import SOON
from tests.gateway.house import House, served

if TYPE_CHECKING:
    from collections.abc import Generator

    from playwright.sync_api import Locator

    from tests.console.conftest import Opening
    from tests.console.screen import Screen

SLOWLY = "query Slowly { slowly }"


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def screen(house: House, opening: Opening) -> Generator[Screen]:
    """It waits for an answer that does not come."""
    with served(house) as address:
        screen = opening(address)
        screen.knows_schema()
        screen.ask(SLOWLY)
        assert house.started.wait(SOON / 1000)
        expect(_stop(screen)).to_be_visible()
        yield screen


def _stop(screen: Screen) -> Locator:
    return screen.page.get_by_role("button", name="Stop query")


def test_a_query_that_is_stopped_is_ended_everywhere_and_stays_written(screen: Screen, house: House) -> None:
    with screen.page.expect_event("requestfailed") as failed:
        _stop(screen).click()
    assert failed.value.failure == "net::ERR_ABORTED"
    assert "Slowly" in (failed.value.post_data or "")
    assert house.cancelled.wait(SOON / 1000)
    expect(screen.page.get_by_role("button", name="Execute query")).to_be_visible()
    expect(screen.strip).to_have_count(0)
    expect(screen.result).to_have_text("")
    expect(screen.editor.locator(".view-lines")).to_contain_text("Slowly")


def test_after_it_another_can_be_run(screen: Screen) -> None:
    _stop(screen).click()
    screen.ask("query Another { tickets }")
    expect(screen.result).to_contain_text("MT-0")


def test_it_is_stopped_by_the_keyboard(screen: Screen, house: House) -> None:
    screen.editor.locator(".view-lines").click()
    screen.page.keyboard.press("Control+Enter")
    assert house.cancelled.wait(SOON / 1000)
    expect(screen.page.get_by_role("button", name="Execute query")).to_be_visible()


def test_a_saved_analysis_that_is_clicked_takes_its_place(screen: Screen, house: House) -> None:
    screen.open("Analyses")
    with screen.page.expect_request(lambda request: "BacklogByTeam" in (request.post_data or "")):
        screen.page.get_by_role("button", name=re.compile("^Backlog by team and age")).click()
    assert house.cancelled.wait(SOON / 1000)
    expect(screen.strip).to_contain_text("The query was not accepted.")
