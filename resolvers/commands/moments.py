"""Moments at which something has happened, as clients tell them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from resolvers.commands.contract.problems import Invalid, Refused

_AHEAD = timedelta(minutes=5)  # so much may a client's clock be fast


def happened(moment: datetime | None, field: str) -> datetime:
    """The moment, now where none was told. Raises Refused for one that is still to come."""
    now = datetime.now(UTC)
    if moment is not None and moment > now + _AHEAD:
        message = "It lies in the future. Tell it when it has happened."
        raise Refused(Invalid("MOMENT_IN_FUTURE", message, path=("input", field)))
    return now if moment is None else moment
