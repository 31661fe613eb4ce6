"""The map draws the entities that the viewer sees, all or those around one, and leads on from them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from gateway.viewers.unauthorized import no_credentials
from tests.console.schema_map import SchemaMap
from tests.console.screen import Screen
from tests.gateway.house import House, served

if TYPE_CHECKING:
    from tests.console.conftest import Opening, Visiting
    from tests.process.gateway import Gateway

TYPES = """{ __schema { types {
  kind name interfaces { name }
  fields { name type { name ofType { name ofType { name ofType { name } } } } }
} } }"""
OVERLAP = """canvas => Math.max(...[...canvas.querySelectorAll('.field, .type-title')].flatMap(row => {
  const box = row.querySelector('polygon').getBBox();
  const words = [...row.querySelectorAll('text')].map(word => [word.textContent, word.getBBox()]);
  const ends = [...words.slice(1).map(([, {x}]) => x), box.x + box.width];
  return words.map(([text, {x, width}], n) => text.length > 1 ? x + width - ends[n] : 0);
}))"""
"""How far a word runs into the next or out of its box, in units of which 16 are a letter's size; brackets aside."""
LEAST_SEEN = 1.7
Edges = dict[str, Counter[str]]


@pytest.fixture
def schema_map(gateway: Gateway, visiting: Visiting) -> SchemaMap:
    """The map of the demo."""
    return SchemaMap.opened(*visiting(gateway.address))


def _asked(gateway: Gateway, role: str, query: str) -> dict[str, Any]:
    """What a viewer of the demo is told, without errors."""
    answer = httpx.post(f"{gateway.address}/graphql", json={"query": query}, headers={"x-demo-viewer": role})
    assert "errors" not in answer.json(), answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


def _innermost(ref: dict[str, Any] | None) -> str:
    while ref and ref.get("ofType"):
        ref = ref["ofType"]
    return str(ref["name"]) if ref else ""


def _edges(gateway: Gateway, role: str) -> Edges:
    """Every entity that the viewer sees, and how many edges lead from it to which."""
    told = _asked(gateway, role, TYPES)["__schema"]["types"]
    types = {each["name"]: each for each in told}
    entities = [
        name for name, each in types.items() if each["kind"] == "OBJECT" and {"name": "Node"} in each["interfaces"]
    ]

    def target(field: dict[str, Any]) -> str:
        name = _innermost(field["type"])
        nodes = [each for each in types[name]["fields"] or [] if each["name"] == "nodes"]
        return _innermost(nodes[0]["type"]) if name.endswith("Connection") and nodes else name

    return {name: Counter(to for to in map(target, types[name]["fields"]) if to in entities) for name in entities}


def _within(edges: Edges, name: str, steps: int) -> set[str]:
    reached = {name}
    for _ in range(steps):
        reached |= {to for each in reached for to in edges[each]}
    return reached


def _count(edges: Edges, among: set[str]) -> int:
    return sum(count for name in among for to, count in edges[name].items() if to in among)


@pytest.mark.parametrize("role", ["manager", "tenant"])
@pytest.mark.parametrize(("name", "steps"), [("Property", 1), ("Ticket", 1), ("Contact", 2)])
def test_what_is_drawn_is_what_the_viewers_edges_reach_in_so_many_steps(
    schema_map: SchemaMap, gateway: Gateway, role: str, name: str, steps: int
) -> None:
    schema_map.page.get_by_label("Ask as").select_option(role)
    expect(schema_map.who).to_have_text(re.compile(rf"\({role}\)"))
    schema_map.around.select_option(name)
    schema_map.steps.select_option(str(steps))
    edges = _edges(gateway, role)
    entities = _within(edges, name, steps)
    expect(schema_map.entities).to_have_count(len(entities))
    assert schema_map.names() == entities
    assert schema_map.edges.count() == _count(edges, entities) > 0
    expect(schema_map.page.get_by_label("Drawn")).to_contain_text(f"{len(entities)} entities")


