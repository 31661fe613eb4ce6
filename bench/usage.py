"""What processes have used so far, by Linux's /proc: a process with all that it started."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICK_US = 1_000_000 / os.sysconf("SC_CLK_TCK")
# Behind the name in parentheses, from 0: the parent, and the ticks of user and system; of children that ended, too.
_PARENT, _TICKS = 1, slice(11, 15)


@dataclass(frozen=True)
class Usage:
    """CPU time since the start, and memory now."""

    cpu_us: float
    rss_mb: float


def usage(pid: int) -> Usage:
    """Of a process, its threads, the processes below it, and those below it that have ended."""
    stats = {int(folder.name): _stat(folder) for folder in _PROC.iterdir() if folder.name.isdigit()}
    tree = list(_tree(pid, stats))
    ticks = sum(int(tick) for each in tree for tick in stats[each][_TICKS])
    return Usage(ticks * _TICK_US, sum(_rss_mb(each) for each in tree))


def _stat(folder: Path) -> list[str]:
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ["Z", "0", *["0"] * 20]  # it ended between two looks


def _tree(pid: int, stats: dict[int, list[str]]) -> Iterator[int]:
    yield pid
    for child, stat in stats.items():
        if int(stat[_PARENT]) == pid:
            yield from _tree(child, stats)


def _rss_mb(pid: int) -> float:
    try:
        status = (_PROC / str(pid) / "status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return int(lines.get("VmRSS", "0 kB").split()[0]) / 1024
