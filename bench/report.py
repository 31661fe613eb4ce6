"""What was measured, as a table and as a file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """One figure; `ratio_to_floor` where there is something that it cannot be better than."""

    what: str
    clients: int
    unit: str
    value: float
    ratio_to_floor: float | None


def figure(what: str, clients: int, unit: str, value: float, floor: float | None) -> Figure:
    """A figure, rounded as far as it can be trusted."""
    return Figure(what, clients, unit, float(f"{value:.3g}"), None if floor is None else float(f"{value / floor:.3g}"))


def tell(figures: list[Figure], title: str, results: Path) -> None:
    """Prints them, and writes them to a file."""
    table = Table(title=title, title_justify="left")
    for name in ("what", "clients", "value", "unit", "of the floor"):
        table.add_column(name, justify="left" if name in ("what", "unit") else "right")
    for found in figures:
        ratio = "" if found.ratio_to_floor is None else f"{found.ratio_to_floor:g}"
        table.add_row(found.what, str(found.clients), f"{found.value:g}", found.unit, ratio)
    Console(width=100).print(table)
    results.write_bytes(orjson.dumps([asdict(found) for found in figures], option=orjson.OPT_INDENT_2) + b"\n")
