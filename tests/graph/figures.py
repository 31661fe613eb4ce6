"""Figures over rows, in plain Python, as a client of the graph should read them."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from schema.vocabulary.column import Column
from tests.graph.model import Row
from tests.graph.moments import told_moment

MEANS = {"avg", "p50", "p90", "p99"}
"""What is a Float, whatever it is of."""


def figure(function: str, column: Column, rows: list[Row]) -> Any:
    """The function of a column's values; of none at all, null, but the count of them is 0."""
    values = [row[column.name] for row in rows if row[column.name] is not None]
    if function == "countDistinct":
        return len(set(values))
    if not values:
        return None
    found = _FUNCTIONS[function](values)
    return str(found) if function == "sum" else found if function in MEANS else printed(found, column)


def printed(value: Any, column: Column) -> Any:
    """A value of the column as it is read."""
    if value is None or isinstance(value, bool):
        return value
    if column.scalar.enum:
        return value.upper()
    if isinstance(value, dt.datetime):
        return told_moment(value)
    if column.scalar.name in {"Int", "String", "Float"}:
        return value
    return str(value)


def cut(value: Any, bucket: str | None, zone: str) -> Any:
    """A moment's, or day's, beginning of its hour, day, week or month, where it is that time of the day."""
    if bucket is None or not isinstance(value, dt.date):
        return value
    if not isinstance(value, dt.datetime):
        return _day(value, bucket)
    local = value.astimezone(ZoneInfo(zone))
    if bucket == "HOUR":
        # Not taken off the local time: of an hour that comes twice that would find the first.
        return value - dt.timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    day = _day(local.date(), bucket)
    return dt.datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def _day(day: dt.date, bucket: str) -> dt.date:
    if bucket == "MONTH":
        return day.replace(day=1)
    return day - dt.timedelta(days=day.weekday()) if bucket == "WEEK" else day


def _percentile(percent: int, values: list[Any]) -> float:
    """`inclusive` takes the least value for the 0th and the greatest for the 100th; it wants two at least."""
    return float(
        statistics.quantiles(values * 2 if len(values) == 1 else values, n=100, method="inclusive")[percent - 1]
    )


_FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "sum": lambda values: sum(values, Decimal(0)) if isinstance(values[0], Decimal) else sum(values),
    "avg": lambda values: float(sum(values) / len(values)),
    "min": min,
    "max": max,
    "p50": partial(_percentile, 50),
    "p90": partial(_percentile, 90),
    "p99": partial(_percentile, 99),
}
