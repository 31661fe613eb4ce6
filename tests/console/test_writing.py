"""Queries are written with the console's help, and run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.console.conftest import Opening
    from tests.console.screen import Screen
    from tests.process.gateway import Gateway

COUNT = "query Count($first: Int!) { tickets(first: $first) { nodes { number } } }"
ADD_COMMENT = """
mutation Remark { addComment(input: {ticketId: "%s", body: "The tap still leaks."}) {
  comment { body } problems { code }
} }
"""


def test_a_field_is_completed_while_a_query_is_typed_and_the_query_runs_by_the_keyboard(screen: Screen) -> None:
    screen.knows_schema()
    screen.clear()
    keyboard = screen.page.keyboard
    keyboard.type("{ viewer { ro", delay=30)
    suggested = screen.page.locator(".suggest-widget").get_by_label(re.compile("^role"))
    expect(suggested.first).to_be_visible()
    keyboard.press("Enter")
    keyboard.press("Control+Enter")
    expect(screen.result).to_contain_text('"role": "MANAGER"')


def test_a_click_in_the_explorer_writes_the_field(screen: Screen) -> None:
    screen.knows_schema()
    screen.write("query Me { viewer { role } }")
    screen.open("GraphiQL Explorer")
    explorer = screen.page.locator(".graphiql-explorer-root")
    explorer.get_by_text("operator", exact=True).first.click()
    expect(screen.editor.locator(".view-lines")).to_contain_text("operator")


def test_the_documentation_tells_what_a_type_is(screen: Screen) -> None:
    screen.knows_schema()
    screen.open("Documentation Explorer")
    docs = screen.page.locator(".graphiql-plugin")
    docs.get_by_role("link", name="Query", exact=True).click()
    expect(docs).to_contain_text("tickets")


def test_a_mutation_is_done_and_what_was_asked_is_in_the_history(screen: Screen, gateway: Gateway) -> None:
    screen.knows_schema()
    ticket = gateway.data("{ tickets(first: 1) { nodes { id comments { totalCount } } } }")["tickets"]["nodes"][0]
    screen.ask(ADD_COMMENT % ticket["id"])
    expect(screen.result).to_contain_text('"body": "The tap still leaks."')
    asked = '{ node(id: "%s") { ... on Ticket { comments { totalCount } } } }' % ticket["id"]  # noqa: UP031 - braces
    assert gateway.data(asked)["node"]["comments"]["totalCount"] == ticket["comments"]["totalCount"] + 1
    screen.open("History")
    expect(screen.page.locator(".graphiql-plugin")).to_contain_text("Remark")


def test_a_shared_link_opens_the_query_with_its_variables(screen: Screen, gateway: Gateway, opening: Opening) -> None:
    screen.write(COUNT)
    screen.page.get_by_role("button", name="Variables").click()
    screen.page.get_by_label("Variables").locator(".view-lines").click()
    screen.page.keyboard.insert_text('{"first": 3}')
    screen.page.get_by_role("button", name="Share").click()
    expect(screen.page).to_have_url(re.compile("#query="))
    fragment = screen.page.url.partition("#")[2]
    shared = opening(gateway.address, f"#{fragment}")
    expect(shared.page.get_by_label("Variables").locator(".view-lines")).to_contain_text('"first": 3')
    expect(shared.page).to_have_url(f"{gateway.address}/graphiql")
    expect(shared.result).to_have_text("")  # nobody's link runs anything by itself
    shared.run()
    expect(shared.result).to_contain_text('"number": ')


def test_a_link_that_is_followed_in_an_open_console_leaves_what_was_written_in_its_tab(screen: Screen) -> None:
    screen.write("query Mine { viewer { role } }")
    expect(screen.page.get_by_role("tab", name="Mine")).to_be_visible()
    screen.page.evaluate("location.hash = 'query=' + encodeURIComponent('query Theirs { tickets { totalCount } }')")
    expect(screen.editor.locator(".view-lines")).to_contain_text("Theirs")
    screen.page.get_by_role("tab", name="Mine").click()
    expect(screen.editor.locator(".view-lines")).to_contain_text("Mine")


def test_a_saved_analysis_is_found_by_its_words_run_by_one_click_and_remembered(screen: Screen) -> None:
    screen.knows_schema()
    screen.open("Analyses")
    screen.page.get_by_label("Search analyses").fill("backlog team age")
    screen.page.get_by_role("button", name="Backlog by team and age").click()
    expect(screen.result).to_contain_text('"byTeam"')
    expect(screen.editor.locator(".view-lines")).to_contain_text("BacklogByTeam")
    screen.open("History")
    remembered = screen.page.get_by_role("region", name="History").get_by_role("listitem")
    expect(remembered).to_have_count(1)
    screen.clear()
    remembered.get_by_text("BacklogByTeam").click()
    expect(screen.editor.locator(".view-lines")).to_contain_text("query BacklogByTeam(")


def test_what_was_written_is_still_there_after_a_reload(screen: Screen) -> None:
    screen.write("query Kept { viewer { role } }")
    expect(screen.page.get_by_role("tab", name="Kept")).to_be_visible()
    screen.page.wait_for_timeout(800)  # it is stored half a second later
    screen.page.reload()
    expect(screen.editor.locator(".view-lines")).to_contain_text("Kept")
