"""The slices composed to one graph, as both libraries do it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from graphql import build_schema

from schema.assembly.graph import Graph
from schema.assembly.slice import domains_of, slice_of
from schema.supergraph.supergraph import build_supergraph
from tests.federation.coordinates import Coordinates, coordinates
from tests.house.node import Node
from tests.house.source import CHECKOUT

SUBGRAPHS = CHECKOUT / "graphql" / "subgraphs"
LIBRARIES = ("apollo", "guild")


@dataclass(frozen=True)
class Composed:
    """What came of it: the supergraph that routers run, and what clients see, by library."""

    supergraph: str
    seen: dict[str, Coordinates]
    hints: list[str]
    """What the libraries wonder about and accept."""


def compose(node: Node, subgraphs: Path, into: Path) -> Composed:
    """Composes a folder of subgraphs."""
    told = node.run("compose.mjs", "--subgraphs", subgraphs, "--supergraph", into / "router.graphql", "--api", into)
    assert told.returncode == 0, told.stderr
    seen = {library: coordinates(build_schema(_text(into / f"{library}.graphql"))) for library in LIBRARIES}
    return Composed(_text(into / "router.graphql"), seen, told.stderr.splitlines())


def printed(graph: Graph) -> dict[str, str]:
    """The subgraph of every domain, as the declarations make it."""
    return {domain: build_supergraph(slice_of(graph, domain)).sdl for domain in domains_of(graph)}


def copied(into: Path, *domains: str) -> Path:
    """A folder with the subgraphs of these domains, or of all, to change."""
    into.mkdir()
    for file in SUBGRAPHS.glob("*.graphql"):
        if not domains or file.stem in domains:
            shutil.copy(file, into)
    return into


def tamper(folder: Path, domain: str, what: str, instead: str) -> None:
    """Writes something else where the subgraph first says this."""
    file = folder / f"{domain}.graphql"
    text = _text(file)
    assert what in text
    file.write_text(text.replace(what, instead, 1), encoding="utf-8")


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
