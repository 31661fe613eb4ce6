"""Where the model's moves are made: a ticket in a database, the people around it, and what stands there afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from db.pool import Connection
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.commands.player import Player
from tests.model.moves import FRESH, Move
from tests.model.repair import LIMIT, Actor, Repair

_PLACE = """
WITH owner AS (
    INSERT INTO directory.contacts (operator_id, full_name, kind) VALUES ($1, 'Olga Owner', 'homeowner') RETURNING id
), tenant AS (
    INSERT INTO directory.contacts (operator_id, full_name, kind) VALUES ($1, 'Tomás Tenant', 'tenant') RETURNING id
), home AS (
    INSERT INTO property.properties (operator_id, code, name, kind, homeowner_id, approval_limit_cents)
    SELECT $1, 'MODEL-1', 'The model home', 'RES', id, $2 FROM owner RETURNING id
), agent AS (
    INSERT INTO directory.contacts (operator_id, full_name, kind) VALUES ($1, 'Ada Agent', 'staff') RETURNING id
), member AS (
    INSERT INTO team.team_members (operator_id, name, contact_id, approval_limit_cents)
    SELECT $1, 'Ada', id, 30000 FROM agent
), alpha AS (
    INSERT INTO directory.companies (operator_id, name, kind) VALUES ($1, 'Alpha Plumbing', 'vendor') RETURNING id
), beta AS (
    INSERT INTO directory.companies (operator_id, name, kind) VALUES ($1, 'Beta Plumbing', 'vendor') RETURNING id
)
SELECT owner.id AS owner, tenant.id AS tenant, home.id AS home, agent.id AS agent, alpha.id AS alpha, beta.id AS beta
FROM owner, tenant, home, agent, alpha, beta
"""
_TICKET = """
INSERT INTO team.tickets (operator_id, ticket_type, title, source, property_id)
VALUES ($1, 'maintenance', 'A model of a leak', 'phone', $2) RETURNING id
"""
_JOB = """
INSERT INTO maintenance.jobs (operator_id, ticket_id, issue_type, urgency, tenant_contact_id)
VALUES ($1, $2, 'plumbing', 'routine', $3)
"""
_PAY = """
INSERT INTO finance.payments (operator_id, ticket_id, method, amount_cents, currency, status, paid_at)
VALUES ($1, $2, 'invoice', 22000, 'EUR', 'paid', now())
"""
_STATE = """
SELECT t.status, t.held_from, c.name AS vendor, j.tenant_time_confirmed_at IS NOT NULL AS confirmed,
       j.reschedule_count AS reschedules, j.locked_in_at IS NOT NULL AS locked_in,
       j.gate_override IS NOT NULL AS overridden, j.actual_cost_cents AS cost, t.resolved_at IS NOT NULL AS resolved,
       t.reopened_count AS reopened, t.cancel_reason, lifecycle.cost_gate(t.id) AS cost_gate
FROM team.tickets AS t
JOIN maintenance.jobs AS j ON j.ticket_id = t.id
LEFT JOIN directory.companies AS c ON c.id = j.assigned_vendor_id
WHERE t.id = $1
"""
_TRACE = """
SELECT t.version AS ticket, j.version AS job, j.locked_in_at,
       (SELECT count(*) FROM audit.events AS e WHERE e.ticket_id = t.id) AS events,
       (SELECT count(*) FROM maintenance.quotes AS q WHERE q.ticket_id = t.id) AS quotes,
       (SELECT count(*) FROM maintenance.approvals AS a WHERE a.ticket_id = t.id) AS approvals,
       (SELECT count(*) FROM maintenance.visit_slots AS s WHERE s.ticket_id = t.id) AS slots,
       (SELECT count(*) FROM access.command_keys) AS keys
