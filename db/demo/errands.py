"""What a general ticket leads to: cleans, inspections, stock used, money moved."""

from db.demo.chance import Deck
from db.demo.desk import Desk
from db.demo.pictures import add_picture
from db.demo.rows.links import TicketClean, TicketInspection, TicketInventoryEvent, TicketTransaction
from db.demo.rows.property import InventoryAction
from db.demo.rows.records import Transaction
from db.demo.story import Story
from db.demo.world import Member

STOCK = {
    "Dishwasher tablets": 40,
    "Bath towel": 1150,
    "Light bulb E27": 320,
    "Wine glass": 480,
    "Welcome kit": 1490,
    "HVAC filter": 1800,
    "Smoke detector": 2950,
    "Bed linen set": 3900,
}
_ROLES = {"expense": 4, "refund": 3, "adjustment": 2, "charge": 2}


class Errands:
    """Links an operator's tickets with what was done for them."""

    def __init__(self, desk: Desk) -> None:
        rng = desk.world.rng
        self._world = desk.world
        self._currency = desk.operator.currency
        self._items = Deck(rng, list(STOCK))
        self._actions = Deck(rng, {"use": 6, "add": 3, "remove": 1})
        self._money = Deck(rng, _ROLES)

    def run(self, story: Story, member: Member) -> None:
        """What this type of ticket brings with it."""
        ticket_type = story.ticket.ticket_type
        if ticket_type == "cleaning" and story.stay and story.stay.clean_id:
            self._link_clean(story)
        elif ticket_type == "inspection_followup":
            self._link_inspection(story)
        if ticket_type == "inventory" or self._world.chance(0.08):
            self.use_stock(story, member)
        if ticket_type == "billing" or self._world.chance(0.06):
            self.move_money(story, self._world.between(15, 420) * 100, self._money.deal())
        if self._world.chance(0.12):
            add_picture(self._world, story.ticket, "progress", member.person.id, story.now)

    def _link_clean(self, story: Story) -> None:
        clean_id = story.stay.clean_id if story.stay else None
        if clean_id and clean_id not in story.linked:
            story.linked.add(clean_id)
            link = TicketClean(self._world.ids.new(story.now), story.operator.id, story.ticket.id, clean_id, story.now)
            self._world.sink.add(link)

    def _link_inspection(self, story: Story) -> None:
        seen = story.home.inspections if story.home else []
        known = next((inspection for done, inspection in reversed(seen) if done < story.ticket.created_at), None)
        if known and known not in story.linked:
            story.linked.add(known)
            link = TicketInspection(
                self._world.ids.new(story.now), story.operator.id, story.ticket.id, known, story.now
            )
            self._world.sink.add(link)

    def use_stock(self, story: Story, member: Member) -> None:
        """Something is taken from stock, or put there."""
        if story.home is None:
            return
        world, item = self._world, self._items.deal()
        quantity, cost = world.between(1, 12), STOCK[item] if world.chance(0.9) else None
        action_id = world.ids.new(story.now)
        by = member.id if world.chance(0.9) else None
        world.sink.add(
            InventoryAction(
                action_id,
                story.operator.id,
                story.home.id,
                item,
                self._actions.deal(),
                quantity,
                cost,
                by,
                story.now,
                story.now,
            )
        )
        world.sink.add(
            TicketInventoryEvent(
                world.ids.new(story.now), story.operator.id, story.ticket.id, action_id, quantity, cost, story.now
            )
        )

    def move_money(self, story: Story, cents: int, role: str, memo: str | None = None) -> None:
        """Money moves because of the ticket."""
        world = self._world
        transaction_id = world.ids.new(story.now)
        signed = -cents if role == "refund" else cents
        world.sink.add(
            Transaction(
                transaction_id,
                story.operator.id,
                story.home.id if story.home else None,
                story.stay.id if story.stay else None,
                signed,
                self._currency,
                role,
                story.now,
                memo or (story.ticket.title if world.chance(0.8) else None),
                story.now,
            )
        )
        link_id = world.ids.new(story.now)
        world.sink.add(TicketTransaction(link_id, story.operator.id, story.ticket.id, transaction_id, role, story.now))
