"""A ticket's timeline is drawn along the time, as whoever asks sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.console.picture import Picture
    from tests.process.gateway import Gateway

NUMBER = '{ tickets(first: 1, where: {status: {eq: CLOSED}, workflow: {eq: "maintenance"}}) { nodes { number } } }'
TIMELINE = """{ ticket(number: "%s") { timeline(first: 1000) { totalCount edges { at node {
  __typename ... on AuditEvent { id } ... on TicketComment { id } ... on Message { id }
} } } } }"""
THEIRS = "{ tickets(first: 1) { nodes { number timeline { totalCount } } } }"


def _drawn(picture: Picture) -> list[str]:
    """The marks' items."""
    return [mark.get_attribute("data-id") or "" for mark in picture.page.locator(".mark").all()]


def _timeline(gateway: Gateway, number: str) -> list[dict[str, Any]]:
    edges: list[dict[str, Any]] = gateway.data(TIMELINE % number)["ticket"]["timeline"]["edges"]
    return edges


def test_its_items_are_those_of_the_graph_in_their_order(picture: Picture, gateway: Gateway) -> None:
    number = gateway.data(NUMBER)["tickets"]["nodes"][0]["number"]
    picture.draw_timeline(number)
    expect(picture.items.first).to_be_visible()
    edges = _timeline(gateway, number)
    assert len(edges) > 5
    assert sorted(_drawn(picture)) == sorted(edge["node"]["id"] for edge in edges)
    moments = [edge["at"][:16].replace("T", " ") for edge in edges]
    assert picture.items.get_by_role("time").all_inner_texts() == moments
    expect(picture.page.get_by_role("list", name="Items")).to_contain_text("status changed: ")
    expect(picture.page).to_have_url(re.compile(f"#ticket={number}$"))


def test_a_later_item_stands_farther_along(picture: Picture, gateway: Gateway) -> None:
    number = gateway.data(NUMBER)["tickets"]["nodes"][0]["number"]
    picture.draw_timeline(number)
    expect(picture.items.first).to_be_visible()
    places = {
        mark.get_attribute("data-id"): float(mark.get_attribute("cx") or "")
        for mark in picture.page.locator(".mark").all()
    }
    along = [places[edge["node"]["id"]] for edge in _timeline(gateway, number)]
    assert along == sorted(along)
    assert along[-1] > along[0]


def test_an_item_and_its_mark_are_lifted_out_together(picture: Picture, gateway: Gateway) -> None:
    number = gateway.data(NUMBER)["tickets"]["nodes"][0]["number"]
    picture.draw_timeline(number)
    expect(picture.items.first).to_be_visible()
    expect(picture.page.get_by_text("Point at a mark, and what it stands for is told here.")).to_be_visible()
    picture.page.locator(".mark").last.hover()
    last = picture.page.locator(".mark").last.get_attribute("data-id")
    expect(picture.page.locator(".items .near")).to_have_count(1)
    expect(picture.page.locator(".mark.near")).to_have_attribute("data-id", last or "")
    expect(picture.page.locator(".caption")).not_to_contain_text("Point at a mark")
    picture.items.nth(2).hover()
    edges = _timeline(gateway, number)
    expect(picture.page.locator(".mark.near")).to_have_attribute("data-id", edges[2]["node"]["id"])


def test_a_number_that_nobody_sees_is_said_to_be_none(picture: Picture) -> None:
    picture.draw_timeline("MT-1999-1")
    expect(picture.page.get_by_text("You see no ticket of the number MT-1999-1.")).to_be_visible()


def test_a_tenant_sees_what_is_theirs_of_it(picture: Picture, gateway: Gateway) -> None:
    headers = {"x-demo-viewer": "tenant"}
    answer = httpx.post(f"{gateway.address}/graphql", json={"query": THEIRS}, headers=headers).json()
    ticket = answer["data"]["tickets"]["nodes"][0]
    picture.page.get_by_label("Ask as").select_option("tenant")
    picture.draw_timeline(ticket["number"])
    expect(picture.items).to_have_count(ticket["timeline"]["totalCount"])
    expect(picture.failure).to_have_count(0)
