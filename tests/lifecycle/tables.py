"""Both lifecycles as they are specified: who may take which step, and what must hold for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

STAFF = frozenset({"agent", "manager", "admin"})
MANAGERS = frozenset({"manager", "admin"})


class Step(NamedTuple):
    """A transition: who may take it (of outsiders: who is that to the ticket), and its guards."""

    who: frozenset[str]
    guards: tuple[str, ...] = ()


Steps = dict[tuple[str, str], Step]


def _steps(
    froms: str, tos: str, *who: str, staff: frozenset[str] = STAFF, guards: str = ""
) -> Iterator[tuple[tuple[str, str], Step]]:
    for here in froms.split():
        for there in tos.split():
            yield (here, there), Step(staff | frozenset(who), tuple(guards.split()))


GENERAL_STATES = ["open", "in_progress", "waiting", "resolved", "closed", "cancelled"]
GENERAL: Steps = dict(
    [
        *_steps("open", "in_progress waiting resolved"),
        *_steps("open", "cancelled", "requestor", guards="reason"),
        *_steps("in_progress", "open waiting resolved"),
        *_steps("in_progress waiting", "cancelled", guards="reason"),
        *_steps("waiting", "in_progress resolved"),
        *_steps("resolved", "closed", "system", guards="window"),
        *_steps("resolved", "in_progress", "requestor"),
        *_steps("closed", "in_progress", staff=MANAGERS),
    ]
)

_EARLY = "reported vendor_contacted quoted pending_approval pending_tenant_confirmation approved"
_LIVE = f"{_EARLY} rejected in_progress completed disputed"
MAINTENANCE_STATES = f"{_LIVE} on_hold closed cancelled".split()
MAINTENANCE: Steps = dict(
    [
        *_steps("reported", "vendor_contacted", guards="vendor"),
        *_steps("reported vendor_contacted", "quoted", "vendor", guards="live_quote"),
        *_steps("reported vendor_contacted", "in_progress", guards="direct"),
        *_steps("vendor_contacted", "reported", "vendor"),
        *_steps("quoted", "pending_approval", "system", guards="live_quote cost_open"),
        *_steps("quoted pending_approval", "pending_tenant_confirmation", "system", guards="cost"),
        *_steps("quoted pending_approval pending_tenant_confirmation", "approved", "system", guards="cost time"),
        *_steps("quoted pending_approval pending_tenant_confirmation approved", "vendor_contacted"),
        *_steps("pending_approval", "rejected", "owner", guards="rejection"),
        *_steps("pending_approval pending_tenant_confirmation approved", "quoted", "vendor"),
        *_steps("pending_tenant_confirmation approved", "pending_approval", "system", guards="cost_open"),
        *_steps("approved", "pending_tenant_confirmation", "tenant", "vendor", "system", guards="reschedule"),
        *_steps("approved", "in_progress", "vendor", guards="locked_in"),
        *_steps("rejected", "vendor_contacted quoted closed"),
        *_steps("in_progress", "completed", "vendor", guards="completion"),
        *_steps("in_progress", "quoted", "vendor"),
        *_steps("in_progress completed", "disputed", "tenant", "owner"),
        *_steps("completed", "in_progress"),
        *_steps("completed", "closed", "system", guards="payment"),
        *_steps("disputed", "in_progress pending_tenant_confirmation quoted completed"),
        *_steps("disputed", "closed", staff=MANAGERS, guards="payment"),
        *_steps(_LIVE, "on_hold", guards="reason"),
        *_steps("on_hold", _LIVE, guards="held_from"),
        *_steps(_EARLY, "cancelled", "tenant", "system", guards="reason"),
        *_steps("rejected", "cancelled", "tenant", guards="reason"),
        *_steps("in_progress", "cancelled", staff=MANAGERS, guards="reason"),
        *_steps("on_hold", "cancelled", "tenant", guards="reason cancellable"),
    ]
)
