"""The slices compose, and what they compose to is the supergraph but for what is left out by rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from graphql import build_schema

from schema.assembly.graph import assemble
from schema.domains import COMMANDS, DOMAINS
from schema.supergraph.left_out import LeftOut, left_out
from schema.supergraph.supergraph import Supergraph, build_supergraph
from tests.federation.composed import LIBRARIES, SUBGRAPHS, Composed, compose, copied, printed, tamper
from tests.federation.coordinates import Coordinates, around, coordinates, difference
from tests.house.node import Node

_FEW = ("audit", "files", "geo", "reservations")  # compose by themselves, in half a second


@pytest.fixture(scope="module")
def supergraph() -> Supergraph:
    return build_supergraph(assemble(DOMAINS, COMMANDS))


@pytest.fixture(scope="module")
def composed(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Composed:
    return compose(node, SUBGRAPHS, tmp_path_factory.mktemp("composed"))


@pytest.fixture(scope="module")
def gone(supergraph: Supergraph) -> LeftOut:
    return left_out(supergraph)


@pytest.fixture(scope="module")
def expected(supergraph: Supergraph, gone: LeftOut) -> Coordinates:
    """The supergraph in process, less what is left out."""
    whole, names = coordinates(build_schema(supergraph.sdl)), gone.coordinates
    return {name: told for name, told in whole.items() if not around(name) & names}


def test_the_files_of_the_subgraphs_are_in_step(supergraph: Supergraph) -> None:
    files = {file.stem: file.read_text(encoding="utf-8") for file in SUBGRAPHS.glob("*.graphql")}
    made = printed(supergraph.graph)
    assert files.keys() == made.keys(), "python -m gateway schema --into graphql"
    assert [domain for domain in made if files[domain] != made[domain]] == [], "python -m gateway schema --into graphql"


def test_both_libraries_compose_the_slices_to_the_same_graph(composed: Composed) -> None:
    apollo, guild = (composed.seen[library] for library in LIBRARIES)
    assert len(apollo) > 9_000
    assert difference(apollo, guild) == {}
    assert composed.hints == []


def test_composed_the_slices_are_the_supergraph_less_what_needs_other_tables(
    composed: Composed, expected: Coordinates
) -> None:
    assert difference(expected, composed.seen["apollo"]) == {}


def test_everything_that_is_left_out_is_of_the_supergraph(supergraph: Supergraph, gone: LeftOut) -> None:
    assert gone.coordinates - coordinates(supergraph.graphql).keys() == set()


def test_routers_are_told_of_every_domain_and_where_it_is(composed: Composed) -> None:
    told = [line.strip() for line in composed.supergraph.splitlines() if "@join__graph(name" in line]
    names = sorted(file.stem for file in SUBGRAPHS.glob("*.graphql"))
    assert [line for line in told if not line.startswith("directive")] == [
        f'{name.upper()} @join__graph(name: "{name}", url: "http://127.0.0.1:41{number:02}/graphql")'
        for number, name in enumerate(names, start=1)
    ]


def test_addresses_can_be_given_one_by_one(node: Node, tmp_path: Path) -> None:
    folder = copied(tmp_path / "few", *_FEW)
    urls = {name: f"https://{name}.example.org/graphql" for name in _FEW}
    words = ("--subgraphs", folder, "--urls", "-", "--supergraph", "-")
    told = node.run("compose.mjs", *words, stdin=json.dumps(urls))
    assert told.returncode == 0
    assert [url for url in urls.values() if f'url: "{url}"' not in told.stdout] == []
    told = node.run("compose.mjs", *words, stdin=json.dumps({"geo": urls["geo"]}))
    assert (told.returncode, told.stdout) == (2, "")
    assert "no URL of audit, files, reservations" in told.stderr


@pytest.mark.parametrize(
    ("domain", "what", "instead", "words"),
    [
        ("geo", "type PageInfo @shareable {", "type PageInfo {", 'Non-shareable field "PageInfo.'),
        ("files", 'type AuditEvent implements Node @key(fields: "id") {', "type AuditEvent implements Node {", ""),
        ("geo", "  eq: String\n", "  eq: Int\n", '"StringFilter.eq"'),
        ("geo", "https://specs.apollo.dev/federation/v2.9", "https://specs.apollo.dev/federation/v9.9", "federation"),
    ],
    ids=["shared by one only", "without its key", "of another type", "of an unknown federation"],
)
def test_slices_that_do_not_fit_are_refused_by_both_libraries(
    node: Node, tmp_path: Path, domain: str, what: str, instead: str, words: str
) -> None:
    folder = copied(tmp_path / "tampered", *_FEW)
    tamper(folder, domain, what, instead)
    told = node.run("compose.mjs", "--subgraphs", folder, "--supergraph", tmp_path / "router.graphql")
    assert told.returncode == 1
    assert [library for library in LIBRARIES if f"{library}: " not in told.stderr] == []
    assert words in told.stderr
    assert not (tmp_path / "router.graphql").exists()


def test_slices_that_fit_but_say_something_else_are_found_out(
    node: Node, tmp_path: Path, expected: Coordinates
) -> None:
    folder = copied(tmp_path / "tampered")
    tamper(folder, "geo", '"""All rows of Area.', '"""Some rows of Area.')
    tamper(folder, "audit", '  """Equal to this."""\n  eq: ActorType\n', "")
    tamper(folder, "reservations", "    code: String!\n", "    code: ID!\n")
    tamper(folder, "team", "type Ticket implements Node", "type Stray {\n  id: ID!\n}\n\ntype Ticket implements Node")
    composed = compose(node, folder, tmp_path)
    assert "ActorTypeFilter" in composed.hints[0]
    assert difference(expected, composed.seen["guild"]) == {
        "only here": ["ActorTypeFilter.eq"],
        "only there": ["Stray", "Stray.id"],
        "otherwise": ["Query.areas", "Query.reservationByCode(code:)"],
    }
