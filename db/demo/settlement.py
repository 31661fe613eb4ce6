"""A job is done: its cost, papers, payment, and what the tenant thought."""

from decimal import ROUND_HALF_UP, Decimal

from db.demo.chance import Deck
from db.demo.clock import HOUR, MINUTE, PRESENT
from db.demo.desk import Desk
from db.demo.errands import Errands
from db.demo.job_story import JobStory
from db.demo.phrases import FEEDBACK
from db.demo.pictures import add_file, add_picture
from db.demo.quoting import Quoting
from db.demo.rows.records import Document, Payment
from db.demo.world import SYSTEM, Actor

_URL = "https://accounting.example.com/documents/"


class Settlement:
    """Completes and pays one operator's jobs."""

    def __init__(self, desk: Desk, quoting: Quoting) -> None:
        rng = desk.world.rng
        self._desk = desk
        self._world = desk.world
        self._quoting = quoting
        self._errands = Errands(desk)
        self._methods = Deck(rng, {"bank_transfer": 6, "card": 3, "check": 2, "invoice": 3, "cash": 1})
        self._no_photo = Deck(rng, ("Camera broken", "Tenant did not want pictures"))
        self._feedback = Deck[str | None](rng, [*FEEDBACK, None, None, None])
        self._ratings = Deck(rng, {5: 9, 4: 7, 3: 3, 2: 1, 1: 1})
        self._overpaid = Deck(rng, [True, *[False] * 49])
        self._documents = 0

    def complete(self, story: JobStory, by: Actor) -> None:
        """Notes, the cost, a picture or the reason for none."""
        job, world = story.job, self._world
        quote = story.live_quote
        job.completion_notes = story.issue.done
        story.stamp()
        if world.chance(0.9):
            add_picture(world, story.ticket, "completion", by.contact_id, story.now)
            job.no_photo_reason = None
        else:
            job.no_photo_reason = self._no_photo.deal()
        if quote:
            job.actual_cost_cents = quote.amount_cents * self._drift() // 100
        elif story.vendor:
            job.actual_cost_cents = world.between(story.issue.low, story.issue.low * 3) * 100
        else:
            job.actual_cost_cents = 0 if world.chance(0.5) else world.between(5, 90) * 100
        self._compare(story)
        job.completed_at = story.stamp() + 1000
        if world.chance(0.5):
            job.completion_reminder_sent_at = max(job.work_started_at or story.now, story.now - 2 * HOUR)
        if world.chance(0.03):
            job.photo_save_failed_at = story.now
        story.job_edited()
        story.resolve_at(job.completed_at)
        details = {"after": {"actual_cost_cents": job.actual_cost_cents}, "version": job.version}
        story.record("work_completed", by, details, of=("Job", job.id))
        self._bill(story)

    def _drift(self) -> int:
        """What a job costs, in percent of its quote."""
        return 100 if self._world.chance(0.6) else self._world.between(85, 112) if self._world.chance(0.9) else 135

    def _compare(self, story: JobStory) -> None:
        job, approval = story.job, story.approval
        expected = approval.approved_amount_cents if approval else job.estimated_cost_cents
        actual = job.actual_cost_cents
        if expected is None or actual is None:
            job.cost_variance_cents = job.cost_variance_percent = None
            return
        job.cost_variance_cents = actual - expected
        job.cost_variance_percent = _percent(actual - expected, expected) if expected else None
        if actual > expected * 1.2 and actual > 10_000:
            story.escalate("cost_overrun", self._desk.coordinator().actor, "Actual cost over the approved amount")

    def order(self, story: JobStory) -> None:
        """The purchase order, once the job is locked in."""
        quote = story.live_quote
        if quote and self._world.chance(0.7):
            self._document(story, "purchase_order", quote.amount_cents)

    def _bill(self, story: JobStory) -> None:
        cents = story.job.actual_cost_cents
        if cents and self._world.chance(0.8):
            self._document(story, "purchase_invoice", cents)
        if cents and self._world.chance(0.2):
            add_picture(
                self._world, story.ticket, "receipt", story.vendor.people[0].id if story.vendor else None, story.now
            )

    def _document(self, story: JobStory, kind: str, cents: int) -> None:
        world, operator, moment = self._world, story.operator, story.now
        self._documents += 1
        number = f"{''.join(word[0] for word in kind.split('_')).upper()}-{100000 + self._documents}"
        scanned = self._documents % 3 == 0
        file_id = None
        if scanned:
            file_id = add_file(world, story.ticket, f"{number}.pdf", "application/pdf", None, moment)
        row = Document(
            id=world.ids.new(moment),
            operator_id=operator.id,
            ticket_id=story.ticket.id,
            kind=kind,
            number=number if self._documents % 17 else None,
            url=None if scanned else f"{_URL}{number}",
            file_id=file_id,
            external_id=f"bc-{number}" if self._documents % 5 else None,
            amount_cents=cents if kind != "journal_entry" else None,
            currency=operator.currency if kind != "journal_entry" else None,
            issued_at=moment if self._documents % 11 else None,
            created_at=moment,
            updated_at=moment,
            version=1,
        )
        world.sink.add(row)
        story.record("document_added", SYSTEM, {"after": {"kind": kind}, "version": 1}, of=("Document", row.id))

    def ask_tenant(self, story: JobStory) -> None:
        """The tenant is asked how it was, and mostly answers."""
        job, world = story.job, self._world
        if not story.tenant or job.feedback_sent_at:
            return
        asked = story.now + world.between(2, 20) * HOUR
        if asked > PRESENT:
            return
        story.now = job.feedback_sent_at = asked
        if world.chance(0.7) and asked + 3 * HOUR < PRESENT:
            story.now += world.between(5, 170) * MINUTE
            job.tenant_rating = self._ratings.deal()
            job.tenant_satisfied = job.tenant_rating > 2
            job.tenant_feedback = self._feedback.deal()
            if story.vendor:
                story.vendor.ratings.append(job.tenant_rating)
            details = {"after": {"tenant_rating": job.tenant_rating}, "version": job.version + 1}
            story.record("feedback_recorded", story.tenant_actor, details, of=("Job", job.id))
        story.job_edited()

    def pay(self, story: JobStory) -> None:
        """What is owed is paid or waived; now and then only at the second try."""
        cents, world = story.job.actual_cost_cents or 0, self._world
        owed = cents - story.paid_cents
        if owed <= 0:
            return
        self._cover(story, cents)
        if world.chance(0.04):
            self._payment(story, owed, "failed")
            story.wait(300, 3000)
        story.wait(240, 6000)
        self._payment(story, owed, "waived" if world.chance(0.05) else "paid")
        story.paid_cents = cents
        self._errands.move_money(story, owed, "expense", "Vendor paid" if story.vendor else "Material")
        if world.chance(0.15):
            self._document(story, "sales_invoice", cents * 11 // 10)
            self._errands.move_money(story, cents * 11 // 10, "charge", "Charged to the owner")
        elif world.chance(0.1):
            self._document(story, "journal_entry", cents)
        if self._overpaid.deal():
            self.refund(story)

    def _cover(self, story: JobStory, cents: int) -> None:
        """A direct job above the limit needs an approval before it is closed."""
        if story.job.gate_override and cents > story.limit and not story.approval:
            covered = any(each.decision == "approved" and each.revoked_at is None for each in story.approvals)
            if not covered:
                self._quoting.approve_override(story, cents)

    def owe(self, story: JobStory) -> None:
        """The payment is on its way."""
        if story.job.actual_cost_cents and not story.paid_cents:
            self._payment(story, story.job.actual_cost_cents, "pending")

    def refund(self, story: JobStory) -> None:
        """A part of what was paid comes back."""
        if story.paid_cents:
            self._payment(story, story.paid_cents // 2, "refunded")

    def _payment(self, story: JobStory, cents: int, status: str) -> None:
        world, moment = self._world, story.stamp()
        method = self._methods.deal()
        paid_at = moment if status in ("paid", "refunded") else None
        row = Payment(
            id=world.ids.new(moment),
            operator_id=story.operator.id,
            ticket_id=story.ticket.id,
            method=method,
            reference=None if method == "cash" or status == "waived" else f"PAY-{world.rng.getrandbits(32):08x}",
            amount_cents=cents,
            currency=story.operator.currency,
            status=status,
            paid_at=paid_at,
            created_at=moment,
            updated_at=moment,
            version=1,
        )
        world.sink.add(row)
        by = self._desk.timesheet.member("bookkeeper", "manager").actor
        details = {"after": {"status": status, "amount_cents": cents}, "version": 1}
        story.record("payment_recorded", by, details, of=("Payment", row.id))


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