FROM team.tickets AS t JOIN maintenance.jobs AS j ON j.ticket_id = t.id WHERE t.id = $1
"""
_WAYS = """
SELECT e.details ->> 'from' AS source, e.details ->> 'to' AS target FROM audit.events AS e
WHERE e.ticket_id = $1 AND e.event_type = 'status_changed' ORDER BY e.sequence
"""


@dataclass
class Stage:
    """A ticket of one example, and who acts on it."""

    owner: Connection
    operator: Any
    place: Any
    players: dict[Actor, Player]
    ticket: str
    _days: Iterator[int] = field(default_factory=count)

    async def pay(self) -> None:
        """What the accounting system records without us."""
        await self.owner.execute(_PAY, self.operator, self.ticket)

    async def state(self) -> dict[str, Any]:
        """As the model's."""
        row = dict(await self.owner.fetchrow(_STATE, self.ticket) or {})
        row["vendor"] = row["vendor"] and row["vendor"].split()[0].lower()
        return row

    async def trace(self) -> dict[str, Any]:
        """What a command that is not done leaves as it was."""
        return dict(await self.owner.fetchrow(_TRACE, self.ticket) or {})

    async def ways(self) -> list[tuple[str, str]]:
        """The steps that events tell."""
        return [(row["source"], row["target"]) for row in await self.owner.fetch(_WAYS, self.ticket)]

    async def send(self, move: Move, actor: Actor, given: dict[str, Any], **contract: Any) -> dict[str, Any]:
        """The payload of a move with its input."""
        selection = _SELECTIONS.get(move.command, "") if actor.role in ("agent", "manager", "vendor") else ""
        told = f"{selection} events {{ eventType }} problems {{ __typename code message path }}"
        payload: dict[str, Any] = await self.players[actor].do(move.command, told, **given, **contract)
        return payload

    def _new_day(self) -> str:
        """Never one that was before: it would be no new time."""
        return (_FIRST_DAY + timedelta(days=next(self._days))).isoformat()

    def input(self, move: Move) -> dict[str, Any]:
        """What is sent, but for the contract's part."""
        given = dict(move.given)
        found: dict[str, Any] = {"ticketId": self.ticket, **_INPUTS.get(move.command, {})}
        if "vendor" in given:
            found["vendorId"] = str(self.place[given["vendor"]])
        match move.command:
            case "submitQuote":
                found |= {"amountCents": str(given["amount"]), "scope": "A new tap"}
                found |= {"visitAt": self._new_day()} if given.get("visit") else {}
            case "decideApproval":
                verdict = {"decision": "REJECTED", "justification": "Too dear."}
                if given["amount"] is not None:
                    verdict = {"decision": "APPROVED", "amountCents": str(given["amount"])}
                found |= {"quoteId": given["quote"], **verdict}
            case "selectSlot":
                found["slotIds"] = list(given["slots"])
            case "completeWork":
                found |= {"actualCostCents": str(given["cost"]), "notes": "Done."}
                found |= {"noPhotoReason": "No camera."} if given["evidence"] else {}
            case "offerSlots":
                found["slots"] = [{"startsAt": self._new_day()} for _ in range(2)]
            case "transitionTicket":
                found["to"] = given["to"].upper()
            case "startWork" | "closeTicket":
                found["override"] = given["override"]
        return found


_FIRST_DAY = datetime(2060, 1, 1, 9, tzinfo=UTC)
_INPUTS: dict[str, dict[str, Any]] = {
    "requestReschedule": {"reason": "I am at work then."},
    "disputeWork": {"reason": "It still drips."},
    "recordFeedback": {"satisfied": True, "rating": 4},
    "holdTicket": {"reason": "The owner is away."},
    "cancelTicket": {"reason": "NOT_NEEDED"},
}
_SELECTIONS = {"submitQuote": "quote { id }", "offerSlots": "slots { id }"}


def learn(repair: Repair, move: Move, payload: dict[str, Any]) -> None:
    """Gives the model the ids that the database gave."""
    if move.command == "submitQuote":
        key = payload["quote"]["id"]
        newest = repair.quotes[move.given["vendor"]][-1]
        newest.id = key
        repair.approvals = [(key if of == FRESH else of, by, most) for of, by, most in repair.approvals]
    elif move.command == "offerSlots" and repair.live is not None:
        slots = repair.live.slots
        for n, slot in enumerate(payload["slots"]):
            slots[slot["id"]] = slots.pop(f"{FRESH}{n}")


async def set_up(owner: Connection, operator: Any) -> Any:
    """The home, its owner, its tenant, an agent and two vendors; once."""
    return await owner.fetchrow(_PLACE, operator, LIMIT)


async def open_ticket(owner: Connection, operator: Any, place: Any) -> str:
    ticket = await owner.fetchval(_TICKET, operator, place["home"])
    await owner.execute(_JOB, operator, ticket, place["tenant"])
    return str(ticket)


def viewers(operator: Any, place: Any, manager: Any) -> dict[Actor, Viewer]:
    """Who acts."""
    return {
        Actor("manager", "manager"): Viewer(ViewerRole.MANAGER, operator, manager),
        Actor("agent", "agent"): Viewer(ViewerRole.AGENT, operator, place["agent"]),
        Actor("system", "system"): Viewer(ViewerRole.SYSTEM, operator, None),
        Actor("tenant", "tenant"): Viewer(ViewerRole.TENANT, operator, place["tenant"]),
        Actor("homeowner", "homeowner"): Viewer(ViewerRole.HOMEOWNER, operator, place["owner"]),
        Actor("vendor", "alpha"): Viewer(ViewerRole.VENDOR, operator, None, place["alpha"]),
        Actor("vendor", "beta"): Viewer(ViewerRole.VENDOR, operator, None, place["beta"]),
    }
