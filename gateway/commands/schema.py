"""python -m gateway schema"""

from __future__ import annotations

import typer

from gateway.commands.failing import told
from schema.assembly.graph import assemble
from schema.domains import COMMANDS, DOMAINS
from schema.supergraph.supergraph import build_supergraph


def schema() -> None:
    """Print the supergraph in the schema definition language; needs no database."""
    with told():
        typer.echo(build_supergraph(assemble(DOMAINS, COMMANDS)).sdl, nl=False)
