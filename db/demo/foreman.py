"""The moves that jobs make from more than one status."""

from db.demo.chance import Deck
from db.demo.desk import Desk
from db.demo.job_story import JobStory
from db.demo.matter import Intake
from db.demo.phrases import CANCEL_NOTES, OVERRIDES
from db.demo.quoting import Quoting
from db.demo.remarks import Remarks
from db.demo.settlement import Settlement
from db.demo.world import SYSTEM, Actor


class Foreman:
    """Runs one operator's jobs."""

    def __init__(self, desk: Desk, intake: Intake, remarks: Remarks) -> None:
        rng = desk.world.rng
        self.desk = desk
        self.remarks = remarks
        self.quoting = Quoting(desk, intake)
        self.settlement = Settlement(desk, self.quoting)
        self._world = desk.world
        self._notes = Deck(rng, CANCEL_NOTES)
        self._reasons = Deck(rng, {"duplicate": 3, "not_needed": 4, "out_of_scope": 2, "other": 2})

    def lead(self, story: JobStory) -> Actor:
        """Who runs the job."""
        return (story.lead or self.desk.coordinator()).actor

    def cancel(self, story: JobStory, by: Actor) -> None:
        """It is not needed any more, or not ours."""
        reason = self._reasons.deal()
        note = self._notes.deal() if reason == "other" or self._world.chance(0.2) else None
        if by.type in ("homeowner", "vendor", "guest"):
            by = self.lead(story)
        story.stamp()
        story.cancel(by, reason, note)

    def go_direct(self, story: JobStory, reason: str) -> None:
        """Work starts without a quote: an agent may for an emergency, else a manager."""
        emergency = story.job.urgency == "emergency"
        story.wait(3, 60 if emergency else 1200, office=not emergency)
        by = self.lead(story) if emergency else self.desk.manager().actor
        if reason != OVERRIDES[1] and story.vendor is None:
            self.quoting.assign(story, by)
        story.job.gate_override = reason
        self.start(story, by, reason)

    def start(self, story: JobStory, by: Actor, reason: str | None = None) -> None:
        """Work begins."""
        job = story.job
        job.work_started_at = story.stamp()
        job.arrival_notes = "Access as described, found it at once." if self._world.chance(0.4) else None
        story.job_edited()
        story.record("work_started", by, {"version": job.version}, of=("Job", job.id))
        story.move("in_progress", by, reason)

    def ask_again(self, story: JobStory) -> None:
        """Another vendor gets the job."""
        story.drop_vendor("Another vendor")
        self.quoting.assign(story, self.lead(story))
        story.move("vendor_contacted", self.lead(story))

    def revise(self, story: JobStory) -> None:
        """The vendor changes its price."""
        self.quoting.quote(story)
        story.move("quoted", story.vendor.actor if story.vendor else self.lead(story))

    def reopen_cost(self, story: JobStory) -> None:
        """The approval is taken back: the cost has to be decided again, the tenant is not asked again."""
        quote = story.live_quote
        if quote and quote.amount_cents > story.limit:
            self.quoting.revoke(story, self.desk.manager().actor)
            self.quoting.request(story)
            story.move("pending_approval", SYSTEM)
        else:
            self.revise(story)

    def follow_gates(self, story: JobStory, by: Actor) -> None:
        """Cost first, then the tenant's time; both passed locks the job in."""
        if not self.quoting.judge(story):
            self.quoting.request(story)
            self._go(story, "pending_approval", by)
        elif not story.time_agreed:
            self._go(story, "pending_tenant_confirmation", by)
        else:
            if story.job.locked_in_at is None:
                story.job.locked_in_at = story.stamp()
                story.job_edited()
                self.settlement.order(story)
            self._go(story, "approved", by)

    def _go(self, story: JobStory, to: str, by: Actor) -> None:
        if story.ticket.status != to:
            story.move(to, by)
