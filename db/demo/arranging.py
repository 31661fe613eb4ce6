"""A job before the tenant is asked: who does it, and for how much."""

from db.demo.foreman import Foreman
from db.demo.job_story import JobStory, Steps
from db.demo.phrases import OVERRIDES
from db.demo.world import SYSTEM


class Arranging:
    """Vendors and prices."""

    def __init__(self, foreman: Foreman) -> None:
        self._foreman = foreman
        self._world = foreman.desk.world
        self._quoting = foreman.quoting
        self.steps: Steps = {
            "reported": self._from_reported,
            "vendor_contacted": self._from_vendor_contacted,
            "quoted": self._from_quoted,
            "pending_approval": self._from_pending_approval,
            "rejected": self._from_rejected,
        }

    def _from_reported(self, story: JobStory) -> None:
        """Own staff does it, a vendor is asked, or nothing comes of it."""
        roll = self._world.rng.random()
        if story.job.urgency == "emergency" and roll < 0.6:
            self._foreman.go_direct(story, OVERRIDES[0])
        elif roll < 0.09:
            self._foreman.go_direct(story, OVERRIDES[1] if roll < 0.06 else OVERRIDES[2])
        elif roll < 0.13 and story.rests_at is None:
            story.wait(10, 3000)
            self._foreman.cancel(story, story.requestor_actor if story.requestor else self._foreman.lead(story))
        else:
            story.wait(5, 600)
            self._quoting.assign(story, self._foreman.lead(story))
            if roll > 0.95:
                story.wait(30, 2000)
                self._quoting.quote(story)
                story.move("quoted", story.vendor.actor if story.vendor else self._foreman.lead(story))
            else:
                story.move("vendor_contacted", self._foreman.lead(story))

    def _from_vendor_contacted(self, story: JobStory) -> None:
        roll = self._world.rng.random()
        vendor = story.vendor
        if roll < 0.05:
            story.wait(2000, 6000)
            story.escalate("no_vendor_response", SYSTEM, None)
        elif roll < 0.13 and vendor:
            story.wait(60, 2500)
            story.drop_vendor("Fully booked")
            story.move("reported", vendor.actor)
        elif roll < 0.16:
            self._foreman.go_direct(story, OVERRIDES[2])
        elif roll < 0.18 and story.rests_at is None:
            story.wait(60, 2500)
            self._foreman.cancel(story, self._foreman.lead(story))
        else:
            story.wait(40, 2600)
            if story.vendor is None:
                self._quoting.assign(story, self._foreman.lead(story))
            self._quoting.other_price(story)
            self._quoting.quote(story)
            story.move("quoted", story.vendor.actor if story.vendor else SYSTEM)

    def _from_quoted(self, story: JobStory) -> None:
        """Gates decide where it goes; a vendor that was approved for less names that price first."""
        story.wait(5, 700)
        if story.live_quote is None or (story.ceiling is None and self._world.chance(0.03)):
            self._foreman.ask_again(story)
            return
        if self._world.chance(0.012) and story.rests_at is None:
            self._foreman.cancel(story, self._foreman.lead(story))
            return
        if story.ceiling is not None:
            self._quoting.quote(story, story.ceiling)
            story.ceiling = None
        self._foreman.follow_gates(story, SYSTEM)

    def _from_pending_approval(self, story: JobStory) -> None:
        if self._world.chance(0.06):
            story.wait(4000, 7000)
            story.escalate("approval_overdue", SYSTEM, "No decision in three days")
        story.wait(20, 3000)
        roll = self._world.rng.random()
        if story.rests_at == "rejected":
            roll = 0.8
        if roll < 0.76:
            by = self._quoting.decide(story, "approved")
            self._foreman.follow_gates(story, SYSTEM if by.type == "homeowner" else by)
        elif roll < 0.87:
            by = self._quoting.decide(story, "rejected")
            story.move("rejected", by, story.approvals[-1].justification)
        elif roll < 0.95:
            by = self._quoting.decide(story, "lowered")
            story.move("quoted", self._foreman.lead(story))
        elif roll < 0.97:
            self._foreman.cancel(story, self._foreman.lead(story))
        else:
            self._foreman.ask_again(story)

    def _from_rejected(self, story: JobStory) -> None:
        story.wait(30, 2500)
        roll = self._world.rng.random()
        if roll < 0.35:
            self._foreman.ask_again(story)
        elif roll < 0.7 and story.live_quote:
            self._quoting.quote(story, story.live_quote.amount_cents * 3 // 4 // 100 * 100)
            story.move("quoted", self._foreman.lead(story))
        elif roll < 0.75:
            self._foreman.cancel(story, self._foreman.lead(story))
        else:
            self._foreman.settlement.pay(story)
            story.close(self._foreman.lead(story))
