"""Messages between people outside and the desk, and the bookkeeping that threads them."""

from asyncpg.pgproto.pgproto import UUID

from db.demo.clock import HOUR, PRESENT, SECOND, date_of
from db.demo.rows.records import ActiveTicket, AutoReply, BufferedMessage, Message, ReportRun, Thread
from db.demo.rows.team import Ticket
from db.demo.world import Operator, Person, World


class Conversations:
    """One operator's threads."""

    def __init__(self, world: World, operator: Operator) -> None:
        self._world = world
        self._operator = operator
        self._active: dict[UUID, tuple[Ticket, int]] = {}

    def open(self, ticket: Ticket, person: Person, text: str) -> "Conversation":
        """A thread that begins with what somebody wrote."""
        conversation = Conversation(self._world, self._operator, ticket, person)
        conversation.hear(text, ticket.created_at)
        self._active[person.id] = (ticket, ticket.created_at)
        if self._world.chance(0.25):
            sent = ticket.created_at + 4 * SECOND
            self._world.sink.add(AutoReply(self._world.ids.new(sent), self._operator.id, person.address, sent, sent))
        return conversation

    def close(self) -> None:
        """Write each sender's last ticket, what is buffered at present, and the reports sent in the last quarter."""
        world, operator = self._world, self._operator
        for contact_id, (ticket, moment) in self._active.items():
            world.sink.add(ActiveTicket(world.ids.new(moment), operator.id, contact_id, ticket.id, moment, moment, 1))
        for at, text in enumerate(("Hello, it is me again.", "The water is off now.", "Forgot the picture, sorry.")):
            received = PRESENT - (70 - 20 * at) * SECOND
            world.sink.add(
                BufferedMessage(
                    world.ids.new(received),
                    operator.id,
                    "+447700900123",
                    text,
                    received,
                    received + 90 * SECOND,
                    received,
                )
            )
        today = operator.zone.day(PRESENT)
        for day in range(today - 90, today):
            self._report(day, "daily")
            if day % 7 == 4:
                self._report(day, "weekly")

    def _report(self, day: int, kind: str) -> None:
        claimed = self._operator.zone.at(day + 1, 6 * HOUR)
        if claimed <= PRESENT:
            run_id = self._world.ids.new(claimed)
            self._world.sink.add(ReportRun(run_id, self._operator.id, kind, date_of(day), claimed, claimed))


class Conversation:
    """The thread of a ticket."""

    def __init__(self, world: World, operator: Operator, ticket: Ticket, person: Person) -> None:
        self._world = world
        self._operator = operator
        self._ticket = ticket
        self._thread_id = world.ids.new(ticket.created_at)
        self.person = person
        self._last: str | None = None
        self._count = 0
        world.sink.add(Thread(self._thread_id, operator.id, ticket.id, ticket.created_at))

    def hear(self, text: str, moment: int) -> None:
        """A message comes in."""
        self._write("inbound", self.person.address, text, moment, "mail.example.com")

    def say(self, text: str, moment: int) -> None:
        """A message goes out."""
        text = text.format(name=self.person.first_name, number=self._ticket.number)
        self._write("outbound", f"desk@{self._operator.domain}", text, moment, self._operator.domain)

    def _write(self, direction: str, sender: str, text: str, moment: int, host: str) -> None:
        self._count += 1
        message_id = f"<{self._ticket.number}.{self._count}@{host}>"
        message = Message(
            self._world.ids.new(moment),
            self._operator.id,
            self._thread_id,
            message_id,
            self._last,
            direction,
            sender,
            text,
            moment,
            moment,
        )
        self._world.sink.add(message)
        self._last = message_id