def test_everything_is_every_entity_that_the_viewer_sees(schema_map: SchemaMap, gateway: Gateway) -> None:
    schema_map.around.select_option("everything")
    expect(schema_map.steps).to_be_disabled()
    staff = _edges(gateway, "manager")
    expect(schema_map.entities).to_have_count(len(staff))
    assert schema_map.names() == set(staff)
    schema_map.page.get_by_label("Ask as").select_option("tenant")
    tenants = _edges(gateway, "tenant")
    assert set(tenants) < set(staff)
    expect(schema_map.entities).to_have_count(len(tenants))
    assert schema_map.names() == set(tenants)
    assert schema_map.around.locator("option").all_inner_texts() == ["everything", *sorted(tenants)]


def test_a_choice_is_in_the_address_and_a_link_opens_the_same(
    schema_map: SchemaMap, gateway: Gateway, visiting: Visiting
) -> None:
    schema_map.around.select_option("Project")
    schema_map.steps.select_option("2")
    expect(schema_map.page).to_have_url(f"{gateway.address}/schema-map#around=Project&steps=2")
    edges = _edges(gateway, "manager")
    expect(schema_map.entities).to_have_count(len(_within(edges, "Project", 2)))
    shared = SchemaMap.opened(*visiting(gateway.address), "#around=Project&steps=2")
    assert shared.names() == schema_map.names()
    expect(shared.around).to_have_value("Project")
    expect(shared.steps).to_have_value("2")
    shared.page.evaluate("location.hash = 'around=Team'")
    expect(shared.entities).to_have_count(len(_within(edges, "Team", 1)))


def test_what_a_link_names_and_the_viewer_does_not_see_is_not_drawn(gateway: Gateway, visiting: Visiting) -> None:
    schema_map = SchemaMap.opened(*visiting(gateway.address), "#around=Nothing")
    assert schema_map.names() == _within(_edges(gateway, "manager"), "Property", 1)


def test_choices_that_follow_fast_leave_the_last_ones_picture(schema_map: SchemaMap, gateway: Gateway) -> None:
    for name in ("everything", "Ticket", "Reservation", "Team"):
        schema_map.around.select_option(name)
    expect(schema_map.page.locator(".canvas")).to_have_count(1)
    expect(schema_map.entity("Team")).to_be_visible()
    assert schema_map.names() == _within(_edges(gateway, "manager"), "Team", 1)


def test_few_entities_show_their_columns(schema_map: SchemaMap) -> None:
    assert "code" not in schema_map.entity("Property").locator(".field-name").all_text_contents()
    schema_map.around.select_option("Project")
    expect(schema_map.entity("Project").get_by_text("projectType")).to_be_visible()


@pytest.mark.parametrize("name", ["Project", "Ticket"])
def test_words_stay_in_their_boxes_and_apart(schema_map: SchemaMap, name: str) -> None:
    schema_map.around.select_option(name)
    expect(schema_map.entity(name).locator(".field-type").first).to_be_visible()
    assert float(schema_map.page.locator(".canvas").evaluate(OVERLAP)) < LEAST_SEEN


def test_it_says_by_whom_it_is_drawn_in_letters_that_every_font_has(schema_map: SchemaMap) -> None:
    expect(schema_map.panel.get_by_text("Powered by")).to_have_text("Powered by GraphQL Voyager")


def test_an_entity_that_is_pointed_at_is_told_of_and_leads_on(schema_map: SchemaMap) -> None:
    schema_map.entity("Contact").locator(".type-title").click()
    expect(schema_map.panel).to_contain_text("A person: guest, homeowner, tenant")
    expect(schema_map.panel.get_by_text("fullName")).to_be_visible()
    schema_map.page.get_by_role("button", name="Draw around Contact").click()
    expect(schema_map.around).to_have_value("Contact")
    expect(schema_map.page.get_by_role("link", name="of Contact in the console")).to_be_visible()
    schema_map.entity("Ticket").locator(".type-title").click()
    schema_map.around.select_option("Property")
    expect(schema_map.entity("Clean")).to_be_visible()
    expect(schema_map.page.get_by_role("button", name="Draw around")).to_have_count(0)


def test_the_list_of_types_is_searched_and_leads_to_an_entity(schema_map: SchemaMap) -> None:
    schema_map.panel.get_by_placeholder("Search Schema").fill("reserv")
    expect(schema_map.panel.locator(".typelist-item")).to_have_count(1)
    schema_map.panel.get_by_text("Reservation", exact=True).click()
    expect(schema_map.entity("Reservation")).to_have_class(re.compile("selected"))
    schema_map.panel.locator(".field-name").get_by_text("guest", exact=True).click()
    expect(schema_map.page.locator(".edge.selected")).to_have_attribute("data-to", "TYPE::Contact")


