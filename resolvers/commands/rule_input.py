"""What somebody says of a recurring rule: whether it can be followed, and what is wrong where it cannot."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from resolvers.commands.contract.problems import Invalid, Problem, Refused
from resolvers.commands.opening import Template
from resolvers.commands.rule_places import Targets
from resolvers.recurring.notation import BadCadence, read_cadence
from resolvers.recurring.plan import Timetable
from resolvers.zones import find_zone
from schema.commands.recurring import CreateRecurringRule, UpdateRecurringRule
from schema.commands.template import TicketTemplate
from schema.enums import ScopeType
from schema.vocabulary.given import OMITTED, Omitted

_LISTS = {
    ScopeType.PROPERTY: "property_ids",
    ScopeType.RESORT: "resort_ids",
    ScopeType.RESERVATION: "reservation_ids",
}
_FIELDS = {"property_ids": "propertyIds", "resort_ids": "resortIds", "reservation_ids": "reservationIds"}


def read_timetable(cadence: str, starts_at: datetime, zone: str) -> Timetable:
    """Raises Refused with everything that is wrong."""
    problems: list[Problem] = []
    try:
        read_cadence(cadence)
    except BadCadence as bad:
        problems += [Invalid("CADENCE_INVALID", mistake, path=("input", "cadence")) for mistake in bad.mistakes]
    if find_zone(zone) is None:
        message = f"There is no time zone {zone}. Write an IANA name, such as America/Denver."
        problems.append(Invalid("TIME_ZONE_UNKNOWN", message, path=("input", "timeZone")))
    if problems:
        raise Refused(*problems)
    return Timetable(cadence, starts_at, zone)


def read_targets(scope: ScopeType, given: CreateRecurringRule | UpdateRecurringRule) -> Targets:
    """Raises Refused where the lists do not fit the scope."""
    own, lists = _LISTS.get(scope), {name: kept_unless(getattr(given, name), []) for name in _FIELDS}
    problems: list[Problem] = [
        Invalid("TARGETS_OF_ANOTHER_SCOPE", f"A rule of scope {scope.name} has none of these.", path=("input", field))
        for name, field in _FIELDS.items()
        if lists[name] and name != own
    ]
    if own is not None and not lists[own]:
        message = f"A rule of scope {scope.name} applies to nothing else than what is named here: name at least one."
        problems.append(Invalid("TARGETS_MISSING", message, path=("input", _FIELDS[own])))
    if problems:
        raise Refused(*problems)
    return Targets(scope, **lists)


def named(targets: Targets) -> list[UUID]:
    return [*targets.property_ids, *targets.resort_ids, *targets.reservation_ids]


def is_retargeted(given: UpdateRecurringRule) -> bool:
    return any(getattr(given, name) is not OMITTED for name in ("scope_type", *_FIELDS))


def is_rescheduled(given: UpdateRecurringRule) -> bool:
    return any(getattr(given, name) is not OMITTED for name in ("cadence", "starts_at", "time_zone"))


def never() -> Invalid:
    message = "It never comes from now until the year 2100. Look at its days, its start, UNTIL and COUNT."
    return Invalid("CADENCE_NEVER", message, path=("input", "cadence"))


def config_of(template: TicketTemplate) -> str:
    return orjson.dumps({"ticket": Template.of(template).kept()}).decode()


def kept_unless(given: Any | Omitted, kept: Any) -> Any:
    """What was given; what there is where it was left out."""
    return kept if given is OMITTED else given
