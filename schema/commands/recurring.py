"""What may be done with recurring rules."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.commands.template import TicketTemplate
from schema.enums import ScopeType
from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given
from schema.vocabulary.result import record, told
from schema.vocabulary.role import MANAGERS, STAFF, SYSTEM

_MOST_TARGETS = 1000
_CADENCE = "When it comes again, as an RRULE of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO,TH; at most once a day."
_STARTS_AT = "Its first occurrence at the earliest; its time of day, in the rule's time zone, is that of all."
_TIME_ZONE = "Whose clock it follows where the home has none, by IANA name, such as America/Denver."
_HOMES = "The homes, where it applies to homes."
_RESORTS = "The areas with all homes in them, where it applies to resorts."
_STAYS = "The stays, each while it lasts, where it applies to stays."
_NEXT = "When it comes next by the rule's own clock, up to five times; nothing while it is paused."


@command(
    by=STAFF,
    gives={"recurring_rule": "RecurringRule", "next_occurrences": told(_NEXT, list[datetime])},
    example="""mutation {
  createRecurringRule(input: {
    name: "Filter change", cadence: "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=3", startsAt: "2026-12-01T14:00:00Z",
    scopeType: PROPERTY, propertyIds: ["018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"],
    template: {ticketType: GENERAL, title: "Change the HVAC filter", priority: LOW, dueAfterHours: 72},
    validateOnly: true
  }) {
    recurringRule { nextRunAt }
    nextOccurrences
    problems { code message path }
  }
}""",
)
class CreateRecurringRule:
    """Sets up a rule that makes tickets again and again, from now on. With `validateOnly` it is a preview."""

    name: str = given("What it is called.", longest=200)
    cadence: str = given(_CADENCE)
    starts_at: datetime = given(_STARTS_AT)
    time_zone: str | None = given(f"{_TIME_ZONE} The operator's, if left out.", default=None, longest=100)
    scope_type: ScopeType = given("What it applies to. A portfolio is all active homes, and names none.")
    property_ids: list[UUID] = given(_HOMES, of="Property", default=[], most_items=_MOST_TARGETS)
    resort_ids: list[UUID] = given(_RESORTS, of="Area", default=[], most_items=_MOST_TARGETS)
    reservation_ids: list[UUID] = given(_STAYS, of="Reservation", default=[], most_items=_MOST_TARGETS)
    template: TicketTemplate = given("What its tickets look like.")


@command(
    by=STAFF,
    subject="recurring_rule_id",
    gives={"recurring_rule": "RecurringRule", "next_occurrences": told(_NEXT, list[datetime])},
    example="""mutation {
  updateRecurringRule(input: {
    recurringRuleId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", cadence: "FREQ=WEEKLY;BYDAY=MO", expectedVersion: 2
  }) {
    recurringRule { cadence nextRunAt version }
    nextOccurrences
    problems { code message path }
  }
}""",
)
class UpdateRecurringRule:
    """Changes a rule, from now on; what is left out stays. A list of targets takes the place of the former one.

    Tickets that it has made stay as they are.
    """

    recurring_rule_id: UUID = given("The rule.", of="RecurringRule")
    name: str | Omitted = given("What it is called.", default=OMITTED, longest=200)
    cadence: str | Omitted = given(_CADENCE, default=OMITTED)
    starts_at: datetime | Omitted = given(_STARTS_AT, default=OMITTED)
    time_zone: str | Omitted = given(_TIME_ZONE, default=OMITTED, longest=100)
    scope_type: ScopeType | Omitted = given("What it applies to; with another scope come its targets.", default=OMITTED)
    property_ids: list[UUID] | Omitted = given(_HOMES, of="Property", default=OMITTED, most_items=_MOST_TARGETS)
    resort_ids: list[UUID] | Omitted = given(_RESORTS, of="Area", default=OMITTED, most_items=_MOST_TARGETS)
    reservation_ids: list[UUID] | Omitted = given(_STAYS, of="Reservation", default=OMITTED, most_items=_MOST_TARGETS)
    template: TicketTemplate | Omitted = given("What its tickets look like, as a whole.", default=OMITTED)


@command(
    by=STAFF,
    subject="recurring_rule_id",
    gives={"recurring_rule": "RecurringRule", "next_occurrences": told(_NEXT, list[datetime])},
    example="""mutation {
  pauseRecurringRule(input: {recurringRuleId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", paused: true}) {
    recurringRule { active nextRunAt }
    problems { code message path }
  }
}""",
)
class PauseRecurringRule:
    """Pauses a rule, or takes it up again. What comes round while it is paused is skipped, and not made up for."""

    recurring_rule_id: UUID = given("The rule.", of="RecurringRule")
    paused: bool = given("Whether it is to rest.", default=True)


@record
class RefusedRule:
    """A rule that is due and makes no tickets."""

    recurring_rule_id: UUID = told("The rule.")
    message: str = told("What is wrong with it.")


@command(
    by=MANAGERS | {SYSTEM},
    gives={
        "tickets": told("The tickets that were made.", ["Ticket"]),
        "made": told("How many were made.", int),
        "remaining": told("How many are due and wait for the next call.", int),
        "refused_rules": told(
            "Rules that are due but cannot be followed; they wait until they are mended.", list[RefusedRule]
        ),
    },
    example="""mutation {
  generateDueTickets(input: {most: 200}) {
    made
    remaining
    tickets { number property { name } dueAt }
    problems { code message path }
  }
}""",
)
class GenerateDueTickets:
    """Makes the tickets that are due by recurring rules: one for each rule, home (or stay) and occurrence, ever.

    It may be called at any time, and by several at once. After an outage each home gets at most the newest missed
    occurrences that the operator's catch-up limit allows.
    """

    most: int = given("How many to make in this call at most.", default=500, least=1, most=2000)
