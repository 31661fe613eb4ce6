"""Who is compared: the gateway in its two ways, PostGraphile, and the floor. Each takes turns with an operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.clients import Pressure, Turn, take_turn
from bench.gateway import Started
from bench.operation import GATEWAY, MUTATION, POSTGRAPHILE, Operation
from bench.pgbench import Script, take_floor_turn

_HOLDS = {(MUTATION, GATEWAY): '"problems":[]'}
"""What an answer must hold that would else hide a refusal."""


@dataclass(frozen=True)
class Contestant:
    """Its name in the results, and how it takes a turn."""

    name: str
    take: Callable[[Operation, Pressure], Turn]


def gateway(name: str, started: Started, postmaster: int) -> Contestant:
    return Contestant(name, partial(_asked, started, GATEWAY, postmaster))


def postgraphile(started: Started, postmaster: int) -> Contestant:
    return Contestant("postgraphile", partial(_asked, started, POSTGRAPHILE, postmaster))


def floor(program: Path, dsn: str, postmaster: int, scripts: Mapping[str, Script]) -> Contestant:
    def take(operation: Operation, pressure: Pressure) -> Turn:
        return take_floor_turn(program, dsn, postmaster, scripts[operation.name], pressure)

    return Contestant("floor", take)


def _asked(started: Started, schema: str, postmaster: int, operation: Operation, pressure: Pressure) -> Turn:
    holds = _HOLDS.get((operation.name, schema), "")
    return take_turn([started.port], [started.pid], postmaster, operation.requests(schema), pressure, holds)
