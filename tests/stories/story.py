"""A ticket's story: steps that the manual tells, played by whom it says, each with the contract around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.stories.manual import STEPS, Step
from tests.stories.person import Person

_TICKET = """query ($id: ID!) {
  ticket(id: $id) {
    number status version priority source createdAt firstResponseAt resolvedAt resolutionSeconds activeTimeSeconds
    closedAt totalDaysOpen reopenedCount cancelReason cancelledBy heldFrom
    job {
      urgency workStartedAt completedAt lockedInAt tenantTimeConfirmedAt rescheduleCount gateOverride
      estimatedCostCents actualCostCents costVarianceCents costVariancePercent completionNotes noPhotoReason
      tenantSatisfied tenantRating assignedVendor { id name }
    }
  }
}"""
_EVENTS = """query ($id: ID!) {
  ticket(id: $id) { events(first: 500) { nodes { sequence eventType actorType } } }
}"""
_WAYS = "query ($id: ID!) { ticket(id: $id) { availableTransitions { to open missing { code } } } }"
_GATES = """query ($id: ID!) {
  ticket(id: $id) { gates { cost { passed ground } time { passed ground } } }
}"""
_QUOTE = """query ($id: ID!) {
  ticket(id: $id) { quotes(first: 1, orderBy: [CREATED_AT_DESC]) { nodes { id } } }
}"""


@dataclass
class Story:
    """One ticket's. `cast` has everybody by the word that the manual calls them by."""

    cast: Mapping[str, Person]
    ticket: str = ""
    _seen: list[str] = field(default_factory=list)

    def play(self, name: str, *, by: str | None = None, version: int | None = None, **variables: Any) -> Any:
        """The payload of a step. It is tried with a stale version first, and sent twice: all that changes nothing."""
        step = STEPS[name]
        person = self.cast[by or step.who]
        given = {**self._known(step, version), **variables}
        if step.has("version"):
            self._is_stale(step, person, given)
        payload = self._sent(step, person, given)
        assert payload["problems"] == [], (name, payload["problems"])
        before = self.stands()["version"] if self.ticket else None
        if step.has("key"):
            assert self._sent(step, person, given) == payload, name
        if self.ticket:
            assert self.stands()["version"] == before, name
        elif payload.get("ticket"):
            self.ticket = payload["ticket"]["id"]
        if step.status is not None:
            assert (status := self.status) == step.status, (name, status)
        return payload

    def again(self, *names: str, **variables: Any) -> None:
        """Steps that were played elsewhere with all that belongs to it, played once."""
        for name in names:
            step = STEPS[name]
            known = {word: value for word, value in variables.items() if step.has(word)}
            payload = self._sent(step, self.cast[step.who], {**self._known(step, None), **known})
            assert payload["problems"] == [], (name, payload["problems"])
            self.ticket = self.ticket or payload["ticket"]["id"]
            assert step.status in (None, status := self.status), (name, status)

    def refused(self, name: str, *, by: str | None = None, **variables: Any) -> Any:
        """Why a step cannot be played; nothing has happened then."""
        step = STEPS[name]
        before = self.stands()
        payload = self._sent(step, self.cast[by or step.who], {**self._known(step, None), **variables})
        assert self.stands() == before
        (problem,) = payload["problems"]
        return problem

    def stands(self) -> Any:
        """The ticket as staff sees it."""
        return self.cast["manager"].ask(_TICKET, id=self.ticket)["ticket"]

    @property
    def status(self) -> str:
        return str(self.stands()["status"])

    def news(self) -> list[str]:
        """What happened since the last time this was asked, in order: `event_type by whom`."""
        nodes = self.cast["manager"].ask(_EVENTS, id=self.ticket)["ticket"]["events"]["nodes"]
        told = [f"{node['eventType']} {node['actorType'].lower()}" for node in sorted(nodes, key=_in_order)]
        fresh, self._seen = told[len(self._seen) :], told
        return fresh

    def open_ways(self, who: str) -> set[str]:
        """Where the ticket may go at once, as somebody is told."""
        ways = self.cast[who].ask(_WAYS, id=self.ticket)["ticket"]["availableTransitions"]
        assert all(way["open"] == (not way["missing"]) for way in ways)
        return {way["to"] for way in ways if way["open"]}

    def gates(self, who: str) -> dict[str, str]:
        """Why each gate is passed, or not, as somebody is told."""
        gates = self.cast[who].ask(_GATES, id=self.ticket)["ticket"]["gates"]
        return {name: f"{'passed' if gate['passed'] else 'closed'}: {gate['ground']}" for name, gate in gates.items()}

    def newest_quote(self) -> str:
        """Its id."""
        (node,) = self.cast["manager"].ask(_QUOTE, id=self.ticket)["ticket"]["quotes"]["nodes"]
        return str(node["id"])

    def _known(self, step: Step, version: int | None) -> dict[str, Any]:
        """What every step is given, as far as it asks for it."""
        known: dict[str, Any] = {}
        if step.has("key"):
            known["key"] = f"{step.name} {uuid4()}"
        if step.has("ticket"):
            known["ticket"] = self.ticket
        if step.has("version"):
            known["version"] = self.stands()["version"] if version is None else version
        return known

    def _is_stale(self, step: Step, person: Person, given: Mapping[str, Any]) -> None:
        before = self.stands()
        payload = self._sent(step, person, {**given, "version": given["version"] - 1})
        assert [problem["code"] for problem in payload["problems"]] == ["VERSION_CONFLICT"], step.name
        assert self.stands() == before

    def _sent(self, step: Step, person: Person, variables: Mapping[str, Any]) -> Any:
        (payload,) = person.ask(step.text, **variables).values()
        return payload


def _in_order(node: Mapping[str, Any]) -> int:
    return int(node["sequence"])
