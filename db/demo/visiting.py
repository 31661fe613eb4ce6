"""A job between the price and the work: when somebody may come."""

from db.demo.clock import DAY, HOUR, PRESENT
from db.demo.foreman import Foreman
from db.demo.job_story import JobStory, Steps
from db.demo.rows.maintenance import VisitSlot
from db.demo.story import UnfinishedError
from db.demo.world import SYSTEM


class Visiting:
    """Times, and other times."""

    def __init__(self, foreman: Foreman) -> None:
        self._foreman = foreman
        self._world = foreman.desk.world
        self._quoting = foreman.quoting
        self._remarks = foreman.remarks
        self.steps: Steps = {
            "pending_tenant_confirmation": self._from_pending_tenant,
            "approved": self._from_approved,
        }

    def _from_pending_tenant(self, story: JobStory) -> None:
        roll = self._world.rng.random()
        if roll < 0.03 and story.tenant and story.rests_at is None:
            story.wait(4300, 4400, office=False)
            story.escalate("no_tenant_response", SYSTEM, None)
            story.wait(20, 60, office=False)
            self._remarks.note(story, "No answer from the tenant in time.")
            story.cancel(SYSTEM, "tenant_no_response_timeout")
        elif roll < 0.05:
            story.wait(100, 2000)
            self._foreman.reopen_cost(story)
        elif roll < 0.07:
            story.wait(100, 2000)
            self._foreman.revise(story)
        elif roll < 0.08:
            story.wait(100, 2000)
            self._foreman.ask_again(story)
        else:
            story.wait(15, 1600, office=False)
            self._confirm(story)
            self._foreman.follow_gates(story, SYSTEM)

    def _confirm(self, story: JobStory) -> None:
        """The tenant picks a time."""
        quote = story.live_quote
        if quote is None:
            raise UnfinishedError
        if not story.tenant:
            story.visit_at = story.now + 2 * DAY
            return
        coming = self._coming_slots(story)
        if not coming:
            self._quoting.offer(story, quote, 3)
            coming = self._coming_slots(story)
        for slot in story.slots:
            if slot.quote_id == quote.id:
                slot.selected_at = None
        accepted = coming[:2] if quote.tenant_multiple_accept else coming[:1]
        for slot in accepted:
            slot.accepted_at = slot.updated_at = story.now
            slot.version += 1
        chosen = accepted[-1]
        chosen.selected_at = story.now
        quote.visit_at = story.visit_at = chosen.starts_at
        quote.updated_at = story.now
        quote.version += 1
        story.job.tenant_time_confirmed_at = story.now
        story.job_edited()
        story.record("visit_confirmed", story.tenant_actor, {"version": story.job.version}, of=("Job", story.job.id))

    def _coming_slots(self, story: JobStory) -> list[VisitSlot]:
        quote = story.live_quote
        return [
            slot
            for slot in story.slots
            if quote and slot.quote_id == quote.id and slot.starts_at > story.now + 2 * HOUR
        ]

    def _from_approved(self, story: JobStory) -> None:
        roll = self._world.rng.random()
        if roll < (0.12 if story.job.reschedule_count == 0 else 0.4) and story.tenant:
            story.wait(30, 900, office=False)
            self._reschedule(story)
        elif roll < 0.415 and roll > 0.4:
            story.wait(30, 900)
            self._foreman.ask_again(story)
        elif 0.415 < roll < 0.43:
            story.wait(30, 900)
            self._foreman.revise(story)
        elif 0.43 < roll < 0.445:
            story.wait(30, 900)
            self._foreman.reopen_cost(story)
        elif 0.445 < roll < 0.455:
            story.wait(30, 900)
            self._foreman.cancel(story, self._foreman.lead(story))
        else:
            self._visit(story)

    def _reschedule(self, story: JobStory) -> None:
        """The tenant asks for another time; the third request ends the job."""
        if story.job.reschedule_count == 2:
            story.cancel(SYSTEM, "reschedule_limit_reached")
            return
        story.job.reschedule_count += 1
        story.clear_time()
        story.job_edited()
        if story.job.reschedule_count == 2:
            story.escalate("repeated_reschedule", SYSTEM, "Second request for another time")
        if story.live_quote:
            self._quoting.offer(story, story.live_quote, 2)
        story.move("pending_tenant_confirmation", story.tenant_actor, "reschedule")

    def _visit(self, story: JobStory) -> None:
        """The vendor comes at the time agreed."""
        if story.rests_at == "approved":
            raise UnfinishedError
        if story.vendor is None:
            raise UnfinishedError
        arrival = max(story.visit_at or story.now, story.now + HOUR)
        story.job.estimated_arrival = arrival
        if self._world.chance(0.6) and arrival - 2 * HOUR > story.now and arrival - 2 * HOUR < PRESENT:
            story.job.start_reminder_sent_at = arrival - 2 * HOUR
        story.wait_until(arrival)
        self._foreman.start(story, story.vendor.actor)
