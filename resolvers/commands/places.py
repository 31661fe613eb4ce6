"""Where something was, when a home and a stay may both be named."""

from __future__ import annotations

from uuid import UUID

from resolvers.commands.contract.problems import Invalid, Refused
from resolvers.commands.contract.work import Work

_HOME_OF_STAY = "SELECT property_id FROM reservations.reservations WHERE id = $1"


async def home_of(work: Work, home: UUID | None, stay: UUID | None) -> UUID | None:
    """The home: the stay's where there is one. Raises Refused for a stay at another home."""
    if stay is None:
        return home
    stayed: UUID = await work.value(_HOME_OF_STAY, stay)
    if home not in (None, stayed):
        message = "The stay is at another home. Leave one of them out."
        raise Refused(Invalid("STAY_ELSEWHERE", message, path=("input", "reservationId")))
    return stayed
