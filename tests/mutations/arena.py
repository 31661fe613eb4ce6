"""Where people act at once, over connections of their own, and what must hold when they are done."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from db.pool import Connection
from tests.mutations.history import misfits
from tests.mutations.laws import broken
from tests.mutations.people import Players

_MOMENT = 0.004
"""How far apart those who act at once begin, at most; in seconds."""


@dataclass(frozen=True)
class Act:
    """A command that somebody gives."""

    who: str
    command: str
    given: dict[str, Any]
    selection: str = ""


class Arena:
    """The database's owner, who sets the stage, and the people."""

    def __init__(self, owner: Connection, players: Players) -> None:
        self.owner = owner
        self.players = players

    async def at_once(self, acts: Sequence[Act], seed: int) -> list[Any]:
        """What comes of each act, in the order given; each begins when the dice say."""
        dice = Random(seed)  # noqa: S311 - no secret
        return list(await asyncio.gather(*(self._act(act, dice.uniform(0, _MOMENT)) for act in acts)))

    async def _act(self, act: Act, delay: float) -> Any:
        await asyncio.sleep(delay)
        told = f"{act.selection} events {{ id }} problems {{ __typename code }}"
        payload = await self.players[act.who].do(act.command, told, **act.given)
        assert (payload["events"] == []) or payload["problems"] == [], "what is refused tells no events"
        return payload

    async def stands(self) -> None:
        """Nothing is half done: all that is there keeps the laws, and is what its events tell."""
        assert await broken(self.owner) == {}
        assert await misfits(self.owner) == []


def codes(payloads: Sequence[Any]) -> list[str | None]:
    """Why each was not done; None where it was."""
    return [payload["problems"][0]["code"] if payload["problems"] else None for payload in payloads]


def the_winner(payloads: Sequence[Any]) -> int:
    """The place of the only one that was done."""
    (place,) = [n for n, payload in enumerate(payloads) if payload["problems"] == []]
    return place
