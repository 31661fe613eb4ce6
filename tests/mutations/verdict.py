"""What becomes of a step that somebody asks for, as it is specified."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.lifecycle.scenes import Scene
from tests.lifecycle.tables import (
    GENERAL,
    GENERAL_STATES,
    MAINTENANCE,
    MAINTENANCE_STATES,
    MANAGERS,
    STAFF,
    Step,
    Steps,
)
from tests.mutations.people import UNSEEN, Person

STATES = {"general": GENERAL_STATES, "maintenance": MAINTENANCE_STATES}
STEPS: dict[str, Steps] = {"general": GENERAL, "maintenance": MAINTENANCE}
_SUPPLIES = {
    "REOPENING_WINDOW": "agent",
    "VENDOR": "agent",
    "ASSIGNEE": "agent",
    "PAYMENT": "agent",
    "LIVE_QUOTE": "vendor",
    "COMPLETION_NOTES": "vendor",
    "ACTUAL_COST": "vendor",
    "COMPLETION_PHOTO": "vendor",
    "COST_APPROVAL": "manager",
    "REJECTION": "manager",
    "MANAGER": "manager",
    "TENANT_TIME": "tenant",
    "RESCHEDULE": "tenant",
}
"""Who can bring what is missing; what is not here takes no other role."""

Lack = tuple[str, str | None]


@dataclass(frozen=True)
class Told:
    """An answer: done, with the status that follows, or the problem."""

    status: str | None = None
    kind: str | None = None
    code: str | None = None
    role: str | None = None
    way: tuple[str, ...] = ()
    missing: tuple[Lack, ...] = ()
    allowed: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    """Of what there is not."""


READ_ONLY = Told(kind="Forbidden", code="READ_ONLY")
NOT_FOUND = Told(kind="NotFound", code="NOT_FOUND", path=("input", "ticketId"))


@dataclass(frozen=True)
class Asked:
    """Where a ticket stands, in which scene, and who asks."""

    workflow: str
    here: str
    scene: Scene
    person: Person

    @property
    def steps(self) -> Steps:
        return STEPS[self.workflow]

    @property
    def sees(self) -> bool:
        assigned = self.person.to(self.workflow) != "vendor" or self.scene.vendor
        return assigned and self.person.to(self.workflow) != UNSEEN

    def allowed(self) -> tuple[str, ...]:
        """Where it may go from here, whoever moves it."""
        found = [there for there in STATES[self.workflow] if (self.here, there) in self.steps]
        if (self.workflow, self.here) == ("maintenance", "on_hold"):
            found = [there for there in found if there in (self.scene.held_from, "cancelled")]
        return tuple(found)

    def lacks(self, there: str, *, reason: bool) -> tuple[Lack, ...]:
        """What is missing for a step that the workflow has."""
        who, step = self.person.to(self.workflow), self.steps[self.here, there]
        role = _lack_role(who, step)
        if role and self.person.outside:
            return role
        scene = replace(self.scene, reason=reason)
        if "direct" in step.guards and reason and (who in MANAGERS or (who == "agent" and scene.emergency)):
            scene = replace(scene, overridden=True)
        return (
            role + tuple((code, _SUPPLIES.get(code)) for code in scene.lacks(step, there, who)) + self._held(who, step)
        )

    def _held(self, who: str, step: Step) -> tuple[Lack, ...]:
        """Of a hold a ticket is cancelled by whoever might have where it was held."""
        before = MAINTENANCE.get((self.scene.held_from, "cancelled"))
        return _lack_role(who, before) if before and "cancellable" in step.guards else ()

    def transition(self, there: str, *, reason: bool) -> Told:
        """The answer to `transitionTicket`."""
        if self.person.role == "analyst":
            return READ_ONLY
        if not self.sees:
            return NOT_FOUND
        if there == self.here:
            return self.refused(there, ("ALREADY_THERE", None))
        if there not in STATES[self.workflow]:
            return self.refused(there, ("NO_SUCH_STATE", None))
        if (self.here, there) not in self.steps:
            return self.refused(there, ("NO_SUCH_STEP", None))
        lacks = self.lacks(there, reason=reason)
        return self.refused(there, *lacks) if lacks else Told(self._lands(there))

    def refused(self, there: str, *missing: Lack) -> Told:
        way = (self.here, there)
        return Told(None, "TransitionRefused", "TRANSITION_REFUSED", None, way, missing, self.allowed())

    def told(self) -> dict[str, tuple[bool, bool, tuple[Lack, ...]]] | None:
        """`availableTransitions`: whether a step is open, wants a reason, and what is missing; None where unseen."""
        if not self.sees:
            return None
        found = {}
        for there in self.allowed():
            with_reason, without = (self.lacks(there, reason=reason) for reason in (True, False))
            missing = tuple(lack for lack in with_reason if lack[0] != "REASON")
            found[there] = (missing == (), "REASON" in dict(without), missing)
        return found

    def _lands(self, there: str) -> str:
        """What is resumed follows its gates, where the tenant's has moved meanwhile."""
        if self.here != "on_hold" or there not in ("approved", "pending_tenant_confirmation"):
            return there
        if (there == "approved") == self.scene.confirmed:
            return there
        cost = self.scene.vendor and self.scene.quote and self.scene.approved
        passed = "approved" if self.scene.confirmed else "pending_tenant_confirmation"
        return passed if cost else "pending_approval"


def _lack_role(who: str, step: Step) -> tuple[Lack, ...]:
    if who in step.who:
        return ()
    return (("ROLE", "agent" if step.who >= STAFF else "manager"),)
