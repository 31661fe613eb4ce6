"""python -m gateway migrate"""

from __future__ import annotations

import asyncio

import typer

from gateway import database
from gateway.commands.failing import told
from gateway.settings import Settings
from schema.assembly.graph import assemble
from schema.domains import DOMAINS


def migrate() -> None:
    """Bring the database up to date, and write the declarations' descriptions into it as comments."""
    with told(), database.located(Settings()) as dsn:
        applied = asyncio.run(database.migrate(dsn, assemble(DOMAINS)))
        for migration in applied:
            typer.echo(f"applied {migration.file}")
        typer.echo(f"{len(applied)} applied; the database is up to date.")
