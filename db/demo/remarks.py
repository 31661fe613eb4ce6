"""Comments, messages and pictures that a story drops on its way."""

from db.demo.chance import Deck
from db.demo.clock import MINUTE, PRESENT, SECOND
from db.demo.conversation import Conversation
from db.demo.matter import Matter
from db.demo.phrases import (
    FOLLOW_UPS,
    INTERNAL_COMMENTS,
    PUBLIC_COMMENTS,
    REPLIES,
    REQUESTOR_COMMENTS,
    VENDOR_COMMENTS,
)
from db.demo.pictures import add_picture
from db.demo.rows.links import TicketComment
from db.demo.story import Story
from db.demo.world import SYSTEM, Actor, World

_WRITTEN = frozenset({"email", "chat", "portal"})


class Remarks:
    """What is said about one operator's tickets."""

    def __init__(self, world: World) -> None:
        rng = world.rng
        self._public = Deck(rng, PUBLIC_COMMENTS)
        self._vendor = Deck(rng, VENDOR_COMMENTS)
        self._internal = Deck(rng, INTERNAL_COMMENTS)
        self._requestor = Deck(rng, REQUESTOR_COMMENTS)
        self._replies = Deck(rng, REPLIES)
        self._follow_ups = Deck(rng, FOLLOW_UPS)

    def begin(self, story: Story, matter: Matter) -> Conversation | None:
        """Pictures of the matter, and the thread if it came in writing."""
        world, ticket = story.world, story.ticket
        requestor = matter.requestor
        if world.chance(0.22):
            add_picture(world, ticket, "issue", requestor.id if requestor else None, ticket.created_at)
        if requestor and matter.source in _WRITTEN and world.chance(0.75):
            return story.desk.conversations.open(ticket, requestor, matter.description or matter.title)
        return None

    def answer(self, story: Story, conversation: Conversation | None, by: Actor) -> None:
        """The desk writes back."""
        if conversation and conversation.person.email:
            story.now += 40 * SECOND
            conversation.say(self._replies.deal(), story.now)
            story.responded(by)
            heard = story.now + story.world.between(60, 1500) * SECOND
            if heard < PRESENT - MINUTE and story.world.chance(0.6):
                story.now = heard
                conversation.hear(self._follow_ups.deal(), story.now)

    def comment(self, story: Story, by: Actor) -> None:
        """Somebody who acts says a word, or adds a note for colleagues."""
        internal = by.type != "vendor" and story.world.chance(0.4)
        deck = self._internal if internal else self._vendor if by.type == "vendor" else self._public
        self._write(story, by, deck.deal(), "internal" if internal else "public")

    def ask(self, story: Story) -> None:
        """The requestor comes back to it."""
        if story.requestor:
            self._write(story, story.requestor_actor, self._requestor.deal(), "public")

    def note(self, story: Story, text: str) -> None:
        """The clockwork leaves a note."""
        self._write(story, SYSTEM, text, "internal")

    def _write(self, story: Story, by: Actor, body: str, visibility: str) -> None:
        moment = story.now + story.world.between(20, 400) * SECOND
        if moment > PRESENT - MINUTE:
            return
        story.now = moment
        comment_id = story.world.ids.new(story.now)
        story.world.sink.add(
            TicketComment(comment_id, story.operator.id, story.ticket.id, by.contact_id, body, visibility, story.now)
        )
        if visibility == "public":
            story.responded(by)
        details = {"after": {"visibility": visibility}}
        story.record("comment_added", by, details, of=("TicketComment", comment_id))
