"""Measures the planner beside the executor, PostGraphile and the floor: python -m bench."""

from __future__ import annotations

import asyncio
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console

from bench.contest import contest
from bench.database import Database, filled
from bench.growth import grow
from bench.matrix import Measurement, measure
from bench.operation import MUTATION, Operation
from bench.page import write_page
from bench.postgraphile_server import install
from bench.promises import promises
from bench.samples import begin_work, sample
from bench.settings import BenchSettings
from bench.tables import print_growth, print_measured, print_promises

_FOLDER = Path(__file__).parent
_RESULTS, _GROWTH = _FOLDER / "results.json", _FOLDER / "growth.json"


def main() -> None:
    """Everything, in one run."""
    settings, console = BenchSettings(), Console(stderr=True)
    console.print("PostGraphile …")
    install()
    before, began = os.getloadavg()[0], time.monotonic()
    console.print(f"demo data of scale {settings.loaded:g} …")
    with filled(settings.loaded) as database:
        operations = asyncio.run(sample(database.owner, max(settings.clients)))
        console.print("answers, and turns …")
        measured = _measured(database, operations, settings, console)
        console.print("growth …")
        growth = _grown(database, operations, settings, measured)
    took = time.monotonic() - began
    python = platform.python_version()
    machine = f"{os.cpu_count()} cores, load before {before:.1f}"
    title = f"scale {settings.loaded:g}, Python {python}, {machine}, {took:.0f} s"
    kept = promises(measured, growth)
    _write(measured, growth)
    if not settings.short:
        write_page(title, kept, measured, growth)
    print_measured(measured, title)
    print_growth(growth)
    print_promises(kept)


def _measured(
    database: Database, operations: Sequence[Operation], settings: BenchSettings, console: Console
) -> list[Measurement]:
    def prepare(operation: Operation) -> None:
        if operation.name == MUTATION:
            asyncio.run(begin_work(database.owner, operation))

    measured = []
    with contest(database, operations) as contestants:
        for one in measure(operations, contestants, settings, prepare):
            console.print(f"  {one.operation}, {one.clients} clients, {one.server}: {one.requests_per_second:g}/s")
            measured.append(one)
    return measured


def _grown(
    database: Database, operations: Sequence[Operation], settings: BenchSettings, measured: Sequence[Measurement]
) -> dict[str, Any]:
    queries = [operation for operation in operations if operation.name != MUTATION]
    costs = [one.client_cpu_us for one in measured if one.client_cpu_us]
    client = {"cpu_us_least": min(costs), "cpu_us_most": max(costs)}
    return {**grow(database, queries, settings), "load_client": client}


def _write(measured: Sequence[Measurement], growth: dict[str, Any]) -> None:
    lines = [{name: value for name, value in asdict(one).items() if name != "client_cpu_us"} for one in measured]
    for place, found in ((_RESULTS, lines), (_GROWTH, growth)):
        place.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    main()
