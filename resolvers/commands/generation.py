"""Making the tickets that are due by recurring rules.

A rule is one generator's at a time: it holds the rule's lock until its transaction ends, others pass over it. What a
call leaves undone stays due, because the rule's `next_run_at` moves on only when all before it is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import orjson

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.opening import Opening, Template, open_tickets
from resolvers.commands.rule_places import Targets
from resolvers.recurring.notation import BadCadence
from resolvers.recurring.plan import Due, Timetable, UnknownZone
from schema.commands.recurring import GenerateDueTickets, RefusedRule
from schema.enums import TicketSource

_TAKE = """
SELECT id FROM team.recurring_rules
WHERE operator_id = $1 AND active AND next_run_at <= now() AND id <> ALL ($2::uuid[])
ORDER BY next_run_at, id LIMIT 1
FOR NO KEY UPDATE SKIP LOCKED
"""
_RULE = """
SELECT r.id, r.name, r.cadence, r.config, r.starts_at, r.time_zone, r.next_run_at, now() AS now,
       s.recurring_catch_up_limit
FROM team.recurring_rules AS r JOIN directory.operator_settings AS s ON s.operator_id = r.operator_id
WHERE r.id = $1
"""
_MADE = """
SELECT property_id, reservation_id, occurrence_at FROM team.ticket_recurring
WHERE recurring_rule_id = $1 AND occurrence_at BETWEEN $2 AND $3
"""
_LINK = """
INSERT INTO team.ticket_recurring (operator_id, recurring_rule_id, ticket_id, occurrence_at, property_id,
                                   reservation_id)
SELECT $1, $2, m.ticket_id, m.occurrence_at, CASE WHEN m.reservation_id IS NULL THEN m.property_id END,
       m.reservation_id
FROM unnest($3::uuid[], $4::timestamptz[], $5::uuid[], $6::uuid[])
    AS m (ticket_id, occurrence_at, property_id, reservation_id)
"""
_MOVE_ON = "UPDATE team.recurring_rules SET next_run_at = $2 WHERE id = $1"


@handles(GenerateDueTickets)
async def generate_due_tickets(work: Work, given: GenerateDueTickets) -> Given:
    """Rule by rule, the one that has waited longest first."""
    run = _Run(given.most)
    while rule_id := await work.value(_TAKE, work.viewer.operator_id, run.taken):
        run.taken.append(rule_id)
        async with work.attempt() as attempt:
            await _generate(work, rule_id, run)
        if attempt.problems:
            reason = " ".join(problem.message for problem in attempt.problems)
            run.refused.append(RefusedRule(recurring_rule_id=rule_id, message=reason))
    return {"tickets": run.made, "made": len(run.made), "remaining": run.remaining, "refused_rules": run.refused}


@dataclass
class _Run:
    """How far a call has come."""

    most: int
    taken: list[UUID] = field(default_factory=list)
    made: list[UUID] = field(default_factory=list)
    refused: list[RefusedRule] = field(default_factory=list)
    remaining: int = 0


@dataclass(frozen=True)
class _Rule:
    """A rule that is due."""

    id: UUID
    timetable: Timetable
    template: Template
    since: datetime
    now: datetime
    limit: int

    @classmethod
    async def read(cls, work: Work, rule_id: UUID) -> Self:
        """Raises Refused when it cannot be followed: somebody wrote it past the commands."""
        row: Any = await work.row(_RULE, rule_id)
        try:
            timetable = Timetable(row["cadence"], row["starts_at"], row["time_zone"])
            template = Template.read(orjson.loads(row["config"])["ticket"])
        except BadCadence as bad:
            raise Refused(Invalid("CADENCE_INVALID", str(bad))) from bad
        except UnknownZone as unknown:
            raise Refused(Invalid("TIME_ZONE_UNKNOWN", f"There is no time zone {unknown}.")) from unknown
        except (KeyError, TypeError, ValueError) as error:
            raise Refused(Invalid("TEMPLATE_INVALID", "Its config has no template of a ticket.")) from error
        return cls(rule_id, timetable, template, row["next_run_at"], row["now"], row["recurring_catch_up_limit"])


async def _generate(work: Work, rule_id: UUID, run: _Run) -> None:
    """Makes as many of a rule's tickets as the call still may; with the last, the rule moves on."""
    rule = await _Rule.read(work, rule_id)
    places = await (await Targets.of(work, rule_id)).places(work)
    due = rule.timetable.due(places, rule.since, rule.now, rule.limit)
    made = {tuple(row) for row in await work.rows(_MADE, rule_id, rule.since, rule.now)}
    waiting = [each for each in due if _key(each) not in made]
    now, later = waiting[: run.most - len(run.made)], waiting[run.most - len(run.made) :]
    opened = await _open(work, rule, now)
    if not later:
        await work.run(_MOVE_ON, rule_id, rule.timetable.next_after(rule.now, places))
    run.made += opened
    run.remaining += len(later)


async def _open(work: Work, rule: _Rule, due: list[Due]) -> list[UUID]:
    openings = [Opening(each.place.home_id, each.place.stay_id, rule.template.due_at(each.occurrence)) for each in due]
    opened = await open_tickets(work, rule.template, TicketSource.RECURRING, openings)
    if opened:
        await work.run(
            _LINK,
            work.viewer.operator_id,
            rule.id,
            opened,
            [each.occurrence for each in due],
            [each.place.home_id for each in due],
            [each.place.stay_id for each in due],
        )
    return opened


def _key(due: Due) -> tuple[UUID | None, UUID | None, datetime]:
    """What tells tickets of a rule apart: the home, or the stay, and the occurrence."""
    stay = due.place.stay_id
    return (None if stay else due.place.home_id, stay, due.occurrence)
