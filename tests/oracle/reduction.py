"""Reduction: the smallest operation that comes to the same verdict."""

from __future__ import annotations

from gateway.refusal import Refusal
from tests.oracle.draft import Draft
from tests.oracle.seat import Seat
from tests.oracle.shrinking import smaller
from tests.oracle.text import document, sent
from tests.oracle.trial import Trial, Verdict, tried

_MOST_TRIES = 600


async def reduced(draft: Draft, seat: Seat, verdict: Verdict) -> Draft:
    """The draft with all left out without which the last time it is asked still ends in the verdict."""
    tries, found = 0, True
    while found:
        found = False
        for candidate in smaller(draft):
            tries += 1
            if tries > _MOST_TRIES:
                return draft
            if await _verdict(candidate, seat) is verdict:
                draft, found = candidate, True
                break
    return draft


async def last_trial(draft: Draft, seat: Seat) -> Trial:
    """Of the last time it is asked; it is asked as often as it has variables, for a plan is kept from time to time."""
    text = document(draft)
    trials = [await tried(seat, text, draft.name, sent(draft, time)) for time in range(len(draft.variables))]
    return trials[-1]


async def _verdict(draft: Draft, seat: Seat) -> Verdict | None:
    """None where the gateway would refuse it: so much must not be left out."""
    try:
        return (await last_trial(draft, seat)).verdict
    except Refusal:
        return None
