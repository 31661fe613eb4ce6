"""python -m gateway commands"""

from __future__ import annotations

import typer

from gateway.commands.failing import told
from schema.assembly.command_list import command_list
from schema.assembly.graph import assemble
from schema.domains import COMMANDS, DOMAINS


def commands() -> None:
    """Print what may be done by mutations, and by whom, as Markdown. Needs no database."""
    with told():
        typer.echo(command_list(assemble(DOMAINS, COMMANDS)), nl=False)
