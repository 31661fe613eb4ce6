"""Trying commands as people give them, and all that is not as it is specified."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import pytest

from db.pool import Connection
from tests.lifecycle.scenes import FULL, Scene
from tests.mutations.batch import refusal, send, steps_told
from tests.mutations.people import PEOPLE, Person, Players
from tests.mutations.place import Trace, put, status, trace
from tests.mutations.verdict import Asked, Told

Inputs = Mapping[str, dict[str, Any]]
"""What is sent besides the ticket, by what it is called here: for a transition its target."""
Expected = Callable[[Asked, str], Told]

_TOGETHER = 4
"""Settings at a time."""


@dataclass(frozen=True)
class Setting:
    """A ticket as it is before each attempt."""

    workflow: str
    here: str
    scene: Scene

    def __str__(self) -> str:
        usual, its = asdict(FULL), asdict(self.scene)
        odd = {name: its[name] for name in its if its[name] != usual[name]}
        return f"{self.workflow} {self.here} {odd}"

    def asked(self, person: Person) -> Asked:
        return Asked(self.workflow, self.here, self.scene, person)


@dataclass
class Trial:
    """Collects what differs, to be told together."""

    owner: Connection
    players: Players
    differences: list[str] = field(default_factory=list)
    done: dict[tuple[Setting, str, str], bool] = field(default_factory=dict)
    """Whether a command was done, by who gave it and what it is called."""
    _owners_turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def take(
        self, inputs: Mapping[Setting, Inputs], command: str, expected: Expected, *, look: bool = False
    ) -> None:
        """In each setting everybody sends everything; with `look` everybody also asks what is open. Fails with all
        that differs at once."""

        async def take(setting: Setting) -> None:
            async with places:
                ticket = await self._put(setting)
                await self._take(setting, ticket, command, inputs[setting], expected)
                if look:
                    await self._look(setting, ticket)

        places = asyncio.Semaphore(_TOGETHER)
        await asyncio.gather(*(take(setting) for setting in inputs))
        if self.differences:
            pytest.fail("\n\n".join(sorted(self.differences)), pytrace=False)

    async def _take(self, setting: Setting, ticket: UUID, command: str, inputs: Inputs, expected: Expected) -> None:
        """What is refused is sent to one ticket, which stays as it is; the rest to one each."""
        before = await self._trace(ticket)
        for name, person in PEOPLE.items():
            wanted = {label: expected(setting.asked(person), label) for label in inputs}
            refused = {label: given for label, given in inputs.items() if wanted[label].status is None}
            found = await self._refused(name, command, refused, ticket)
            for label in inputs.keys() - refused.keys():
                found[label] = await self._done(name, setting, command, inputs[label])
            for label in inputs:
                self.done[setting, name, label] = found[label].status is not None
                if found[label] != wanted[label]:
                    self._differs(setting, name, f"{command} {label}", wanted[label], found[label])
        after = await self._trace(ticket)
        if after != before:
            self._differs(setting, command, "what was refused has changed it", before, after)

    async def _look(self, setting: Setting, ticket: UUID) -> None:
        """Those steps are open that were taken, and no other."""
        for name, person in PEOPLE.items():
            wanted, found = setting.asked(person).told(), await steps_told(self.players[name], str(ticket))
            if found != wanted:
                self._differs(setting, name, "availableTransitions", wanted, found)
            for there, (is_open, _, _) in (found or {}).items():
                if (done := self.done.get((setting, name, there), is_open)) != is_open:
                    self._differs(setting, name, f"{there}: done, and open", done, is_open)

    def _differs(self, setting: Setting, who: str, what: str, wanted: object, found: object) -> None:
        self.differences.append(f"{setting}, {who}, {what}:\n  wanted {wanted}\n  found  {found}")

    async def _put(self, setting: Setting) -> UUID:
        async with self._owners_turn:
            return await put(self.owner, setting.scene, setting.workflow, setting.here)

    async def _trace(self, ticket: UUID) -> Trace:
        async with self._owners_turn:
            return await trace(self.owner, ticket)

    async def _refused(self, name: str, command: str, inputs: Inputs, ticket: UUID) -> dict[str, Told]:
        given = [{"ticketId": str(ticket), **values} for values in inputs.values()]
        payloads = await send(self.players[name], command, given)
        told = [refusal(payload) or Told("done") for payload in payloads]
        return dict(zip(inputs, told, strict=True))

    async def _done(self, name: str, setting: Setting, command: str, given: dict[str, Any]) -> Told:
        ticket = await self._put(setting)
        (payload,) = await send(self.players[name], command, [{"ticketId": str(ticket), **given}])
        async with self._owners_turn:
            return refusal(payload) or Told(await status(self.owner, ticket))
