"""A repair in plain Python, written from the specification: what each command makes of it, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LIMIT = 20_000  # the home's, in cents
AGENTS_LIMIT = 30_000
STAFF = frozenset({"agent", "manager"})

EARLY = ("reported", "vendor_contacted", "quoted", "pending_approval", "pending_tenant_confirmation", "approved")
ENDED = ("closed", "cancelled")
OPEN = (*EARLY, "rejected", "in_progress", "completed", "disputed")

# from, to, who beside the guards: S for staff, M for a manager alone, V the assigned vendor, T the tenant, H the owner.
_TABLE = """
reported > vendor_contacted S vendor
reported vendor_contacted > quoted SV live_quote
reported vendor_contacted > in_progress S direct
vendor_contacted > reported SV -
quoted > pending_approval SY live_quote,cost_open
quoted pending_approval > pending_tenant_confirmation SY cost
quoted pending_approval pending_tenant_confirmation > approved SY cost,time
quoted pending_approval pending_tenant_confirmation approved > vendor_contacted S -
pending_approval > rejected SH rejection
pending_approval pending_tenant_confirmation approved > quoted SV -
pending_tenant_confirmation approved > pending_approval SY cost_open
approved > pending_tenant_confirmation STVY time_open
approved > in_progress SV locked_in
rejected > vendor_contacted quoted closed S -
in_progress > completed SV completion
in_progress > quoted SV -
in_progress completed > disputed STH -
completed > in_progress S -
completed > closed SY payment
disputed > in_progress pending_tenant_confirmation quoted completed S -
disputed > closed M payment
reported vendor_contacted quoted pending_approval pending_tenant_confirmation approved > cancelled STY -
rejected > cancelled ST -
in_progress > cancelled M -
"""
_LETTERS = {"agent": "S", "manager": "SM", "vendor": "V", "tenant": "T", "homeowner": "H", "system": "Y"}


def _rows() -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    found = {}
    for line in _TABLE.strip().splitlines():
        left, right = line.split(" > ")
        *targets, who, guards = right.split()
        for source in left.split():
            for target in targets:
                found[source, target] = (who, () if guards == "-" else tuple(guards.split(",")))
    return found


STEPS = _rows()


class Refusal(Exception):  # noqa: N818 - what the model expects of a command
    """The command is not done."""


@dataclass
class Quote:
    """A vendor's quote; `slots` are its offered times by id, `visit` the id of the one selected, or "fixed"."""

    id: str
    amount: int
    slots: dict[str, bool] = field(default_factory=dict)
    visit: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who gives a command: a role, and for vendors which one."""

    role: str
    name: str

    def is_vendor_of(self, repair: Repair) -> bool:
        return self.role == "vendor" and repair.vendor == self.name


@dataclass
class Repair:
    """The ticket, its job, and the quotes and approvals of its vendors."""

    status: str = "reported"
    held_from: str | None = None
    vendor: str | None = None
    linked: set[str] = field(default_factory=set)
    quotes: dict[str, list[Quote]] = field(default_factory=dict)
    approvals: list[tuple[str, str, int]] = field(default_factory=list)
    """Of which quote, of which vendor's work, up to how much."""
    rejected: set[str] = field(default_factory=set)
    confirmed: bool = False
    reschedules: int = 0
    locked_in: bool = False
    override: bool = False
    cost: int | None = None
    notes: bool = False
    evidence: bool = False
    paid: int = 0
    closure_override: bool = False
    resolved: bool = False
    completed_once: bool = False
    reopened: int = 0
    cancel_reason: str | None = None

    # What the guards ask

    @property
    def live(self) -> Quote | None:
        quotes = self.quotes.get(self.vendor or "", [])
        return quotes[-1] if quotes else None

    @property
    def cost_gate(self) -> bool:
        live = self.live
        return live is not None and any(by == self.vendor and most >= live.amount for _, by, most in self.approvals)

    def lacks(self, guard: str, actor: Actor) -> bool:
        """Whether a guard does not hold."""
        live = self.live
        match guard:
            case "vendor":
                return self.vendor is None
            case "live_quote":
                return live is None
            case "cost":
                return not self.cost_gate
            case "cost_open":
                return self.cost_gate
            case "time":
                return not self.confirmed
            case "time_open":
                return self.confirmed
            case "rejection":
                return live is None or live.id not in self.rejected
            case "locked_in":
                return not (self.override or (self.cost_gate and self.confirmed))
            case "direct":
                return self.vendor is None or not self.override or actor.role != "manager"
            case "completion":
                return not (self.notes and self.evidence and self.cost is not None)
            case "payment":
                return self._unpaid
        raise KeyError(guard)

    @property
    def _unpaid(self) -> bool:
        cost = self.cost or 0
        dear = self.override and cost > LIMIT and not any(most >= cost for *_, most in self.approvals)
        return dear or (cost > self.paid and not self.closure_override)

    # What a change of status brings

    def step(self, target: str, actor: Actor) -> None:
        """Raises Refusal where the workflow does not lead there, for who may not, and where a guard does not hold."""
        source = self.status
        who, guards = "", tuple[str, ...]()
        if (target == "on_hold" and source in OPEN) or (source == "on_hold" and target == self.held_from):
            who, guards = "S", ()
        elif source == "on_hold" and target == "cancelled":
            who, guards = STEPS.get((self.held_from or "", "cancelled"), ("", ()))
            who = who.replace("Y", "")
        else:
            who, guards = STEPS.get((source, target), ("", ()))
        allowed = set(_LETTERS.get(actor.role, "")) & set(who)
        if not allowed or (actor.role == "vendor" and not actor.is_vendor_of(self)):
            raise Refusal(f"{actor.role} may not")
        for guard in guards:
            if self.lacks(guard, actor):
                raise Refusal(guard)
        self.arrive(target)

    def arrive(self, target: str) -> None:
        """Stamps what follows from a step that is taken."""
        source, self.status = self.status, target
        if target == "on_hold":
            self.held_from = source
            return
        resumed = source == "on_hold" and target == self.held_from
        if source == "on_hold":
            self.held_from = None
        if resumed:
            return
        if source in ("completed", "disputed") and target in ("in_progress", "quoted", "pending_tenant_confirmation"):
            self.notes, self.evidence, self.cost = False, False, None
            self.resolved = self.closure_override = False
        if target == "completed":
            self.resolved = self.completed_once = True
        if target == "reported":
            self.unassign()
        if source == "disputed" and target == "pending_tenant_confirmation":
            self.confirmed = False

    def unassign(self) -> None:
        if self.vendor:
            self.linked.discard(self.vendor)
        self.vendor, self.confirmed = None, False

    def follow(self) -> None:
        """The ticket goes where its gates lead; a quote within the limit passes the cost gate by itself."""
        live = self.live
        if self.status not in EARLY:
            return
        if live is not None and not self.cost_gate and live.amount <= LIMIT:
            self.approvals.append((live.id, self.vendor or "", live.amount))
        if self.cost_gate and self.confirmed:
            self.locked_in = True
        if self.status in ("reported", "vendor_contacted"):
            return
        if self.cost_gate:
            self.status = "approved" if self.confirmed else "pending_tenant_confirmation"
        elif self.status in ("pending_tenant_confirmation", "approved"):
            self.status = "pending_approval"

    def still(self) -> None:
        """Raises Refusal where nothing is offered or decided."""
        if self.status == "on_hold" or self.status in ENDED:
            raise Refusal("held or ended")

    def quote(self, key: str) -> tuple[str, Quote]:
        """A quote by its id, with its vendor."""
        return next((vendor, quote) for vendor, quotes in self.quotes.items() for quote in quotes if quote.id == key)

    def sees(self, actor: Actor) -> bool:
        return actor.role != "vendor" or actor.name == self.vendor or actor.name in self.linked

    def state(self) -> dict[str, Any]:
        """What the database must say too."""
        return {
            "status": self.status,
            "held_from": self.held_from,
            "vendor": self.vendor,
            "confirmed": self.confirmed,
            "reschedules": self.reschedules,
            "locked_in": self.locked_in,
            "overridden": self.override,
            "cost": self.cost,
            "resolved": self.resolved,
            "reopened": self.reopened,
            "cancel_reason": self.cancel_reason,
            "cost_gate": self.cost_gate,
        }
