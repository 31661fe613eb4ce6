"""python -m gateway check"""

from __future__ import annotations

import asyncio

import asyncpg
import typer

from gateway import database
from gateway.commands.failing import told
from gateway.settings import Settings
from resolvers.catalogue import read_catalogue
from resolvers.definers import definer_differences
from resolvers.derived import derived_differences
from resolvers.drift import Difference, domains, drift
from resolvers.policies import policy_changes
from schema.assembly.graph import Graph, assemble
from schema.domains import DOMAINS


def check() -> None:
    """Compare the declarations with the live database; each difference comes with its fix, and status 1."""
    with told(), database.located(Settings()) as dsn:
        graph = assemble(DOMAINS)
        differences = asyncio.run(_differences(dsn, graph))
    for difference in differences:
        typer.echo(str(difference))
    if differences:
        typer.echo(f"{len(differences)} differences.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{len(graph.entities)} entities agree with the database.")


async def _differences(dsn: str, graph: Graph) -> list[Difference]:
    connection = await asyncpg.connect(dsn)
    try:
        found = drift(graph, await read_catalogue(connection, domains(graph)))
        found += [change.difference for change in await policy_changes(connection, graph)]
        found += await derived_differences(connection, graph)
        return found + await definer_differences(connection, domains(graph))
    finally:
        await connection.close()
