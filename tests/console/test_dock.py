"""A result is looked at as a table, as a chart, as its explanation, and taken away."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from playwright.sync_api import expect

from tests.gateway.house import House, served

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.console.conftest import Opening
    from tests.console.screen import Screen

BY_STATUS = "{ tickets { groups(by: [STATUS], orderBy: COUNT_DESC) { key { status } count } } }"
BY_MONTH = "{ tickets { groups(by: [CREATED_AT, PRIORITY], bucket: MONTH) { key { createdAt priority } count } } }"
BY_MONTH_AND_STATUS = BY_MONTH.replace("PRIORITY], bucket: MONTH", "STATUS], bucket: MONTH, first: 500").replace(
    "priority", "status"
)
PEOPLE = "{ tickets(first: 5) { nodes { number participants(first: 3) { nodes { role contact { fullName } } } } } }"
PLAN = """Limit  (cost=30.00..100.00 rows=5 width=8)
  InitPlan 1
    ->  Result  (cost=0.00..30.00 rows=1 width=8)
  ->  Result  (cost=0.00..1400.00 rows=100 width=8)
        One-Time Filter: (InitPlan 1).col1
        ->  Index Scan on tickets  (cost=0.00..200.00 rows=100 width=8)
        SubPlan 2
          ->  Index Scan on participants  (cost=0.00..12.00 rows=1 width=8)
