"""The console can be read and operated by everybody: axe-core finds nothing serious."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.console.browser import Watch
from tests.console.packages import WEB
from tests.console.picture import Picture
from tests.console.schema_map import SchemaMap
from tests.console.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Generator

    from playwright.sync_api import Browser, Page

    from tests.process.gateway import Gateway

BY_MONTH = "query Monthly { tickets { groups(by: [CREATED_AT], bucket: MONTH) { key { createdAt } count } } }"
# GraphiQL's own tabs are buttons within elements of the role tab: of the two, the button is reached and does it all.
# Voyager draws in `.canvas`, by itself.
_FOUND = """async () => {
  const told = await axe.run({exclude: [['.graphiql-tab'], ['.canvas']]});
  const serious = told.violations.filter(({impact}) => impact === 'serious' || impact === 'critical');
  return serious.map(({id, nodes}) => `${id}: ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`);
}"""


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, npm: str) -> Generator[Page]:  # noqa: ARG001 - has axe-core
    """In both colours; axe-core is put into the page, which its policy would forbid."""
    context = browser.new_context(
        viewport={"width": 1500, "height": 850}, color_scheme=request.param, bypass_csp=True, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def _with_axe(page: Page) -> None:
    page.evaluate((WEB / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))


@pytest.fixture
def screen(page: Page, gateway: Gateway) -> Screen:
    screen = Screen.opened(page, Watch(gateway.address))
    screen.knows_schema()
    _with_axe(page)
    return screen


def _serious(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_FOUND)
    return found


def test_nothing_serious_is_found_in_any_way_to_look_at_a_result(screen: Screen) -> None:
    assert _serious(screen.page) == []
    screen.open("Analyses")
    screen.ask(BY_MONTH)
    expect(screen.result).to_contain_text("count")
    for panel in ("JSON", "Table", "Chart", "Explain"):
        screen.look(panel)
        if panel == "Explain":
            expect(screen.page.get_by_text("most costly")).to_be_visible()
        assert _serious(screen.page) == [], panel


def test_nothing_serious_is_found_in_what_is_said_of_a_failure(screen: Screen) -> None:
    screen.ask("query Mine { nothing }")
    expect(screen.strip).to_be_visible()
    assert _serious(screen.page) == []


def test_nothing_serious_is_found_in_workflows_and_timelines(page: Page, gateway: Gateway) -> None:
    picture = Picture.opened(page, Watch(gateway.address))
    _with_axe(page)
    assert _serious(page) == []
    number = gateway.data("{ tickets(first: 1) { nodes { number } } }")["tickets"]["nodes"][0]["number"]
    picture.draw_timeline(number)
    expect(picture.items.first).to_be_visible()
    picture.choose("maintenance")
    picture.state("QUOTED").click()
    assert _serious(page) == []
    page.context.set_offline(True)
    page.get_by_role("button", name="Refresh").first.click()
    expect(picture.failure).to_be_visible()
    assert _serious(page) == []


def test_nothing_serious_is_found_around_a_map(page: Page, gateway: Gateway) -> None:
    """Within it Voyager's eyes have no names, and its list no keyboard: the choices and links beside it do the same."""
    schema_map = SchemaMap.opened(page, Watch(gateway.address))
    _with_axe(page)
    assert _serious(page) == []
    schema_map.entity("Contact").locator(".type-title").click()
    expect(page.get_by_role("button", name="Draw around Contact")).to_be_visible()
    assert _serious(page) == []
    page.context.set_offline(True)
    page.get_by_label("Ask as").select_option("analyst")
    expect(schema_map.failure).to_be_visible()
    assert _serious(page) == []
