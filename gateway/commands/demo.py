"""python -m gateway demo"""

from __future__ import annotations

import asyncio
import time
from typing import Annotated

import typer

from gateway import database
from gateway.commands.failing import told
from gateway.commands.progress import progress_bar
from gateway.settings import Settings
from schema.assembly.graph import assemble
from schema.domains import DOMAINS


def demo(
    scale: Annotated[float, typer.Option(min=0.01, max=1000, help="1 is about 2,000 tickets, 100 about 200,000.")] = 1,
    seed: Annotated[int, typer.Option(help="The same seed and scale make the very same rows.")] = 1,
) -> None:
    """Fill an empty database with demo data: two operators, every table, every state and role."""
    with told(), database.located(Settings()) as dsn:
        asyncio.run(database.migrate(dsn, assemble(DOMAINS)))
        started = time.monotonic()
        with progress_bar("Loading demo data") as progress:
            rows = asyncio.run(database.load_demo(dsn, scale, seed, progress, once=False)) or {}
        for table, count in sorted(rows.items()):
            typer.echo(f"{count:>12,}  {table}")
        typer.echo(f"{sum(rows.values()):>12,}  rows in {time.monotonic() - started:.1f} s")
