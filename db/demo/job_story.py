"""A maintenance job as its story knows it: the ticket, the job's row, quotes, approvals, vendors."""

from collections.abc import Callable
from typing import TypeAlias

from asyncpg.pgproto.pgproto import UUID

from db.demo.clock import DAY, HOUR, PRESENT, SECOND
from db.demo.desk import Desk
from db.demo.issues import Issue
from db.demo.rows.links import TicketVendor
from db.demo.rows.maintenance import Approval, Escalation, Job, Quote, VisitSlot
from db.demo.rows.team import Ticket
from db.demo.story import Story
from db.demo.world import SYSTEM, Actor, Home, Person, Vendor

_WAITING = frozenset({"quoted", "pending_approval", "pending_tenant_confirmation", "approved"})


class JobStory(Story):
    """The state of a job while it is told."""

    def __init__(
        self,
        desk: Desk,
        ticket: Ticket,
        home: Home,
        job: Job,
        issue: Issue,
        tenant: Person | None,
        rests_at: str | None,
    ) -> None:
        super().__init__(desk, ticket, home, None, rests_at)
        self.place = home
        self.job = job
        self.issue = issue
        self.tenant = tenant
        self.vendor: Vendor | None = None
        self.links: dict[UUID, TicketVendor] = {}
        self.quotes: dict[UUID, list[Quote]] = {}
        self.slots: list[VisitSlot] = []
        self.approvals: list[Approval] = []
        self.escalations: list[Escalation] = []
        self.participants: set[UUID] = set()
        self.visit_at: int | None = None
        self.ceiling: int | None = None
        self.paid_cents = 0
        self.holds = 0
        self.steps = 0

    @property
    def limit(self) -> int:
        """Up to what amount nobody is asked."""
        return self.operator.limit if self.place.limit is None else self.place.limit

    @property
    def tenant_actor(self) -> Actor:
        """The tenant as the audit log names it."""
        return Actor("tenant", self.tenant.id) if self.tenant else SYSTEM

    @property
    def live_quote(self) -> Quote | None:
        """The assigned vendor's newest quote."""
        quotes = self.quotes.get(self.vendor.id) if self.vendor else None
        return quotes[-1] if quotes else None

    @property
    def approval(self) -> Approval | None:
        """The standing approval that covers the live quote."""
        quote = self.live_quote
        if quote is None:
            return None
        own = {each.id for each in self.quotes[quote.vendor_id]}
        return next(
            (
                each
                for each in reversed(self.approvals)
                if each.decision == "approved"
                and each.revoked_at is None
                and each.quote_id in own
                and (each.approved_amount_cents or 0) >= quote.amount_cents
            ),
            None,
        )

    @property
    def time_agreed(self) -> bool:
        """Whether there is nobody to ask for the time, or the tenant agreed."""
        return self.tenant is None or self.job.tenant_time_confirmed_at is not None

    def job_edited(self) -> None:
        """The job's row has changed."""
        self.job.updated_at = self.now
        self.job.version += 1

    def link_vendor(self, vendor: Vendor, role: str) -> None:
        """A vendor takes part in a role; it has one at a time."""
        link = self.links.get(vendor.id)
        if link is None:
            self.links[vendor.id] = TicketVendor(
                self.world.ids.new(self.now), self.operator.id, self.ticket.id, vendor.id, role, self.now
            )
        else:
            link.role = role

    def clear_time(self) -> None:
        """The tenant's word no longer holds."""
        self.job.tenant_time_confirmed_at = None
        self.visit_at = None

    def drop_vendor(self, reason: str) -> None:
        """The assigned vendor is out: its link grants nothing any more."""
        if self.vendor:
            self.link_vendor(self.vendor, "declined")
            details = {
                "before": {"assigned_vendor_id": str(self.vendor.id)},
                "after": {"assigned_vendor_id": None},
                "reason": reason,
                "version": self.job.version + 1,
            }
            self.record("vendor_unassigned", self.vendor.actor, details, of=("Job", self.job.id))
        for approval in self.approvals:
            if approval.decision is None and approval.revoked_at is None:
                approval.revoked_at = approval.updated_at = self.now
        self.vendor = None
        self.job.assigned_vendor_id = self.job.vendor_assigned_at = self.job.estimated_arrival = None
        self.clear_time()
        self.job_edited()

    def escalate(self, kind: str, by: Actor, details: str | None) -> None:
        """Somebody above should look at it; most are looked at within days."""
        moment = self.now
        row = Escalation(
            id=self.world.ids.new(moment),
            operator_id=self.operator.id,
            ticket_id=self.ticket.id,
            type=kind,
            status="open",
            raised_by=by.contact_id,
            raised_at=moment,
            resolved_at=None,
            details=details,
            created_at=moment,
            updated_at=moment,
        )
        self.escalations.append(row)
        if self.ticket.escalated_at is None:
            self.ticket.escalated_at = moment
            self.edited()
        self.record("escalation_raised", by, {"after": {"type": kind}, "version": 1}, of=("Escalation", row.id))

    def settle_escalations(self, outcome: str) -> None:
        """What became of them until the present; only late ones may still be open."""
        for row in self.escalations:
            if outcome in ("open", "in_review") and row.raised_at > PRESENT - 120 * DAY:
                row.status, row.version = outcome, 1 + (outcome == "in_review")
                row.updated_at = min(row.raised_at + (row.version - 1) * HOUR, PRESENT)
            else:
                row.status, row.version = "closed" if outcome == "closed" else "resolved", 3
                hours = self.world.between(4, 200)
                row.resolved_at = row.updated_at = min(row.raised_at + hours * HOUR, PRESENT)

    def write(self) -> None:
        """Write the rows that could change until now."""
        add = self.world.sink.add
        waiting = self.live_quote if self.ticket.status in _WAITING else None
        if waiting and waiting.valid_until and waiting.valid_until < PRESENT:
            waiting.valid_until = PRESENT + 10 * DAY
        add(self.ticket)
        add(self.job)
        for rows in self.quotes.values():
            self.world.sink.extend(rows)
        for group in (self.links.values(), self.slots, self.approvals, self.escalations):
            self.world.sink.extend(group)

    def stamp(self) -> int:
        """The next second."""
        self.now += SECOND
        return self.now


Steps: TypeAlias = dict[str, Callable[[JobStory], None]]
"""What may happen next, by status."""
