"""From `python -m gateway serve` until it is ready: python -m bench.start. On data that are there, and on none."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.gateway import started
from bench.homes import new_home
from bench.report import Figure, figure, tell
from bench.settings import BenchSettings

_RESULTS = Path(__file__).parent / "starts.json"
_LEAST = "import strawberry, uvicorn"


def main() -> None:
    """Starts with the gateway's own server."""
    tell(measure_starts(BenchSettings()), "from the command until ready", _RESULTS)


def measure_starts(settings: BenchSettings) -> list[Figure]:
    """The median of some starts; the floor is Python with the two libraries that the gateway cannot do without."""
    floor = statistics.median(_imports() for _ in range(settings.starts))
    with new_home() as home:
        first = [_start(str(home))]
        again = statistics.median(_start(str(home)) for _ in range(settings.starts))
    for _ in range(settings.starts - 1):
        with new_home() as home:
            first.append(_start(str(home)))
    return [
        figure("start until ready", 0, "s", again, floor),
        figure("first start until ready", 0, "s", statistics.median(first), floor),
        figure("the floor: importing strawberry, uvicorn", 0, "s", floor, None),
    ]


def _start(home: str) -> float:
    with started(GATEWAY_DATA_HOME=home) as gateway:
        return gateway.seconds


def _imports() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", _LEAST], check=True)  # noqa: S603 - the line above
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
