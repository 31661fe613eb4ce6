"""The stories of general tickets: guests' and owners' wishes, cleaning, stock, billing."""

from db.demo.chance import Deck
from db.demo.clock import DAY, SECOND
from db.demo.desk import Desk
from db.demo.errands import Errands
from db.demo.matter import Intake, Matter
from db.demo.phrases import CANCEL_NOTES, HOLD_REASONS
from db.demo.remarks import Remarks
from db.demo.rows.team import Ticket
from db.demo.story import Story, UnfinishedError
from db.demo.world import SYSTEM, Actor

_POSTS = {
    "guest_request": ("host",),
    "owner_request": ("lead",),
    "cleaning": ("housekeeper",),
    "inspection_followup": ("technician",),
    "inventory": ("housekeeper",),
    "billing": ("bookkeeper",),
    "general": ("host",),
    "maintenance": ("technician",),
}
_RESTS = ("open", "in_progress", "waiting", "resolved")


class RequestDesk:
    """Tells the stories of one operator's general tickets."""

    def __init__(self, desk: Desk, intake: Intake, remarks: Remarks) -> None:
        rng = desk.world.rng
        self._desk = desk
        self._intake = intake
        self._remarks = remarks
        self._errands = Errands(desk)
        self._firsts = Deck(rng, {"in_progress": 33, "waiting": 4, "resolved": 8, "cancelled": 3})
        self._seconds = Deck(rng, {"resolved": 36, "waiting": 6, "open": 2, "cancelled": 1})
        self._thirds = Deck(rng, {"in_progress": 6, "resolved": 3, "cancelled": 1})
        self._rests = Deck(rng, _RESTS)
        self._holds = Deck(rng, HOLD_REASONS)
        self._notes = Deck(rng, CANCEL_NOTES)
        self._reasons = Deck(rng, {"duplicate": 3, "not_needed": 4, "out_of_scope": 2, "other": 2})
        self._withdrawals = Deck(rng, [True, *[False] * 9])  # of vendors, whose money has come
        self._cancellers = Deck(rng, {"requestor": 6, "agent": 4, "manager": 2, "admin": 1, "database": 1})

    def tell(self, matter: Matter, moment: int, *, recent: bool) -> Ticket:
        """A ticket from its creation to the present; its rows are written."""
        ticket = self._intake.open(matter, moment)
        rests_at = self._rests.deal() if recent and self._desk.world.chance(0.4) else None
        story = Story(self._desk, ticket, matter.home, matter.stay, rests_at)
        story.requestor = matter.requestor
        if matter.requestor:
            story.requestor_actor = Actor(matter.requestor_role, matter.requestor.id)
        story.record("ticket_created", self._intake.actor(matter), {"after": {"source": matter.source}, "version": 1})
        conversation = self._remarks.begin(story, matter)
        try:
            if rests_at != "open":
                self._pick_up(story)
                self._remarks.answer(story, conversation, self._lead(story))
                self._go_on(story)
        except UnfinishedError:
            pass
        self._desk.world.sink.add(ticket)
        return ticket

    def _lead(self, story: Story) -> Actor:
        return (story.lead or self._desk.agent()).actor

    def _pick_up(self, story: Story) -> None:
        story.wait(4, 300 if story.ticket.priority in ("high", "urgent") else 1500)
        story.assign(self._desk.agent())

    def _go_on(self, story: Story) -> None:
        """From status to status, until the story ends or rests."""
        steps = {
            "open": self._from_open,
            "in_progress": self._from_in_progress,
            "waiting": self._from_waiting,
            "resolved": self._from_resolved,
            "closed": self._from_closed,
        }
        while step := steps.get(story.ticket.status):
            step(story)

    def _from_open(self, story: Story) -> None:
        story.wait(5, 900)
        if story.world.chance(0.25):
            self._remarks.ask(story)
        if story.requestor_actor.type == "vendor" and self._withdrawals.deal():
            story.cancel(story.requestor_actor, "not_needed")
            return
        to = "waiting" if story.rests_at == "waiting" else self._firsts.deal()
        self._take(story, to)

    def _from_in_progress(self, story: Story) -> None:
        story.wait(3, 240)
        if story.rests_at == "in_progress":
            raise UnfinishedError
        self._work(story)
        to = self._seconds.deal()
        if story.world.chance(0.45):
            self._remarks.comment(story, self._lead(story))
        self._take(story, to)

    def _work(self, story: Story) -> None:
        world = story.world
        post = _POSTS[story.ticket.ticket_type]
        member = self._desk.timesheet.member(*post)
        if world.chance(0.35):
            story.work(member, world.between(10, 40), "travel")
        for _ in range(1 + world.chance(0.65) + world.chance(0.2)):
            story.work(member, world.between(15, 110))
        if world.chance(0.35):
            story.work(self._desk.timesheet.member("bookkeeper", "lead"), world.between(5, 25), "admin")
        self._errands.run(story, member)

    def _from_waiting(self, story: Story) -> None:
        story.wait(600, 9000)
        if story.world.chance(0.3):
            self._remarks.ask(story)
        self._take(story, self._thirds.deal())

    def _from_resolved(self, story: Story) -> None:
        """Closed by the clockwork after a week, if nobody comes back to it."""
        if story.ticket.reopened_count < 2 and story.world.chance(0.05):
            story.wait(300, 5000, office=False)
            by = story.requestor_actor if story.requestor else self._lead(story)
            story.move("in_progress", by)
        elif story.world.chance(0.15):
            story.wait(60, 2000)
            story.close(self._lead(story))
        else:
            story.wait_until((story.ticket.resolved_at or story.now) + 7 * DAY + 30 * SECOND)
            story.close(SYSTEM)

    def _from_closed(self, story: Story) -> None:
        if story.ticket.reopened_count or not story.world.chance(0.02):
            raise UnfinishedError
        story.wait(900, 20_000)
        story.move("in_progress", self._desk.manager().actor)

    def _take(self, story: Story, to: str) -> None:
        if to == "cancelled":
            self._cancel(story)
        elif to == "resolved":
            story.now += SECOND
            story.resolve_at(story.now + SECOND)
            story.move(to, self._lead(story))
        else:
            reason = self._holds.deal() if to == "waiting" else None
            story.move(to, self._lead(story), reason)

    def _cancel(self, story: Story) -> None:
        kind = self._cancellers.deal()
        reason = self._reasons.deal()
        note = self._notes.deal() if reason == "other" or story.world.chance(0.2) else None
        if kind == "requestor" and story.requestor and story.ticket.status == "open":
            by = story.requestor_actor
        elif kind in ("manager", "admin"):
            by = Actor(kind, self._desk.manager().person.id)
        elif kind == "database":
            by = Actor("database", None)
        else:
            by = self._lead(story)
        story.cancel(by, reason, note)
