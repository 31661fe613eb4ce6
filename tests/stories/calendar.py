"""Moments of a story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def moment(text: str) -> datetime:
    """What an answer says, as a moment."""
    return datetime.fromisoformat(text)


def seconds_between(earlier: str, later: str) -> float:
    return (moment(later) - moment(earlier)).total_seconds()


def soon(*, days: float = 0, seconds: float = 0) -> str:
    """A moment to come, or one that has passed, as it is sent."""
    return (datetime.now(UTC) + timedelta(days=days, seconds=seconds)).isoformat()
