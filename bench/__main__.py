"""Measures the gateway on this machine: python -m bench."""

import asyncio
import os
import time

from rich.console import Console

from bench.homes import new_home
from bench.report import Figure, tell
from bench.settings import BenchSettings
from bench.start import measure_starts
from bench.tickets import measure_tickets
from db.binaries import find_binaries
from db.embedded import EmbeddedServer
from gateway import database
from schema.assembly.graph import assemble
from schema.domains import DOMAINS


def main() -> None:
    """Everything, in one run."""
    settings = BenchSettings()
    console = Console(stderr=True)
    began = time.monotonic()
    with new_home() as home, EmbeddedServer(home, find_binaries()) as dsn:
        console.print(f"demo data of scale {settings.scale:g} …")
        asyncio.run(_fill(dsn, settings.scale))
        console.print("queries …")
        figures: list[Figure] = asyncio.run(measure_tickets(dsn, settings))
    console.print("starts …")
    figures += measure_starts(settings)
    busy = os.getloadavg()[0]
    title = f"scale {settings.scale:g}, {os.cpu_count()} cores, load {busy:.1f}, {time.monotonic() - began:.0f} s"
    tell(figures, title)


async def _fill(dsn: str, scale: float) -> None:
    await database.migrate(dsn, assemble(DOMAINS))
    await database.load_demo(dsn, scale, 1, None, once=False)


if __name__ == "__main__":
    main()
