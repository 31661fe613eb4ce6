"""The stories of maintenance tickets: from the report to the payment, with the detours that jobs take."""

from db.demo.arranging import Arranging
from db.demo.chance import Deck
from db.demo.conversation import Conversation
from db.demo.desk import Desk
from db.demo.doing import Doing
from db.demo.foreman import Foreman
from db.demo.issues import Issue
from db.demo.job_story import JobStory, Steps
from db.demo.matter import Intake, Matter
from db.demo.phrases import ACCESS_NOTES, HOLD_REASONS, OVERRIDES
from db.demo.remarks import Remarks
from db.demo.rows.maintenance import Job
from db.demo.rows.team import Ticket
from db.demo.story import UnfinishedError
from db.demo.visiting import Visiting
from db.demo.world import Actor, Home

_RESTS = (
    "reported",
    "vendor_contacted",
    "quoted",
    "pending_approval",
    "pending_tenant_confirmation",
    "approved",
    "rejected",
    "in_progress",
    "completed",
    "disputed",
    "on_hold",
    "on_hold",
    "rejected",
    "disputed",
    "pending_tenant_confirmation",
    "pending_tenant_confirmation",
)
_LONGEST = 40  # steps of one story; then it rests where it is


class MaintenanceDesk:
    """Tells the stories of one operator's maintenance tickets."""

    def __init__(self, desk: Desk, intake: Intake, remarks: Remarks) -> None:
        rng = desk.world.rng
        self._desk = desk
        self._world = desk.world
        self._intake = intake
        self._remarks = remarks
        self._foreman = foreman = Foreman(desk, intake, remarks)
        self._rests = Deck(rng, _RESTS)
        self._holds = Deck(rng, HOLD_REASONS)
        self._access = Deck[str | None](rng, [*ACCESS_NOTES, None, None])
        self._outcomes = Deck(rng, ("resolved", "closed", "open", "in_review"))
        self._conversation: Conversation | None = None
        self._steps: Steps = {"on_hold": self._from_on_hold}
        for part in (Arranging(foreman), Visiting(foreman), Doing(foreman)):
            self._steps |= part.steps

    def tell(
        self, matter: Matter, issue: Issue, urgency: str, moment: int, *, recent: bool, own_staff: bool = False
    ) -> Ticket:
        """A ticket and its job from the report to the present; their rows are written."""
        if matter.home is None:
            raise ValueError(f"a maintenance ticket needs a home: {matter.title}")
        ticket = self._intake.open(matter, moment)
        rests_at = self._rest(matter) if recent and self._world.chance(0.55) else None
        job = self._job(ticket, matter.home, matter, issue, urgency)
        story = JobStory(self._desk, ticket, matter.home, job, issue, matter.tenant, rests_at)
        story.requestor = matter.requestor
        if matter.requestor:
            story.requestor_actor = Actor(matter.requestor_role, matter.requestor.id)
        created = {"after": {"source": matter.source}, "version": 1}
        story.record("ticket_created", self._intake.actor(matter), created)
        self._conversation = self._remarks.begin(story, matter)
        try:
            self._begin(story, own_staff=own_staff)
            self._go_on(story)
        except UnfinishedError:
            pass
        if story.escalations:
            story.settle_escalations(self._outcomes.deal())
        story.write()
        matter.home.jobs.append(ticket.id)
        return ticket

    def _rest(self, matter: Matter) -> str:
        """Where a ticket is left lying; nobody waits for a tenant that there is not."""
        rests_at = self._rests.deal()
        waits = rests_at == "pending_tenant_confirmation"
        return "approved" if waits and matter.tenant is None else rests_at

    def _job(self, ticket: Ticket, home: Home, matter: Matter, issue: Issue, urgency: str) -> Job:
        world = self._world
        return Job(
            id=world.ids.new(ticket.created_at),
            operator_id=ticket.operator_id,
            ticket_id=ticket.id,
            issue_type=issue.type,
            urgency=urgency,
            unit=home.unit,
            location=issue.location if world.chance(0.85) else None,
            access_notes=self._access.deal() if matter.tenant else None,
            tenant_contact_id=matter.tenant.id if matter.tenant else None,
            created_at=ticket.created_at,
            updated_at=ticket.created_at,
            related_ticket_id=home.jobs[-1] if home.jobs and world.chance(0.08) else None,
            estimated_cost_cents=(issue.low + issue.high) // 4 * 100 if world.chance(0.6) else None,
        )

    def _begin(self, story: JobStory, *, own_staff: bool) -> None:
        """Somebody reads the report."""
        emergency = story.job.urgency == "emergency"
        if story.rests_at == "reported":
            raise UnfinishedError
        story.wait(2, 25 if emergency else 900, office=not emergency)
        story.assign(self._desk.coordinator() if self._world.chance(0.8) else self._desk.agent())
        if emergency and self._world.chance(0.3):
            story.escalate("safety_risk", self._foreman.lead(story), story.ticket.title)
        self._remarks.answer(story, self._conversation, self._foreman.lead(story))
        if self._world.chance(0.7):
            story.work(self._desk.coordinator(), self._world.between(5, 35), "admin")
        if own_staff:
            self._foreman.go_direct(story, OVERRIDES[1])

    def _go_on(self, story: JobStory) -> None:
        """From status to status, until the story ends or rests."""
        while step := self._steps.get(story.ticket.status):
            story.steps += 1
            if story.steps > _LONGEST:
                raise UnfinishedError
            if self._world.chance(0.16):
                self._remarks.comment(story, self._foreman.lead(story))
            if not self._hold(story):
                step(story)

    def _hold(self, story: JobStory) -> bool:
        """Now and then a job is put aside."""
        wanted = story.rests_at == "on_hold" and self._world.chance(0.35)
        rate = 0.06 if story.ticket.status in ("rejected", "disputed") else 0.012
        if story.ticket.status == "on_hold" or not (wanted or (story.holds < 2 and self._world.chance(rate))):
            return False
        story.holds += 1
        story.wait(20, 400)
        story.move("on_hold", self._foreman.lead(story), self._holds.deal())
        return True

    def _from_on_hold(self, story: JobStory) -> None:
        story.wait(900, 14_000)
        if self._world.chance(0.08):
            self._foreman.cancel(story, self._foreman.lead(story))
            return
        if story.visit_at and story.visit_at < story.now:
            story.clear_time()
        story.move(story.ticket.held_from or "reported", self._foreman.lead(story))
