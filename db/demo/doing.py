"""A job at work and after it: done, disputed, done again, paid."""

from db.demo.foreman import Foreman
from db.demo.job_story import JobStory, Steps
from db.demo.world import SYSTEM, Actor


class Doing:
    """Work, quarrels and the end."""

    def __init__(self, foreman: Foreman) -> None:
        self._foreman = foreman
        self._world = foreman.desk.world
        self._desk = foreman.desk
        self._quoting = foreman.quoting
        self._settlement = foreman.settlement
        self._remarks = foreman.remarks
        self.steps: Steps = {
            "in_progress": self._from_in_progress,
            "completed": self._from_completed,
            "disputed": self._from_disputed,
        }

    def _from_in_progress(self, story: JobStory) -> None:
        roll = self._world.rng.random()
        by = story.vendor.actor if story.vendor else self._foreman.lead(story)
        if roll < 0.04 and story.vendor:
            story.wait(30, 300, office=False)
            self._foreman.revise(story)
        elif roll < 0.05:
            story.wait(30, 300)
            self._foreman.cancel(story, self._desk.manager().actor)
        elif roll < 0.07 or story.rests_at == "disputed":
            story.wait(60, 900, office=False)
            self._dispute(story)
        else:
            self._work(story)
            self._settlement.complete(story, by)
            story.move("completed", by)
            self._settlement.ask_tenant(story)

    def _work(self, story: JobStory) -> None:
        """The vendor works; own staff books its time."""
        world = self._world
        if story.vendor:
            story.wait(40, 420, office=False)
            if world.chance(0.3):
                self._remarks.comment(story, story.vendor.actor)
            if world.chance(0.85):
                story.work(self._desk.timesheet.member("technician", "lead"), world.between(15, 60))
            return
        technician = self._desk.timesheet.member("technician")
        story.work(technician, world.between(10, 45), "travel")
        for _ in range(1 + world.chance(0.6)):
            story.work(technician, world.between(20, 120))

    def _dispute(self, story: JobStory) -> None:
        owner = story.place.owner
        by = Actor("homeowner", owner.id) if owner else self._foreman.lead(story)
        if story.tenant:
            by = story.tenant_actor
        kind = "tenant_dispute" if story.tenant else "quality_issue"
        story.escalate(kind, by, "Not satisfied with the work")
        story.move("disputed", by, "Not done as agreed")

    def _from_disputed(self, story: JobStory) -> None:
        story.wait(120, 5000)
        roll = self._world.rng.random()
        by = self._foreman.lead(story)
        if roll < 0.2 and story.tenant and story.live_quote:
            story.clear_time()
            self._quoting.offer(story, story.live_quote, 2)
            story.move("pending_tenant_confirmation", by, "revisit")
        elif roll < 0.3 and story.vendor:
            self._quoting.quote(story)
            story.move("quoted", by)
        elif roll < 0.5 and story.ticket.resolved_at:
            story.move("completed", by)
        elif roll < 0.65 and story.job.completed_at:
            self._settlement.pay(story)
            self._settlement.refund(story)
            story.close(self._desk.manager().actor)
        else:
            story.move("in_progress", by)

    def _from_completed(self, story: JobStory) -> None:
        roll = self._world.rng.random()
        if roll < 0.04:
            story.wait(100, 3000)
            story.escalate("quality_issue", self._foreman.lead(story), None)
            story.move("in_progress", self._foreman.lead(story), "rework")
        elif roll < 0.08 or story.rests_at == "disputed":
            story.wait(60, 3000, office=False)
            self._dispute(story)
        elif roll < 0.095 and story.job.actual_cost_cents:
            story.wait(900, 5000)
            story.ticket.closure_override = "Paid by the insurance directly"
            story.close(self._desk.manager().actor)
        else:
            self._finish(story)

    def _finish(self, story: JobStory) -> None:
        """Paid and closed."""
        if self._world.chance(0.25):
            self._settlement.owe(story)
        self._settlement.pay(story)
        story.wait(30, 2500, office=False)
        story.close(SYSTEM)
