"""What a ticket is about, before it exists; and its first row with the people and homes that belong to it."""

from dataclasses import dataclass

from db.demo.chance import Deck
from db.demo.clock import HOUR
from db.demo.desk import Desk
from db.demo.rows.links import TicketHomeowner, TicketParticipant, TicketProperty
from db.demo.rows.team import Ticket
from db.demo.world import ADMIN, SYSTEM, Actor, Home, Person, Stay

PRIORITY_OF = {"routine": "normal", "urgent": "high", "emergency": "urgent"}
_BY_STAFF = frozenset({"agent", "phone"})
_BY_CLOCK = frozenset({"recurring", "project"})


@dataclass(slots=True)
class Matter:
    """What is asked for, by whom, for which home."""

    ticket_type: str
    title: str
    description: str | None
    source: str
    priority: str
    home: Home | None
    stay: Stay | None = None
    requestor: Person | None = None
    requestor_role: str = "tenant"
    tenant: Person | None = None


class Intake:
    """Opens one operator's tickets."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._notes = Deck[str | None](
            desk.world.rng, [None, None, None, "Prefers a call.", "VIP.", "See last year's ticket."]
        )

    def open(self, matter: Matter, moment: int) -> Ticket:
        """The ticket's row; its story writes it when it is told."""
        desk, home, stay = self._desk, matter.home, matter.stay
        world, operator = desk.world, desk.operator
        maintenance = matter.ticket_type == "maintenance"
        owner = home.owner if home else None
        ticket = Ticket(
            id=world.ids.new(moment),
            operator_id=operator.id,
            number=operator.number("MT" if maintenance else "TK", moment),
            ticket_type=matter.ticket_type,
            workflow="maintenance" if maintenance else "general",
            title=matter.title,
            description=matter.description,
            notes=self._notes.deal(),
            status="reported" if maintenance else "open",
            priority=matter.priority,
            source=matter.source,
            property_id=home.id if home else None,
            reservation_id=stay.id if stay else None,
            homeowner_id=owner.id if owner else None,
            requestor_contact_id=matter.requestor.id if matter.requestor else None,
            created_at=moment,
            updated_at=moment,
            due_at=moment + world.between(8, 240) * HOUR if world.chance(0.6) else None,
        )
        self._add_people(ticket, matter)
        if home:
            self._add_homes(ticket, home)
        return ticket

    def actor(self, matter: Matter) -> Actor:
        """Who opens it: the requestor, somebody who took the call, a program, the clockwork."""
        if matter.source in _BY_CLOCK:
            return SYSTEM
        if matter.source == "import":
            return ADMIN
        if matter.source in _BY_STAFF or matter.requestor is None:
            return self._desk.agent().actor
        return Actor(matter.requestor_role, matter.requestor.id)

    def add_participant(self, ticket: Ticket, person: Person, role: str, moment: int) -> None:
        """Somebody takes part from a moment on."""
        world = self._desk.world
        notify = role != "cc" or world.chance(0.5)
        world.sink.add(
            TicketParticipant(world.ids.new(moment), ticket.operator_id, ticket.id, person.id, role, notify, moment)
        )

    def _add_people(self, ticket: Ticket, matter: Matter) -> None:
        """The requestor, tenant or guest, owner, and who else should know."""
        world, operator, moment = self._desk.world, self._desk.operator, ticket.created_at
        if matter.requestor:
            self.add_participant(ticket, matter.requestor, "requestor", moment)
        if matter.tenant:
            self.add_participant(ticket, matter.tenant, "tenant", moment)
        if matter.stay and matter.stay.guest:
            self.add_participant(ticket, matter.stay.guest, "guest", moment)
        owner = matter.home.owner if matter.home else None
        if owner:
            self.add_participant(ticket, owner, "owner", moment)
            homeowners = [(owner, "owner")]
            if world.chance(0.06):
                other = operator.homes[world.between(0, len(operator.homes) - 1)].owner
                if other and other.id != owner.id:
                    homeowners.append((other, "co_owner"))
            for person, role in homeowners:
                link = TicketHomeowner(world.ids.new(moment), operator.id, ticket.id, person.id, role, moment)
                world.sink.add(link)
        if world.chance(0.5):
            self.add_participant(ticket, self._desk.timesheet.member("lead", "manager").person, "cc", moment)

    def _add_homes(self, ticket: Ticket, home: Home) -> None:
        world, operator, moment = self._desk.world, self._desk.operator, ticket.created_at
        links = [(home, "affected")] if world.chance(0.3) else []
        if world.chance(0.05):
            links.append((operator.homes[world.between(0, len(operator.homes) - 1)], "shared"))
        for each, role in links:
            world.sink.add(TicketProperty(world.ids.new(moment), operator.id, ticket.id, each.id, role, moment))
