"""What slices leave out is as the manual says, and together with the slices it is the whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from graphql import build_ast_schema, parse

from schema.assembly.graph import Graph, assemble
from schema.assembly.slice import domains_of, slice_of
from schema.domains import COMMANDS, DOMAINS
from schema.supergraph.left_out import LeftOut, left_out
from schema.supergraph.supergraph import build_supergraph
from schema.vocabulary.edge import Edge
from tests.federation.coordinates import around, coordinates

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "federation.md"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return assemble(DOMAINS, COMMANDS)


@pytest.fixture(scope="module")
def gone(graph: Graph) -> LeftOut:
    return left_out(build_supergraph(graph))


@pytest.fixture(scope="module")
def slices(graph: Graph) -> dict[str, set[str]]:
    """The schema coordinates of every domain's slice."""
    return {domain: _coordinates(slice_of(graph, domain)) for domain in domains_of(graph)}


def _coordinates(graph: Graph) -> set[str]:
    document = parse(build_supergraph(graph).sdl)
    return set(coordinates(build_ast_schema(document, assume_valid_sdl=True)))  # federation's directives go undefined


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _through(edges: Iterable[Edge], entity: str) -> str:
    return _listed({edge.field for edge in edges if edge.source.name == entity}) or "none"


def _table(gone: LeftOut) -> str:
    """Of each entity, the edges over which rows can neither be found nor ordered."""
    names = sorted({edge.source.name for edge in gone.filters.values()})
    rows = [
        f"| {name} | {_through(gone.filters.values(), name)} | {_through(gone.orders.values(), name)} |"
        for name in names
    ]
    return "\n".join(["| entity | no conditions through | no orders through |", "| --- | --- | --- |", *rows, ""])


def test_no_slice_has_what_is_left_out(slices: dict[str, set[str]], gone: LeftOut) -> None:
    assert len(gone.coordinates) > 400
    assert {domain: had for domain, names in slices.items() if (had := names & gone.coordinates)} == {}


def test_the_slices_and_what_is_left_out_are_the_whole(
    graph: Graph, slices: dict[str, set[str]], gone: LeftOut
) -> None:
    rest = _coordinates(graph) - set().union(*slices.values())
    assert {name for name in rest if not around(name) & gone.coordinates} == set()
    assert set().union(*slices.values()) - _coordinates(graph) == set()


def test_an_edge_to_another_domain_is_left_to_follow_in_one_slice(slices: dict[str, set[str]], gone: LeftOut) -> None:
    """The one whose table holds the foreign key."""
    for edge in gone.filters.values():
        having = [domain for domain, names in slices.items() if f"{edge.source.name}.{edge.field}" in names]
        assert having == [edge.domain]


def test_conditions_and_orders_within_a_domain_are_not_left_out(gone: LeftOut) -> None:
    assert "TicketFilter.property" in gone.filters
    assert "TicketOrder.PROPERTY_CODE_ASC" in gone.orders
    assert "TicketFilter.participants" not in gone.filters
    assert "TicketFilter.project" not in gone.filters


def test_the_manual_says_what_slices_leave_out(gone: LeftOut) -> None:
    manual = _PAGE.read_text(encoding="utf-8")
    for names in (gone.roots, gone.derived, gone.types):
        assert f"| {_listed(names)} |" in manual
    assert _table(gone) in manual
