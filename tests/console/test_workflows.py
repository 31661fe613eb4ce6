"""A workflow is drawn as the graph has it, with the tickets that stand in it now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.console.screen import Screen

if TYPE_CHECKING:
    from tests.console.conftest import Opening, Visiting
    from tests.console.picture import Picture
    from tests.process.gateway import Gateway

WORKFLOW = """{
  workflow(name: "%(name)s") {
    states(first: 100) { nodes { name position } }
    transitions(first: 1000) { nodes { fromState toState roles guards } }
  }
  tickets(where: {workflow: {eq: "%(name)s"}}) { groups(by: [STATUS]) { key { status } count } }
}"""
OPEN = '{ tickets(first: 1, where: {workflow: {eq: "general"}, status: {eq: OPEN}}) { nodes { id } } }'
BEGIN = 'mutation { transitionTicket(input: {ticketId: "%s", to: IN_PROGRESS}) { problems { code } } }'


def _graph(gateway: Gateway, name: str) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """The states in their order with how many tickets stand there, and the steps."""
    data = gateway.data(WORKFLOW % {"name": name})
    counts = {group["key"]["status"]: group["count"] for group in data["tickets"]["groups"]}
    states = sorted(data["workflow"]["states"]["nodes"], key=lambda state: state["position"])
    return {state["name"]: counts.get(state["name"], 0) for state in states}, data["workflow"]["transitions"]["nodes"]


@pytest.mark.parametrize("name", ["maintenance", "general"])
def test_states_steps_and_counts_are_those_of_the_graph(picture: Picture, gateway: Gateway, name: str) -> None:
    picture.choose(name)
    counts, steps = _graph(gateway, name)
    assert list(picture.counts().items()) == list(counts.items())
    assert sum(counts.values()) > 0
    assert sorted(picture.arrows()) == sorted(f"{step['fromState']}>{step['toState']}" for step in steps)
    expect(picture.page).to_have_url(re.compile(f"#workflow={name}$"))


def test_a_state_that_is_reached_by_the_keyboard_tells_who_may_go_on_and_what_must_hold(
    picture: Picture, gateway: Gateway
) -> None:
    picture.choose("maintenance")
    picture.page.get_by_role("button", name="Refresh").first.focus()
    picture.page.keyboard.press("Tab")
    expect(picture.state("REPORTED")).to_be_focused()
    for step in _graph(gateway, "maintenance")[1]:
        if step["fromState"] == "REPORTED":
            told = picture.steps.get_by_label("Leads to").get_by_role("listitem")
            told = told.filter(has_text=step["toState"].lower().replace("_", " "))
            for word in (*step["roles"], *step["guards"]):
                expect(told).to_contain_text(word.replace("_", " "))


def test_a_step_is_lifted_out_and_leads_on(picture: Picture) -> None:
    picture.choose("maintenance")
    picture.state("QUOTED").click()
    picture.steps.get_by_label("Leads to").get_by_role("button", name="on hold").focus()
    assert picture.page.locator(".arrow.near").count() == 1
    expect(picture.page.locator(".arrow.near")).to_have_attribute("data-step", "QUOTED>ON_HOLD")
    picture.page.keyboard.press("Enter")
    expect(picture.state("ON_HOLD")).to_be_focused()
    expect(picture.steps.get_by_role("heading", name="on hold")).to_be_visible()


def test_refreshed_it_counts_again(picture: Picture, gateway: Gateway) -> None:
    picture.choose("general")
    before = picture.counts()
    ticket = gateway.data(OPEN)["tickets"]["nodes"][0]["id"]
    assert gateway.data(BEGIN % ticket)["transitionTicket"]["problems"] == []
    picture.page.get_by_role("button", name="Refresh").first.click()
    expect(picture.state("OPEN")).to_have_attribute("data-count", str(before["OPEN"] - 1))
    expect(picture.state("IN_PROGRESS")).to_have_attribute("data-count", str(before["IN_PROGRESS"] + 1))


def test_a_state_leads_to_its_tickets_in_the_console(picture: Picture) -> None:
    picture.choose("maintenance")
    picture.state("CLOSED").click()
    picture.steps.get_by_role("link").click()
    screen = Screen(picture.page, picture.watch)
    expect(screen.editor.locator(".view-lines")).to_contain_text("StandingHere")
    screen.knows_schema()
    screen.run()
    expect(screen.result).to_contain_text("totalCount")


def test_the_console_and_the_workflows_lead_to_each_other(gateway: Gateway, opening: Opening) -> None:
    screen = opening(gateway.address)
    screen.page.get_by_role("link", name="Workflows").click()
    expect(screen.page).to_have_url(f"{gateway.address}/workflows")
    screen.page.get_by_role("link", name="Console").click()
    expect(screen.page).to_have_url(f"{gateway.address}/graphiql")


def test_who_is_not_staff_hears_that_workflows_are_staffs(picture: Picture) -> None:
    picture.page.get_by_label("Ask as").select_option("tenant")
    expect(picture.who).to_have_text(re.compile(r"\(tenant\)"))
    expect(picture.page.get_by_text("Workflows are staff’s")).to_be_visible()  # noqa: RUF001 - as shown
    expect(picture.states).to_have_count(0)
    picture.page.get_by_label("Ask as").select_option("analyst")
    expect(picture.states.first).to_be_visible()


def test_a_lost_connection_is_said_and_the_picture_stays(picture: Picture) -> None:
    picture.page.context.set_offline(True)
    picture.page.get_by_role("button", name="Refresh").first.click()
    expect(picture.failure).to_contain_text("The gateway cannot be reached.")
    expect(picture.states.first).to_be_visible()
    picture.page.context.set_offline(False)
    picture.failure.get_by_role("button", name="Try again").click()
    expect(picture.failure).to_have_count(0)


def test_the_page_loads_nothing_of_the_editor(gateway: Gateway, visiting: Visiting) -> None:
    page, watch = visiting(gateway.address)
    page.goto(f"{gateway.address}/workflows", wait_until="networkidle")
    assert any("/workflows-" in url for url in watch.requests)
    assert not any(
        re.search("/(monaco|graphiql-|worker|parts|console)", url.rpartition("assets")[2]) for url in watch.requests
    )
