"""Work that comes again: rules, what they apply to, and the tickets they made."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from schema.enums import ScopeType
from schema.vocabulary.column import column
from schema.vocabulary.edge import One, many, one
from schema.vocabulary.entity import entity
from schema.vocabulary.row import Edited, Owned
from schema.vocabulary.scalar import Json

if TYPE_CHECKING:
    from schema.geo import Area
    from schema.property import Property
    from schema.reservations import Reservation
    from schema.team import Ticket


@entity("team.recurring_rules")
class RecurringRule(Edited):
    """A rule that makes tickets again and again."""

    name: str = column("What it is called.", order=True)
    cadence: str = column("When it comes again, as an RRULE of RFC 5545.")
    scope_type: ScopeType = column("What it applies to.")
    config: Json = column("The ticket it makes: type, title, priority and so on.")
    starts_at: datetime = column("Its first occurrence at the earliest.")
    time_zone: str = column("Whose clock it follows where the home has none, by IANA name.")
    next_run_at: datetime | None = column("When it comes next.", order=True)
    active: bool = column("Whether it makes tickets now; what it misses while paused is skipped.")


@entity("team.recurring_rule_targets")
class RecurringRuleTarget(Owned):
    """A home, resort or stay that a rule applies to: exactly one of the three."""

    recurring_rule: One[RecurringRule] = one(
        "recurring_rule_id", "The rule.", reverse=many("targets", "What it applies to.")
    )
    home: One[Property | None] = one(
        "property_id",
        "The home it applies to.",
        name="property",
        reverse=many("recurring_rule_targets", "Rules that name this home."),
    )
    resort: One[Area | None] = one(
        "resort_id", "The resort it applies to.", reverse=many("recurring_rule_targets", "Rules that name this resort.")
    )
    reservation: One[Reservation | None] = one(
        "reservation_id",
        "The stay it applies to.",
        reverse=many("recurring_rule_targets", "Rules that name this stay."),
    )


@entity("team.ticket_recurring", plural="ticketRecurrences")
class TicketRecurring(Owned):
    """A ticket that a rule made: one for each rule, home (or stay) and occurrence."""

    ticket: One[Ticket] = one("ticket_id", "The ticket.", reverse=many("recurrences", "The rules that made it."))
    recurring_rule: One[RecurringRule] = one(
        "recurring_rule_id", "The rule.", reverse=many("tickets", "The tickets it made.")
    )
    occurrence_at: datetime = column("The occurrence it was made for.", order=True)
    home: One[Property | None] = one(
        "property_id",
        "The home it was made for.",
        name="property",
        reverse=many("recurrences", "Tickets that rules made for this home."),
    )
    reservation: One[Reservation | None] = one(
        "reservation_id",
        "The stay it was made for.",
        reverse=many("recurrences", "Tickets that rules made for this stay."),
    )
