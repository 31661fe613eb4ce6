"""The figures of a whole run as a page for readers: figures.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.matrix import Measurement
from bench.promises import Promise

_PAGE = Path(__file__).parent / "figures.md"
_MEASURED = ("operation", "clients", "server", "requests/s", "p50 ms", "p99 ms", "gateway µs", "database µs", "MB")
_PROMISED = ("what", "measured", "promised", "")


def write_page(
    title: str, promised: Sequence[Promise], measured: Sequence[Measurement], growth: Mapping[str, Any]
) -> None:
    """Promises first, then what they are reckoned from."""
    parts = [
        "# Figures of the last whole run",
        f"Written by `make bench`: {title}. [How to read them](README.md).",
        "## What is promised, with 16 clients",
        _table(_PROMISED, [_promise(one) for one in promised], left=("what", "")),
        "## All turns",
        _table(_MEASURED, [_measurement(one) for one in measured], left=("operation", "server")),
        "## Growth",
        "\n".join(_grown(growth)),
    ]
    _PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _promise(one: Promise) -> tuple[str, ...]:
    bound = f"{'at most' if one.at_most else 'at least'} {one.bound:g}"
    return one.what, f"{one.value:.3g}", bound, "kept" if one.kept else "**missed**"


def _measurement(one: Measurement) -> tuple[str, ...]:
    figures = (one.requests_per_second, one.p50_ms, one.p99_ms, one.gateway_cpu_us, one.database_cpu_us, one.rss_mb)
    return one.operation, str(one.clients), one.server, *("" if each is None else f"{each:,g}" for each in figures)


def _grown(growth: Mapping[str, Any]) -> Iterable[str]:
    for name, found in growth.items():
        for line in found if isinstance(found, list) else [found]:
            yield f"- {name}: " + ", ".join(f"{key} {value}" for key, value in line.items())


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], left: Sequence[str]) -> str:
    rules = ["---" if column in left else "---:" for column in columns]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, rules, *rows))
