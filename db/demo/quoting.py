"""Vendors are asked, quote, and the money is agreed."""

from db.demo.chance import Deck
from db.demo.clock import DAY, HOUR, MINUTE
from db.demo.desk import Desk
from db.demo.job_story import JobStory
from db.demo.matter import Intake
from db.demo.phrases import CONDITIONS, JUSTIFICATIONS, REJECTIONS
from db.demo.rows.maintenance import Approval, Quote, VisitSlot
from db.demo.story import UnfinishedError
from db.demo.world import SYSTEM, Actor, Person, Vendor


class Quoting:
    """Asks one operator's vendors, and decides on their prices."""

    def __init__(self, desk: Desk, intake: Intake) -> None:
        rng = desk.world.rng
        self._desk = desk
        self._world = desk.world
        self._intake = intake
        self._justifications = Deck[str | None](rng, [*JUSTIFICATIONS, None, None])
        self._rejections = Deck(rng, REJECTIONS)
        self._conditions = Deck(rng, CONDITIONS)

    def assign(self, story: JobStory, by: Actor) -> Vendor:
        """Some vendor of the trade gets the job; another one may be asked for a price too."""
        world = self._world
        fitting = self._desk.operator.vendors[story.issue.specialty]
        fresh = [each for each in fitting if each.id not in story.links] or fitting
        vendor = fresh[world.between(0, len(fresh) - 1)]
        story.vendor = vendor
        story.link_vendor(vendor, "assigned")
        story.job.assigned_vendor_id, story.job.vendor_assigned_at = vendor.id, story.stamp()
        story.clear_time()
        story.job_edited()
        details = {"after": {"assigned_vendor_id": str(vendor.id)}, "version": story.job.version}
        story.record("vendor_assigned", by, details, of=("Job", story.job.id))
        for person in vendor.people[:2]:
            if person.id not in story.participants:
                story.participants.add(person.id)
                self._intake.add_participant(story.ticket, person, "vendor", story.now)
        others = [each for each in fitting if each.id not in story.links]
        if others and world.chance(0.3):
            story.link_vendor(others[0], "quoting" if world.chance(0.75) else "supplier")
        return vendor

    def other_price(self, story: JobStory) -> None:
        """A vendor that was only asked names its price too."""
        asked = next((link.vendor_id for link in story.links.values() if link.role == "quoting"), None)
        vendor = next((each for each in self._desk.operator.vendors[story.issue.specialty] if each.id == asked), None)
        if vendor and vendor.id not in story.quotes:
            self._write(story, vendor, self._price(story))

    def quote(self, story: JobStory, ceiling: int | None = None) -> None:
        """The assigned vendor names a price; its former one is history."""
        vendor = story.vendor or self.assign(story, self._desk.coordinator().actor)
        former = story.live_quote
        amount = self._price(story)
        if former:
            amount = former.amount_cents * self._world.between(92, 118) // 100 // 100 * 100
        if ceiling is not None:
            amount = ceiling
        quote = self._write(story, vendor, amount)
        story.clear_time()
        if story.tenant:
            self._offer_slots(story, quote)
        else:
            quote.visit_at = story.now + self._world.between(1, 9) * DAY
            story.visit_at = quote.visit_at

    def _price(self, story: JobStory) -> int:
        low, high = story.issue.low, story.issue.high
        if story.rests_at in ("pending_approval", "rejected"):
            low = story.limit // 100 + 40
            high = max(high, low + 900)
        spread = self._world.rng.random() ** 2  # most jobs are small
        return int(low + (high - low) * spread) * 100 + self._world.between(0, 3) * 25

    def _write(self, story: JobStory, vendor: Vendor, amount: int) -> Quote:
        moment = story.stamp()
        revisions = story.quotes.setdefault(vendor.id, [])
        if revisions:
            revisions[-1].superseded_at = revisions[-1].updated_at = moment
            revisions[-1].version += 1
        quote = Quote(
            id=self._world.ids.new(moment),
            operator_id=story.operator.id,
            ticket_id=story.ticket.id,
            vendor_id=vendor.id,
            revision=len(revisions) + 1,
            amount_cents=amount,
            currency=story.operator.currency,
            scope=story.issue.scope,
            visit_at=None,
            valid_until=moment + 30 * DAY if self._world.chance(0.7) else None,
            created_at=moment,
            updated_at=moment,
        )
        revisions.append(quote)
        details = {"after": {"amount_cents": amount, "revision": quote.revision}, "version": 1}
        story.record("quote_submitted", vendor.actor, details, of=("Quote", quote.id))
        return quote

    def _offer_slots(self, story: JobStory, quote: Quote) -> None:
        quote.tenant_multiple_accept = self._world.chance(0.15)
        quote.slot_menu_sent_at = story.now
        self.offer(story, quote, 2 + self._world.between(0, 2))

    def offer(self, story: JobStory, quote: Quote, count: int) -> None:
        """Offer times for the visit, in office hours of the days to come."""
        zone, world = story.operator.zone, self._world
        for at in range(count):
            day = story.now + (1 + at + world.between(0, 1)) * DAY
            starts = zone.at_work(day) // HOUR * HOUR + 30 * MINUTE * world.between(0, 1)
            story.slots.append(
                VisitSlot(
                    world.ids.new(story.now),
                    story.operator.id,
                    story.ticket.id,
                    quote.id,
                    starts,
                    starts + 2 * HOUR,
                    story.now,
                    story.now,
                    story.now,
                )
            )

    def judge(self, story: JobStory) -> bool:
        """Whether the price needs nobody's word, or has it; what is within the limit is written down so."""
        quote = story.live_quote
        if quote is None:
            raise LookupError(f"{story.ticket.number} has no live quote")
        if story.approval:
            return True
        if quote.amount_cents > story.limit:
            return False
        approval = self._ask(story, quote, required=False)
        approval.decision, approval.decided_at = "approved", story.now
        approval.approved_amount_cents, approval.currency = quote.amount_cents, quote.currency
        after = {"required": False, "decision": "approved", "approved_amount_cents": quote.amount_cents}
        story.record("approval_decided", SYSTEM, {"after": after, "version": 1}, of=("Approval", approval.id))
        return True

    def _ask(self, story: JobStory, quote: Quote | None, *, required: bool) -> Approval:
        moment = story.stamp()
        approval = Approval(
            self._world.ids.new(moment),
            story.operator.id,
            story.ticket.id,
            quote.id if quote else None,
            required,
            moment,
            moment,
        )
        story.approvals.append(approval)
        return approval

    def request(self, story: JobStory) -> None:
        """Somebody has to decide."""
        approval = self._ask(story, story.live_quote, required=True)
        details = {"after": {"required": True}, "version": 1}
        story.record("approval_requested", SYSTEM, details, of=("Approval", approval.id))

    def decide(self, story: JobStory, verdict: str) -> Actor:
        """The word is given: `approved`, `rejected`, or `lowered` (approved for less); who gave it."""
        approval, quote = story.approvals[-1], story.live_quote
        if quote is None:
            raise UnfinishedError
        person, by = self._decider(story, quote.amount_cents)
        amount = quote.amount_cents * 4 // 5 // 100 * 100 if verdict == "lowered" else quote.amount_cents
        approval.decision = "rejected" if verdict == "rejected" else "approved"
        approval.decided_by, approval.decided_at = person.id, story.stamp()
        if verdict != "rejected":
            approval.approved_amount_cents, approval.currency = amount, quote.currency
        approval.justification = self._rejections.deal() if verdict == "rejected" else self._justifications.deal()
        if verdict == "lowered" or self._world.chance(0.15):
            approval.conditions = [self._conditions.deal()]
        approval.updated_at, approval.version = story.now, 2
        story.ceiling = amount if verdict == "lowered" else None
        after = {"decision": approval.decision, "approved_amount_cents": approval.approved_amount_cents}
        story.record("approval_decided", by, {"after": after, "version": 2}, of=("Approval", approval.id))
        return by

    def _decider(self, story: JobStory, amount: int) -> tuple[Person, Actor]:
        owner = story.place.owner
        if owner and self._world.chance(0.35):
            return owner, Actor("homeowner", owner.id)
        lead = self._desk.coordinator()
        if amount <= (lead.approval_limit or 0) and self._world.chance(0.5):
            return lead.person, lead.actor
        manager = self._desk.manager()
        return manager.person, manager.actor

    def approve_override(self, story: JobStory, amount: int) -> None:
        """A manager covers a cost that was never quoted or approved."""
        manager = self._desk.manager()
        approval = self._ask(story, story.live_quote, required=True)
        approval.decision, approval.decided_by, approval.decided_at = "approved", manager.person.id, story.now
        approval.approved_amount_cents, approval.currency = amount, story.operator.currency
        approval.justification = self._justifications.deal()
        after = {"decision": "approved", "approved_amount_cents": amount}
        story.record("approval_decided", manager.actor, {"after": after, "version": 1}, of=("Approval", approval.id))

    def revoke(self, story: JobStory, by: Actor) -> None:
        """An approval no longer holds; a new one is asked for."""
        for approval in story.approvals:
            if approval.decision == "approved" and approval.revoked_at is None:
                approval.revoked_at = approval.updated_at = story.stamp()
                approval.version += 1
                story.record("approval_revoked", by, {"version": approval.version}, of=("Approval", approval.id))