"""


@pytest.fixture(scope="module")
def house() -> Generator[tuple[House, str]]:
    house = House()
    with served(house) as address:
        yield house, address


def _answered(house: tuple[House, str], opening: Opening, data: dict[str, Any]) -> Screen:
    """The console with an answer that the test made up."""
    engine, address = house
    engine.made_up()
    screen = opening(address)
    screen.knows_schema()
    engine.finished = orjson.dumps({"data": data})
    screen.ask("query Tickets { tickets }")
    expect(screen.result).to_contain_text("data")
    return screen


def test_a_table_is_sorted_by_a_click_and_back_by_another(screen: Screen) -> None:
    screen.ask(BY_STATUS)
    expect(screen.result).to_contain_text("count")
    screen.look("Table")
    count = screen.table.get_by_role("button", name="count")
    count.click()
    counts = [int(cell) for cell in screen.column(2)]
    assert len(counts) > 2
    assert counts == sorted(counts)
    count.click()
    expect(screen.table.get_by_role("columnheader", name="count")).to_have_attribute("aria-sort", "descending")
    assert [int(cell) for cell in screen.column(2)] == sorted(counts, reverse=True)


def test_nested_rows_are_flattened_and_have_rows_of_their_own(screen: Screen) -> None:
    screen.ask(PEOPLE)
    expect(screen.result).to_contain_text("fullName")
    screen.look("Table")
    expect(screen.table.get_by_role("columnheader")).to_have_text(["number", "participants"])
    assert len(screen.column(1)) == 5
    screen.page.get_by_label("Rows of").select_option("tickets › participants")  # noqa: RUF001 - as shown
    headings = ["tickets.number", "role", "contact.fullName"]
    expect(screen.table.get_by_role("columnheader")).to_have_text(headings)
    assert len(screen.column(1)) > 5


def test_of_an_answer_without_anything_no_table_is_made(screen: Screen) -> None:
    screen.ask("{ tickets(first: 3000) { nodes { number } } }")
    expect(screen.strip).to_contain_text("The query was not accepted. first is 3000; a page has at most 1000 rows.")
    screen.look("Table")
    expect(screen.page.get_by_text("The answer has nothing to show.")).to_be_visible()
    expect(screen.table).to_have_count(0)


def test_twenty_thousand_rows_are_sorted_and_scrolled_at_once(house: tuple[House, str], opening: Opening) -> None:
    rows = [{"number": f"MT-{n}", "cents": str(n * 7919 % 20_000)} for n in range(20_000)]
    screen = _answered(house, opening, {"tickets": {"nodes": rows}})
    started = time.monotonic()
    screen.look("Table")
    screen.table.get_by_role("button", name="cents").click()
    expect(screen.page.get_by_text("20,000 rows")).to_be_visible()
    assert [int(cell) for cell in screen.column(2)[:3]] == [0, 1, 2]
    screen.page.get_by_role("region", name="Rows").focus()
    screen.page.keyboard.press("End")
    expect(screen.table.get_by_text("19999", exact=True)).to_be_visible()
    assert time.monotonic() - started < 10
    assert len(screen.column(1)) < 100


def test_cells_that_a_spreadsheet_would_compute_are_made_text(house: tuple[House, str], opening: Opening) -> None:
    titles = ["=1+1", "+49 30 1", "-1+1", "@SUM(A1)", 'Tap, "left"', "-7", "plain"]
    screen = _answered(house, opening, {"tickets": [{"title": title, "cents": -5} for title in titles]})
    screen.look("Table")
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name="CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    told = list(csv.reader(io.StringIO(text)))
    assert told[0] == ["title", "cents"]
    assert [row[0] for row in told[1:]] == ["'=1+1", "'+49 30 1", "'-1+1", "'@SUM(A1)", 'Tap, "left"', "-7", "plain"]
    assert {row[1] for row in told[1:]} == {"-5"}


def test_what_is_copied_is_as_safe_and_fills_a_spreadsheets_cells(house: tuple[House, str], opening: Opening) -> None:
    screen = _answered(house, opening, {"tickets": [{"title": "=1+1", "note": "two\tcells\nor rows"}]})
    screen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.look("Table")
    screen.page.get_by_role("button", name="Copy", exact=True).click()
    expect(screen.page.get_by_role("button", name="Copied")).to_be_visible()
    assert screen.page.evaluate("navigator.clipboard.readText()") == "title\tnote\n'=1+1\ttwo cells or rows"


@pytest.mark.parametrize(
    ("query", "guessed"),
    [
        (BY_STATUS, "A bar chart of count by key.status;"),
        (BY_MONTH, "A line chart of count by key.createdAt for each key.priority;"),
        (BY_STATUS.replace("[STATUS]", "[STATUS, PRIORITY]").replace("{ status }", "{ status priority }"),
         "A stacked chart of count by key.status for each key.priority;"),
    ],
)  # fmt: skip
def test_groups_are_drawn_as_they_are_best_seen(screen: Screen, query: str, guessed: str) -> None:
    screen.ask(query)
    expect(screen.result).to_contain_text("count")
    screen.look("Chart")
    picture = screen.page.get_by_role("img", name=guessed)
    expect(picture.locator("canvas")).to_be_visible()
    for kind in ("line", "bar", "stacked"):
        screen.page.get_by_label("Draw as").select_option(kind)
        expect(screen.page.get_by_role("img", name=f"A {kind} chart")).to_be_visible()
        assert _colours(screen) > 3


@pytest.mark.parametrize("kind", ["line", "stacked"])
def test_the_legend_names_every_series_the_greatest_first(screen: Screen, kind: str) -> None:
    screen.ask(BY_MONTH_AND_STATUS)
    expect(screen.result).to_contain_text("count")
    screen.look("Chart")
    screen.page.get_by_label("Draw as").select_option(kind)
    expect(screen.page.get_by_role("img", name=f"A {kind} chart")).to_be_visible()
    legend = screen.page.get_by_role("region", name="Legend")
    names = legend.locator(".u-series .u-label").all_inner_texts()
    assert (names[:3], names[-1], len(names)) == (["at", "CLOSED", "CANCELLED"], "(others)", 13)
    assert legend.evaluate("place => place.scrollHeight - place.clientHeight") == 0


def test_a_legend_without_room_is_scrolled_and_leaves_the_picture_its_own(screen: Screen) -> None:
    screen.ask(BY_MONTH_AND_STATUS)
    expect(screen.result).to_contain_text("count")
    screen.page.set_viewport_size({"width": 900, "height": 450})
    screen.look("Chart")
    legend = screen.page.get_by_role("region", name="Legend")
    expect(legend).to_have_css("overflow-y", "auto")
    assert legend.evaluate("place => place.scrollHeight - place.clientHeight") > 0
    last = legend.get_by_text("(others)")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    expect(screen.page.locator(".chart canvas")).to_be_in_viewport(ratio=1)


def test_a_charts_words_can_be_read_when_the_theme_becomes_another(screen: Screen) -> None:
    screen.ask(BY_STATUS)
    expect(screen.result).to_contain_text("count")
    screen.look("Chart")
    expect(screen.page.locator(".chart canvas")).to_be_visible()
    assert _ink(screen) < 0.4
    screen.page.emulate_media(color_scheme="dark")
    assert _ink(screen) > 0.6
    screen.page.get_by_role("button", name="Open settings dialog").click()
    screen.page.get_by_role("dialog").get_by_role("button", name="Light").click()
    assert _ink(screen) < 0.4
    screen.page.get_by_role("dialog").get_by_role("button", name="Dark").click()
    assert _ink(screen) > 0.6


def _ink(screen: Screen) -> float:
    """The lightness of the words at the axes: of the most opaque pixels at the chart's left edge, once it is drawn."""
    code = """canvas => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
      const {data} = canvas.getContext('2d').getImageData(0, 0, 60, canvas.height);
      const drawn = [];
      for (let n = 0; n < data.length; n += 4) {
        if (data[n + 3] > 200) drawn.push((data[n] + data[n + 1] + data[n + 2]) / 765);
      }
      done(drawn.reduce((sum, one) => sum + one, 0) / drawn.length);
    })))"""
    return float(screen.page.locator(".chart canvas").evaluate(code))


