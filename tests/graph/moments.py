"""Moments as the graph tells them."""

from __future__ import annotations

import datetime as dt


def told_moment(moment: dt.datetime) -> str:
    """As ISO 8601 has it, in UTC; a fraction of a second ends with another digit than 0."""
    seconds, _, fraction = f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S.%f}".partition(".")
    fraction = fraction.rstrip("0")
    return f"{seconds}{fraction and f'.{fraction}'}+00:00"
