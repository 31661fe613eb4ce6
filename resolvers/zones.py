"""Time zones by name."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def find_zone(name: str) -> ZoneInfo | None:
    """The zone; none where there is no such zone."""
    return ZoneInfo(name) if name in _names() else None


@cache
def _names() -> frozenset[str]:
    """Without names that mean another zone on another machine."""
    return frozenset(available_timezones() - {"localtime", "posixrules", "Factory"})