def _colours(screen: Screen) -> int:
    """How many different ones the picture has: an empty one has those of its axes."""
    code = """canvas => {
      const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    }"""
    return int(screen.page.locator(".chart canvas").evaluate(code))


def test_rows_without_numbers_are_not_drawn(screen: Screen) -> None:
    screen.ask("{ tickets(first: 2) { nodes { title } } }")
    expect(screen.result).to_contain_text("title")
    screen.look("Chart")
    expect(screen.page.get_by_text("These rows have no numbers to draw.")).to_be_visible()


def test_an_explanation_shows_the_statement_and_marks_what_costs_most(screen: Screen) -> None:
    screen.knows_schema()
    screen.ask(BY_STATUS)
    expect(screen.result).to_contain_text("count")
    screen.look("Explain")
    told = screen.page.get_by_role("region", name="How this is answered")
    expect(told.get_by_text("most costly")).to_have_count(1)
    expect(told.locator(".plan-node").nth(3)).to_be_visible()
    told.get_by_text("SQL", exact=True).click()
    expect(told.locator("pre")).to_contain_text("SELECT")


def test_a_cost_is_that_of_the_step_that_has_it(house: tuple[House, str], opening: Opening) -> None:
    engine, address = house
    engine.made_up()
    screen = opening(address)
    screen.knows_schema()
    explanation = {"operations": [{"title": "Tickets 1 of 1", "query": "SELECT", "explain": PLAN}]}
    engine.finished = orjson.dumps({"data": {"tickets": []}, "extensions": {"explain": explanation}})
    screen.ask("query Tickets { tickets }")
    expect(screen.result).to_contain_text("data")
    screen.look("Explain")
    told = screen.page.get_by_role("region", name="How this is answered")
    expect(told.locator(".plan-costly")).to_contain_text(
        "Index Scan on participants 60 % of the cost, about 1 row most"
    )
    shares = [line.strip().partition(" of the cost")[0] for line in told.locator(".plan-node").all_inner_texts()]
    assert shares == [
        "Limit 0 %",
        "InitPlan 1: Result 30 %",
        "Result 0 %",
        "Index Scan on tickets 10 %",
        "SubPlan 2: Index Scan on participants 60 %",
    ]


def test_a_mutation_is_not_done_again_to_be_explained(screen: Screen) -> None:
    screen.knows_schema()
    screen.write('mutation Never { addComment(input: {ticketId: "x", body: "y"}) { problems { code } } }')
    expect(screen.page.get_by_role("tab", name="Never")).to_be_visible()
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    screen.look("Explain")
    expect(screen.page.get_by_text("Only queries are explained")).to_be_visible()
    assert asked == []


def test_the_ways_to_look_are_reached_by_arrow_keys(screen: Screen) -> None:
    screen.page.get_by_role("tab", name="JSON").focus()
    screen.page.keyboard.press("ArrowRight")
    expect(screen.page.get_by_role("tab", name="Table")).to_be_focused()
    screen.page.keyboard.press("ArrowLeft")
    screen.page.keyboard.press("ArrowLeft")
    expect(screen.page.get_by_role("tab", name="Explain")).to_have_attribute("aria-selected", "true")
