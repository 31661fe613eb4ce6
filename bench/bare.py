"""How near to the floor any gateway of uvicorn and asyncpg can come: `python -m bench.bare`.

Requests a second of sixteen clients as parts of the floor's, for the two operations whose promises are about that.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import mean
from typing import Any

from bench.clients import Pressure, Turn, take_turn
from bench.database import Database, filled
from bench.gateway import started
from bench.operation import GATEWAY, Operation
from bench.pgbench import Script, script_of, take_floor_turn
from bench.samples import sample
from bench.sent import Sent, sent_for
from bench.settings import BenchSettings
from gateway.settings import Settings

_CHECKOUT = Path(__file__).resolve().parent.parent
_NAMES = ("list", "ticket")
_CLIENTS = 16


def main() -> None:
    """Prints a line for each operation."""
    settings = BenchSettings()
    pressure = Pressure(_CLIENTS, settings.warm_s, settings.seconds)
    with filled(settings.loaded) as database:
        operations = [each for each in asyncio.run(sample(database.owner, _CLIENTS)) if each.name in _NAMES]
        sent = sent_for(database, operations)
        with started(**database.environment) as planner, _bare(database, operations, sent) as (port, pid):
            for operation in operations:
                script, turns = script_of(sent[operation.name]), dict[str, list[Turn]]()
                for _ in range(settings.rounds):
                    for name, turn in _turns(
                        operation, script, database, (planner.port, planner.pid), (port, pid), pressure
                    ):
                        turns.setdefault(name, []).append(turn)
                print(_line(operation.name, turns), flush=True)


@contextmanager
def _bare(
    database: Database, operations: Sequence[Operation], sent: Mapping[str, list[tuple[Sent, ...]]]
) -> Iterator[tuple[int, int]]:
    """Its port and process."""
    statements = {each.document(GATEWAY): _statement(each, sent[each.name][0][-1]) for each in operations}
    size = Settings(database_url=None).pool_size
    with subprocess.Popen(
        [sys.executable, "-m", "bench.bare_app"],
        cwd=_CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as popen:
        assert popen.stdin is not None
        assert popen.stdout is not None
        json.dump({"login": database.login, "size": size, "statements": statements}, popen.stdin)
        popen.stdin.close()
        try:
            yield int(popen.stdout.readline()), popen.pid
        finally:
            popen.terminate()


def _statement(operation: Operation, sent: Sent) -> tuple[str, list[Any]]:
    variables = {value for variables in operation.decks[0] for value in variables.values()}
    parameters = [None if text in variables else _typed(text) for text in sent.parameters]
    return sent.sql, parameters


def _typed(text: str | None) -> Any:
    return int(text) if text and text.isdecimal() else text or ""


def _turns(
    operation: Operation,
    script: Script,
    database: Database,
    planner: tuple[int, int],
    bare: tuple[int, int],
    pressure: Pressure,
) -> Iterator[tuple[str, Turn]]:
    requests = operation.requests(GATEWAY)
    yield "floor", take_floor_turn(database.pgbench, database.login, database.postmaster, script, pressure)
    for name, (port, pid) in {"bare": bare, "planner": planner}.items():
        yield name, take_turn([port], [pid], database.postmaster, requests, pressure)


def _line(operation: str, turns: Mapping[str, Sequence[Turn]]) -> str:
    rates = {name: mean(len(turn.waits_us) / turn.seconds for turn in taken) for name, taken in turns.items()}
    parts = [f"{name} {rate / rates['floor']:.2f}" for name, rate in rates.items() if name != "floor"]
    return f"{operation}: {', '.join(parts)} of the floor's {rates['floor']:,.0f} requests a second"


if __name__ == "__main__":
    main()
