"""python -m gateway schema"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gateway.commands.failing import told
from gateway.commands.slices import Subgraph, chosen
from schema.assembly.graph import Graph, assemble
from schema.assembly.slice import domains_of, slice_of
from schema.domains import COMMANDS, DOMAINS
from schema.supergraph.supergraph import build_supergraph


def schema(
    subgraph: Subgraph = None,
    into: Annotated[
        Path | None, typer.Option(help="Write supergraph.graphql and all of subgraphs/ into this folder instead.")
    ] = None,
) -> None:
    """Print the supergraph, or a subgraph, in the schema definition language; needs no database."""
    with told():
        graph = assemble(DOMAINS, COMMANDS)
        if into is None:
            typer.echo(build_supergraph(chosen(graph, subgraph)).sdl, nl=False)
        else:
            _write(graph, into)


def _write(graph: Graph, folder: Path) -> None:
    """What was there of domains that are gone is removed."""
    (subgraphs := folder / "subgraphs").mkdir(parents=True, exist_ok=True)
    for former in subgraphs.glob("*.graphql"):
        former.unlink()
    (folder / "supergraph.graphql").write_text(build_supergraph(graph).sdl, encoding="utf-8")
    for domain in domains_of(graph):
        sdl = build_supergraph(slice_of(graph, domain)).sdl
        (subgraphs / f"{domain}.graphql").write_text(sdl, encoding="utf-8")
