"""The scenes of the guide for analysts: how each of its pictures comes about, and what it is to show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.console.picture import Picture
from tests.console.screen import Screen
from tests.house.source import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FloatRect, Page

    from tests.console.browser import Watch

    Play = Callable[[Page, Watch], None]

GUIDE = CHECKOUT / "docs" / "analysts.md"
WIDTH, HEIGHT = 1280, 800
COLOURS = """canvas => {
  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""
"""How many different ones a canvas has."""
_QUERIES = dict(re.findall(r"```graphql\n(?=query (\w+))(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL))


@dataclass(frozen=True)
class Scene:
    """What is done until the picture can be taken, and which part of the page it is."""

    name: str
    play: Play
    clip: FloatRect


def _part(left: int = 0, top: int = 0, right: int = WIDTH, bottom: int = HEIGHT) -> FloatRect:
    """Of fixed size, so that another machine's fonts change what is in it, but not the picture's measures."""
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def _linked(page: Page, watch: Watch, query: str, variables: str = "") -> Screen:
    """The console by a link: what is typed into it has brackets closed that the text closes itself."""
    screen = Screen.opened(page, watch, f"#{urlencode({'query': query, 'variables': variables})}")
    screen.knows_schema()
    return screen


def _asked(page: Page, watch: Watch, name: str, variables: str = "") -> Screen:
    """The console with a query of the guide, and its answer."""
    screen = _linked(page, watch, _QUERIES[name], variables)
    screen.run()
    expect(screen.result).to_contain_text('"data"')
    return screen


def _drag(screen: Screen, to: int, which: int = -1) -> None:
    """A line between two parts, so that neither is cut off: by default the last, between query and answer."""
    screen.page.locator(".graphiql-horizontal-drag-bar").nth(which).hover()
    screen.page.mouse.down()
    screen.page.mouse.move(to, HEIGHT / 2, steps=4)
    screen.page.mouse.up()
    screen.page.mouse.move(WIDTH - 1, HEIGHT - 1)


def _raise(page: Page, heading: str) -> None:
    """Scrolls until the heading is at the top."""
    place = page.get_by_role("heading", name=heading, exact=True)
    place.evaluate("heading => scrollBy(0, heading.getBoundingClientRect().top - 20)")


def _console(page: Page, watch: Watch) -> None:
    screen = Screen.opened(page, watch)
    screen.knows_schema()
    expect(screen.editor.locator(".view-lines")).to_contain_text("query Newest")
    expect(screen.who).to_have_text(re.compile(r"^\w.* \(manager\)"))
    screen.run()
    expect(screen.result).to_contain_text('"totalCount"')
    expect(screen.result).to_contain_text('"createdAt"')


def _analyses(page: Page, watch: Watch) -> None:
    screen = Screen.opened(page, watch)
    screen.knows_schema()
    screen.clear()
    screen.open("Analyses")
    page.get_by_label("Search analyses").fill("backlog")
    page.get_by_role("button", name="Backlog by team and age").click()
    expect(screen.result).to_contain_text('"byTeam"')
    _drag(screen, 325, 0)
    _drag(screen, 598)
    screen.look("Table")
    expect(screen.table.get_by_role("columnheader", name="min.createdAt")).to_be_visible()
    assert len(screen.column(1)) > 3
    expect(page.get_by_role("region", name="Saved analyses").get_by_role("listitem")).to_have_count(5)


def _table(page: Page, watch: Watch) -> None:
    screen = _asked(page, watch, "RepairsAndPeople")
    _drag(screen, 345)
    screen.look("Table")
    page.get_by_label("Rows of").select_option("tickets › participants")  # noqa: RUF001 - as shown
    screen.table.get_by_role("button", name="role").click()
    expect(screen.table.get_by_role("columnheader", name="contact.fullName")).to_be_visible()
    roles = screen.column(4)
    assert len(roles) > 12
    assert roles == sorted(roles)


def _chart(page: Page, watch: Watch) -> None:
    screen = _asked(page, watch, "RequestsByMonth")
    screen.look("Chart")
    page.get_by_label("Draw as").select_option("stacked")
    drawn = page.get_by_role("img", name="A stacked chart of count by key.createdAt for each key.ticketType;")
    expect(drawn.locator("canvas")).to_be_visible()
    expect(page.get_by_role("region", name="Legend")).to_contain_text("MAINTENANCE")
    assert drawn.locator("canvas").evaluate(COLOURS) > 20


def _completion(page: Page, watch: Watch) -> None:
    screen = _linked(
        page, watch, "query Mine {\n  tickets(first: 10) {\n    nodes {\n      number\n      \n    }\n  }\n}\n"
    )
    screen.editor.locator(".view-line").nth(4).click()
    page.keyboard.press("End")
    page.keyboard.type("re", delay=50)
    suggested = page.locator(".suggest-widget").get_by_label(re.compile("^requestor"))
    expect(suggested.first).to_be_visible()


def _explorer(page: Page, watch: Watch) -> None:
    screen = _linked(page, watch, "query Homes {\n  properties(first: 5) {\n    nodes {\n      code\n    }\n  }\n}\n")
    screen.open("GraphiQL Explorer")
    explorer = page.locator(".graphiql-explorer-root")
    explorer.get_by_text("name", exact=True).first.click()
    expect(screen.editor.locator(".view-lines")).to_contain_text("name")
    screen.run()
    expect(screen.result).to_contain_text('"name": ')


def _variables(page: Page, watch: Watch) -> None:
    screen = _asked(page, watch, "LongestUntouched", '{\n  "priorities": ["URGENT", "HIGH"],\n  "first": 12\n}')
    screen.look("Table")
    expect(page.get_by_text("12 rows")).to_be_visible()
    assert set(screen.column(3)) <= {"URGENT", "HIGH"}
    _drag(screen, 480)


def _explain(page: Page, watch: Watch) -> None:
    screen = _asked(page, watch, "RepairCosts")
    screen.look("Explain")
    told = page.get_by_role("region", name="How this is answered")
    expect(told.get_by_text("most costly")).to_be_visible()


def _error(page: Page, watch: Watch) -> None:
    screen = _linked(page, watch, _QUERIES["Newest"].replace("title", "titel"))
    screen.run()
    expect(screen.strip).to_contain_text("The query was not accepted. Cannot query field 'titel'")
    expect(screen.editor.locator(".squiggly-error").first).to_be_visible()


def _workflow(page: Page, watch: Watch) -> None:
    picture = Picture.opened(page, watch, "#workflow=general")
    picture.state("WAITING").click()
    expect(picture.steps.get_by_label("Leads to").get_by_role("listitem").first).to_be_visible()
    assert sum(picture.counts().values()) > 100
    _raise(page, "Workflow")


def _timeline(page: Page, watch: Watch) -> None:
    picture = Picture.opened(page, watch, "#ticket=MT-2026-117")
    expect(picture.items.first).to_contain_text("ticket created")
    expect(picture.items.last).to_contain_text("closed")
    _raise(page, "Timeline of a ticket")


def _map(page: Page, watch: Watch) -> None:
    page.goto(f"{watch.address}/schema-map#around=Project")
    drawn = page.get_by_role("region", name="Map: ")
    drawn.locator(".node").filter(has_text="ProjectProperty").last.click(position={"x": 10, "y": 5})
    expect(drawn.get_by_text("A home on a project's checklist.")).to_be_visible()
    expect(drawn.get_by_text("completedAt").first).to_be_visible()
    page.mouse.move(WIDTH - 1, HEIGHT - 1)


SCENES = [
    Scene("console", _console, _part()),
    Scene("analyses", _analyses, _part()),
    Scene("table", _table, _part(bottom=619)),
    Scene("chart", _chart, _part(left=656)),
    Scene("completion", _completion, _part(right=662, bottom=440)),
    Scene("explorer", _explorer, _part()),
    Scene("variables", _variables, _part()),
    Scene("explain", _explain, _part(bottom=622)),
    Scene("error", _error, _part(bottom=540)),
    Scene("workflow", _workflow, _part()),
    Scene("timeline", _timeline, _part(bottom=772)),
    Scene("map", _map, _part()),
]
