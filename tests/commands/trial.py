"""Commands that nobody needs but the tests of the contract, with their handlers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Refused
from resolvers.commands.contract.work import Given, Work
from schema.enums import Priority
from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given, part
from schema.vocabulary.result import record, told
from schema.vocabulary.role import MANAGERS, OUTSIDERS, STAFF
from schema.vocabulary.scalar import BigInt, Json

_COMMENT = """
INSERT INTO team.ticket_comments (operator_id, ticket_id, author_contact_id, body, visibility)
VALUES ($1, $2, $3, $4, 'public') RETURNING id
"""


async def _comment(work: Work, ticket_id: UUID, body: str) -> UUID:
    found: UUID = await work.value(_COMMENT, work.viewer.operator_id, ticket_id, work.viewer.contact_id, body)
    return found


@part
class Window:
    """A stretch of time at a home."""

    starts_at: datetime = given("When it starts.")
    property_id: UUID | None = given("Where.", default=None, of="Property")
    note: str = given("What for.", longest=20)


@record
class Echo:
    """What was heard."""

    text: str | None = told("A text.")
    priority: Priority | None = told("An enum.")
    seen_at: datetime = told("A moment.")
    days: list[date] = told("Days.")


@command(
    by=STAFF,
    gives={
        "number": told("An Int.", int),
        "cents": told("A BigInt.", BigInt),
        "exact": told("A Decimal.", Decimal),
        "data": told("JSON.", Json),
        "moments": told("DateTimes.", list[datetime]),
        "echo": told("A record.", Echo),
        "echoes": told("Records.", list[Echo]),
        "homes": ["Property"],
    },
    example='mutation { say(input: {text: "Hello", cents: 1}) { number } }',
)
class Say:
    """Says what was given, and takes a value of every kind."""

    text: str = given("A line.", longest=10)
    story: str | Omitted | None = given("Lines.", default=OMITTED, lines=True)
    number: int = given("An Int.", default=3, least=1, most=5)
    cents: BigInt = given("An amount.")
    exact: Decimal | None = given("A Decimal.", default=None, least=-1, most=1)
    day: date | None = given("A day.", default=None)
    moments: list[datetime] = given("Moments.", default=[])
    priority: Priority | Omitted = given("A word.", default=OMITTED)
    data: Json | None = given("JSON.", default=None, longest=30)
    home_ids: list[UUID] = given("Homes.", default=[], of="Property", most_items=3)
    windows: list[Window] = given("Windows.", default=[], most_items=2)


@handles(Say)
async def say(work: Work, given: Say) -> Given:
    seen_at = await work.value("SELECT '2026-03-04 05:06:07+02'::timestamptz")
    priority = None if given.priority is OMITTED else given.priority
    echo = Echo(text=given.text, priority=priority, seen_at=seen_at, days=[given.day] if given.day else [])
    return {
        "number": given.number,
        "cents": given.cents,
        "exact": given.exact,
        "data": given.data,
        "moments": given.moments,
        "echo": echo,
        "echoes": [echo] * len(given.windows),
        "homes": given.home_ids,
    }


@command(
    by=STAFF | OUTSIDERS,
    subject="ticket_id",
    gives={"ticket": "Ticket", "role": told("The database role that wrote.", str)},
    example='mutation { trip(input: {ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", sql: "SELECT 1"}) { role } }',
)
class Trip:
    """Writes a comment, then runs a statement that may fail."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    sql: str = given("What to stumble over.", lines=True)


@handles(Trip)
async def trip(work: Work, given: Trip) -> Given:
    await _comment(work, given.ticket_id, "Before the fall.")
    await work.run(given.sql)
    return {"ticket": given.ticket_id, "role": await work.value("SELECT current_user::text")}


@command(
    by=MANAGERS,
    gives={"comments": ["TicketComment"], "skipped": told("What was not done, and why.", list[str])},
    example='mutation { remark(input: {bodies: ["a"], ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}) { skipped } }',
)
class Remark:
    """Writes a comment for each text, but for those that are refused; managers only."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    bodies: list[str] = given("The texts.")


@handles(Remark)
async def remark(work: Work, given: Remark) -> Given:
    comments, skipped = [], []
    for body in given.bodies:
        async with work.attempt() as attempt:
            comment = await _comment(work, given.ticket_id, body)
            if body == "refuse":
                raise Refused(Conflict("NO_REMARK", "Not this."))
            if body == "break":
                await work.run("SELECT 1 / 0")
            comments.append(comment)
        skipped += [problem.code for problem in attempt.problems]
    return {"comments": comments, "skipped": skipped}