def test_an_entity_leads_to_its_rows_in_the_console(schema_map: SchemaMap) -> None:
    schema_map.page.get_by_role("link", name=re.compile(r"^\d+ fields of Property in the console")).click()
    screen = Screen(schema_map.page, schema_map.watch)
    expect(screen.editor.locator(".view-lines")).to_contain_text("query PropertyRows")
    screen.knows_schema()
    screen.run()
    expect(screen.result).to_contain_text('"code"')
    expect(screen.strip).to_have_count(0)


@pytest.mark.parametrize("role", ["manager", "tenant"])
def test_every_entitys_rows_can_be_asked_for(schema_map: SchemaMap, gateway: Gateway, role: str) -> None:
    schema_map.page.get_by_label("Ask as").select_option(role)
    expect(schema_map.who).to_have_text(re.compile(rf"\({role}\)"))
    for name in _edges(gateway, role):
        schema_map.around.select_option(name)
        link = schema_map.page.get_by_role("link", name=f"of {name} in the console")
        query = link.evaluate("link => new URLSearchParams(link.hash.slice(1)).get('query')")
        assert query.startswith(f"query {name}Rows {{")
        _asked(gateway, role, query)


def test_the_choices_are_reached_and_made_by_the_keyboard(schema_map: SchemaMap) -> None:
    schema_map.page.get_by_role("link", name="Workflows").focus()
    schema_map.page.keyboard.press("Tab")
    expect(schema_map.around).to_be_focused()
    schema_map.page.keyboard.type("Team")
    expect(schema_map.around).to_have_value("Team")
    schema_map.page.keyboard.press("Tab")
    expect(schema_map.steps).to_be_focused()
    schema_map.page.keyboard.press("ArrowDown")
    expect(schema_map.page).to_have_url(re.compile("#around=Team&steps=2$"))
    schema_map.page.keyboard.press("Tab")
    expect(schema_map.page.get_by_role("link", name="of Team in the console")).to_be_focused()


def test_the_pages_lead_to_each_other(schema_map: SchemaMap, gateway: Gateway) -> None:
    for name, path in {"Workflows": "/workflows", "Console": "/graphiql", "Schema map": "/schema-map"}.items():
        schema_map.page.get_by_role("link", name=name, exact=True).click()
        expect(schema_map.page).to_have_url(f"{gateway.address}{path}")


def test_a_lost_connection_is_said_and_the_map_comes_when_it_is_back(schema_map: SchemaMap) -> None:
    schema_map.page.context.set_offline(True)
    schema_map.page.get_by_label("Ask as").select_option("analyst")
    expect(schema_map.failure).to_contain_text("The gateway cannot be reached.")
    schema_map.page.context.set_offline(False)
    schema_map.failure.get_by_role("button", name="Try again").click()
    expect(schema_map.entities.first).to_be_visible()
    expect(schema_map.failure).to_have_count(0)


def test_a_gateway_that_does_not_tell_its_schema_says_so(visiting: Visiting) -> None:
    with served(House(), introspection=False) as address:
        page, watch = visiting(address)
        page.goto(f"{watch.address}/schema-map")
        expect(page.locator(".failure")).to_contain_text("introspection")


def test_who_has_not_said_who_they_are_is_asked_to(visiting: Visiting) -> None:
    house = House()
    house.failure = no_credentials("Who asks must be known here.")
    with served(house, demo=False) as address:
        page, watch = visiting(address)
        page.goto(f"{watch.address}/schema-map")
        expect(page.locator(".failure")).to_contain_text("Paste a token at the top.")


def test_the_map_loads_nothing_of_the_editor_and_the_console_nothing_of_the_map(
    schema_map: SchemaMap, gateway: Gateway, opening: Opening
) -> None:
    loaded = [url.rpartition("/")[2] for url in schema_map.watch.requests if "/assets/" in url]
    assert any(name.startswith("voyager-") for name in loaded)
    assert not any(re.match("monaco|graphiql-|worker|parts|console", name) for name in loaded)
    screen = opening(gateway.address)
    screen.knows_schema()
    assert not any(re.search("voyager|schema-map", url) for url in screen.watch.requests)
