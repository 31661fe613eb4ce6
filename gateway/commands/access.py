"""python -m gateway access"""

from __future__ import annotations

import typer

from gateway.commands.failing import told
from schema.assembly.graph import assemble
from schema.assembly.overview import overview
from schema.domains import DOMAINS


def access() -> None:
    """Print what outsiders see of each table, as Markdown; staff sees all of its operator. Needs no database."""
    with told():
        typer.echo(overview(assemble(DOMAINS)), nl=False)
