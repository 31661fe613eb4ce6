"""Tables of what was measured, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.matrix import Measurement
from bench.promises import Promise

_WIDTH = 110
_COLUMNS = ("operation", "clients", "server", "requests/s", "p50 ms", "p99 ms", "gateway µs", "database µs", "MB")


def print_measured(measured: Sequence[Measurement], title: str) -> None:
    table = _table(title, _COLUMNS, left=("operation", "server"))
    former = ("", 0)
    for one in measured:
        if (place := (one.operation, one.clients)) != former:
            table.add_section()
        named = (one.operation, str(one.clients)) if place != former else ("", "")
        former = place
        figures = (
            one.requests_per_second,
            one.p50_ms,
            one.p99_ms,
            one.gateway_cpu_us,
            one.database_cpu_us,
            one.rss_mb,
        )
        table.add_row(*named, one.server, *map(_figure, figures))
    Console(width=_WIDTH).print(table)


def print_growth(growth: Mapping[str, Any]) -> None:
    table = _table("growth", ("what", "figures"), left=("what", "figures"))
    for name, found in growth.items():
        for line in found if isinstance(found, list) else [found]:
            table.add_row(name.replace("_", " "), ", ".join(f"{key} {value}" for key, value in line.items()))
    Console(width=_WIDTH).print(table)


def print_promises(found: Sequence[Promise]) -> None:
    table = _table("promises, 16 clients", ("what", "measured", "promised", ""), left=("what", ""))
    for one in found:
        bound = f"{'at most' if one.at_most else 'at least'} {one.bound:g}"
        verdict = "[green]kept[/]" if one.kept else "[red]missed[/]"
        table.add_row(one.what, f"{one.value:.3g}", bound, verdict)
    Console(width=_WIDTH).print(table)


def _table(title: str, columns: Sequence[str], left: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="left" if column in left else "right")
    return table


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:g}"
