"""The console shows the graph as whoever asks sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.gateway.house import House, served

if TYPE_CHECKING:
    from tests.console.conftest import Opening
    from tests.console.screen import Screen

TOKEN = "cm_a-secret-that-nobody-else-shall-see"  # noqa: S105 - of nobody


def test_in_the_demo_another_viewer_has_another_graph(screen: Screen) -> None:
    screen.knows_schema()
    expect(screen.who).to_have_text(re.compile(r"\(manager\)"))
    screen.open("Documentation Explorer")
    docs = screen.page.locator(".graphiql-plugin")
    docs.get_by_role("link", name="Query", exact=True).click()
    fields = docs.locator(".graphiql-doc-explorer-field-name")
    expect(fields.first).to_be_visible()
    staff = fields.count()
    screen.page.get_by_label("Ask as").select_option("tenant")
    expect(screen.who).to_have_text(re.compile(r"^\w.* \(tenant\)"))
    expect(docs).not_to_contain_text("approvals")
    expect(fields.first).to_be_visible()
    assert fields.count() < staff
    screen.ask("{ viewer { role } }")
    expect(screen.result).to_contain_text('"role": "TENANT"')


def test_the_viewer_stays_when_the_page_is_loaded_again(screen: Screen) -> None:
    screen.page.get_by_label("Ask as").select_option("vendor")
    expect(screen.who).to_have_text(re.compile(r"\(vendor\)"))
    screen.page.reload()
    expect(screen.who).to_have_text(re.compile(r"\(vendor\)"))


def test_whoever_may_not_be_told_how_a_query_is_answered_hears_so(screen: Screen) -> None:
    screen.knows_schema()
    screen.page.get_by_label("Ask as").select_option("tenant")
    screen.ask("query Me { viewer { role } }")
    screen.look("Explain")
    expect(screen.page.get_by_role("tabpanel").locator(".dock-empty")).to_contain_text("managers and analysts only")


def test_a_token_is_sent_and_kept_for_the_tab_only(opening: Opening) -> None:
    house = House()
    with served(house, demo=False) as address:
        screen = opening(address)
        assert screen.page.get_by_label("Ask as").count() == 0
        screen.page.get_by_label("Token").fill(f"Bearer {TOKEN}")
        screen.page.get_by_role("button", name="Use").click()
        with screen.page.expect_request(lambda request: "Named" in (request.post_data or "")) as asked:
            screen.ask("query Named { tickets }")
        assert asked.value.headers["authorization"] == f"Bearer {TOKEN}"
        expect(screen.result).to_contain_text("MT-0")
        screen.page.get_by_role("button", name="Share").click()
        expect(screen.page).to_have_url(re.compile("#query="))
        screen.page.wait_for_timeout(800)  # history and tabs are stored half a second later
        assert TOKEN not in screen.page.url
        assert TOKEN not in screen.page.evaluate("JSON.stringify(localStorage)")
        assert TOKEN in screen.page.evaluate("JSON.stringify(sessionStorage)")
