"""Commands as the model plays them: what each makes of a repair, and when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.model.repair import AGENTS_LIMIT, EARLY, Actor, Quote, Refusal, Repair

AMOUNTS = (15_000, 25_000, 45_000)
FRESH = "fresh"
"""Stands for an id that the database will give."""


@dataclass(frozen=True)
class Move:
    """A command with what varies in its input."""

    command: str
    given: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.command}({', '.join(f'{key}={value}' for key, value in self.given.items())})"


def moves(repair: Repair) -> Iterator[Move]:
    """What may be tried, senseless moves among it."""
    live = repair.live
    for vendor in ("alpha", "beta"):
        yield Move("contactVendor", {"vendor": vendor})
        yield Move("assignVendor", {"vendor": vendor})
        yield from (Move("submitQuote", {"vendor": vendor, "amount": amount}) for amount in AMOUNTS)
        yield Move("submitQuote", {"vendor": vendor, "amount": AMOUNTS[0], "visit": True})
    for quote in [quote for quotes in repair.quotes.values() for quote in quotes[-2:]]:
        for amount in (quote.amount, quote.amount - 5_000, None):
            yield Move("decideApproval", {"quote": quote.id, "amount": amount})
    for slot in list(live.slots)[-2:] if live else []:
        yield Move("selectSlot", {"slots": (slot,)})
    if live and len(live.slots) > 1:
        yield Move("selectSlot", {"slots": tuple(live.slots)[-2:]})
    for override in (None, "The cellar is under water."):
        yield Move("startWork", {"override": override})
        yield Move("closeTicket", {"override": override})
    for evidence, cost in ((True, 22_000), (False, 22_000), (True, 0)):
        yield Move("completeWork", {"evidence": evidence, "cost": cost})
    yield from (Move(command) for command in _PLAIN)
    for target in (*EARLY, "rejected", "in_progress", "completed", "disputed", "closed", "open"):
        yield Move("transitionTicket", {"to": target})


def play(repair: Repair, move: Move, actor: Actor) -> None:
    """Makes of the model what the command makes of the ticket.

    Raises:
        Refusal: where it is refused; the model may be half changed then.
    """
    roles, does = _PLAYS[move.command]
    if actor.role not in roles.split() or not repair.sees(actor):
        raise Refusal("role or sight")
    does(repair, actor, **move.given)


def _contact(repair: Repair, actor: Actor, vendor: str) -> None:
    repair.still()
    if repair.vendor is None:
        _give(repair, vendor)
    if repair.vendor != vendor:
        repair.linked.add(vendor)
    elif repair.status != "vendor_contacted":
        repair.step("vendor_contacted", actor)


def _assign(repair: Repair, actor: Actor, vendor: str) -> None:
    if repair.vendor == vendor:
        raise Refusal("already")
    _give(repair, vendor)
    if repair.live is None and repair.status in (*EARLY[2:], "rejected"):
        repair.step("vendor_contacted", actor)


def _give(repair: Repair, vendor: str) -> None:
    repair.still()
    repair.unassign()
    repair.vendor = vendor
    repair.linked.add(vendor)
    repair.follow()


def _quote(repair: Repair, actor: Actor, vendor: str, amount: int, *, visit: bool = False) -> None:
    if (actor.role == "vendor" and actor.name != vendor) or vendor not in repair.linked:
        raise Refusal("not asked")
    repair.still()
    quotes = repair.quotes.setdefault(vendor, [])
    known = "known" if quotes and quotes[-1].visit else None
    quotes.append(Quote(FRESH, amount, visit="new" if visit else known))
    if vendor == repair.vendor:
        repair.confirmed &= not visit
        repair.follow()
        if repair.status in ("reported", "vendor_contacted", "rejected", "in_progress", "disputed"):
            repair.step("quoted", actor)
        repair.follow()


def _request(repair: Repair, actor: Actor) -> None:
    repair.still()
    if repair.status != "pending_approval":
        repair.step("pending_approval", actor)
    if repair.live is None:
        return


def _decide(repair: Repair, actor: Actor, quote: str, amount: int | None) -> None:
    repair.still()
    live, (vendor, asked) = repair.live, repair.quote(quote)
    most = max(amount or 0, live.amount if live else 0)
    decided = any(of == quote and covers >= most for of, _, covers in repair.approvals)
    if repair.quotes[vendor][-1] is not asked or decided or (repair.status == "rejected" and quote in repair.rejected):
        raise Refusal("superseded or decided")
    if amount is None:
        repair.rejected.add(quote)
        repair.step("rejected", actor)
        return
    if actor.role == "agent" and amount > AGENTS_LIMIT:
        raise Refusal("limit")
    repair.approvals.append((quote, vendor, amount))
    repair.rejected.discard(quote)
    if asked is live and amount < asked.amount and repair.status == "pending_approval":
        repair.arrive("quoted")
    repair.follow()


def _offer(repair: Repair, actor: Actor) -> None:
    _planned(repair, actor).slots.update({f"{FRESH}0": False, f"{FRESH}1": False})


def _planned(repair: Repair, actor: Actor) -> Quote:
    """The live quote, where a visit is planned by who may plan it."""
    live = repair.live
    if (actor.role == "vendor" and not actor.is_vendor_of(repair)) or live is None or repair.status not in EARLY:
        raise Refusal("no visit")
    return live


def _select(repair: Repair, actor: Actor, slots: tuple[str, ...]) -> None:
    live = _planned(repair, actor)
    if live.visit in live.slots or (actor.role == "vendor" and len(slots) > 1):
        raise Refusal("taken, or several")
    if len(slots) > 1:
        live.slots.update(dict.fromkeys(slots, True))
        return
    agreed = actor.role != "vendor" or live.slots[slots[0]]
    live.slots[slots[0]] |= agreed
    live.visit, repair.confirmed = slots[0], False
    repair.follow()
    if agreed:
        repair.confirmed = True
        repair.follow()


def _confirm(repair: Repair, actor: Actor) -> None:
    if _planned(repair, actor).visit is None:
        raise Refusal("no time")
    if not repair.confirmed:
        repair.confirmed = True
        repair.follow()


def _reschedule(repair: Repair, actor: Actor) -> None:
    live = _planned(repair, actor)
    if actor.role == "tenant":
        if repair.reschedules == 2:
            repair.status, repair.cancel_reason = "cancelled", "reschedule_limit_reached"
            return
        repair.reschedules += 1
    if live.visit or repair.confirmed:
        live.visit, repair.confirmed = None, False
        repair.follow()


def _start(repair: Repair, actor: Actor, override: str | None) -> None:
    if actor.role == "vendor" and not actor.is_vendor_of(repair):
        raise Refusal("not assigned")
    repair.override |= override is not None and actor.role == "manager"
    repair.step("in_progress", actor)


def _complete(repair: Repair, actor: Actor, *, evidence: bool, cost: int) -> None:
    if actor.role == "vendor" and not actor.is_vendor_of(repair):
        raise Refusal("not assigned")
    repair.notes, repair.evidence, repair.cost = True, evidence, cost
    repair.step("completed", actor)


def _feedback(repair: Repair, actor: Actor) -> None:
    if repair.status not in ("completed", "disputed", "closed"):
        raise Refusal(f"{actor.role} rates what is not done")


def _resume(repair: Repair, actor: Actor) -> None:
    if repair.status != "on_hold":
        raise Refusal("not held")
    repair.step(repair.held_from or "", actor)


def _cancel(repair: Repair, actor: Actor) -> None:
    repair.step("cancelled", actor)
    repair.cancel_reason = "not_needed"


def _close(repair: Repair, actor: Actor, override: str | None) -> None:
    if override is not None and actor.role != "manager":
        raise Refusal("a manager's")
    repair.closure_override |= override is not None
    _transition(repair, actor, "closed")


def _transition(repair: Repair, actor: Actor, to: str) -> None:
    repair.step(to, actor)


_PLAYS: dict[str, tuple[str, Callable[..., None]]] = {
    "contactVendor": ("agent manager", _contact),
    "assignVendor": ("agent manager", _assign),
    "submitQuote": ("agent manager vendor", _quote),
    "requestApproval": ("agent manager system", _request),
    "decideApproval": ("agent manager homeowner", _decide),
    "offerSlots": ("agent manager vendor", _offer),
    "selectSlot": ("agent manager vendor tenant", _select),
    "confirmTenantTime": ("agent manager tenant", _confirm),
    "requestReschedule": ("agent manager vendor tenant", _reschedule),
    "startWork": ("agent manager vendor", _start),
    "completeWork": ("agent manager vendor", _complete),
    "disputeWork": ("agent manager tenant homeowner", lambda repair, actor: repair.step("disputed", actor)),
    "recordFeedback": ("agent manager tenant", _feedback),
    "holdTicket": ("agent manager", lambda repair, actor: repair.step("on_hold", actor)),
    "resumeTicket": ("agent manager", _resume),
    "cancelTicket": ("agent manager tenant homeowner system", _cancel),
    "closeTicket": ("agent manager system", _close),
    "transitionTicket": ("agent manager vendor tenant homeowner system", _transition),
}
_PLAIN = (
    "requestApproval", "offerSlots", "confirmTenantTime", "requestReschedule", "disputeWork", "recordFeedback",
    "holdTicket", "resumeTicket", "cancelTicket",
)  # fmt: skip
COMMANDS = tuple(sorted(_PLAYS))
