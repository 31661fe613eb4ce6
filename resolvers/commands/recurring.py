"""Setting up, changing and pausing recurring rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.members import refuse_inactive
from resolvers.commands.opening import TEMPLATES_AGENT
from resolvers.commands.rule_input import (
    config_of,
    is_rescheduled,
    is_retargeted,
    kept_unless,
    named,
    never,
    read_targets,
    read_timetable,
)
from resolvers.commands.rule_places import Targets
from resolvers.recurring.plan import Timetable
from schema.commands.recurring import CreateRecurringRule, PauseRecurringRule, UpdateRecurringRule
from schema.vocabulary.given import OMITTED

_SHOWN = 5
_INSTANT = timedelta(microseconds=1)
_NOW = "SELECT now()"
_OPERATOR_ZONE = "SELECT time_zone FROM directory.operator_settings WHERE operator_id = $1"
_CREATE = """
INSERT INTO team.recurring_rules (operator_id, name, cadence, scope_type, config, starts_at, time_zone, next_run_at)
VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8) RETURNING id
"""
_RULE = """
SELECT name, cadence, scope_type, starts_at, time_zone, next_run_at, active FROM team.recurring_rules WHERE id = $1
"""
_UPDATE = """
UPDATE team.recurring_rules
SET name = $2, cadence = $3, scope_type = $4, config = config || $5::jsonb, starts_at = $6, time_zone = $7,
    next_run_at = $8
WHERE id = $1
"""
_ADD_TARGETS = """
INSERT INTO team.recurring_rule_targets (operator_id, recurring_rule_id, property_id, resort_id, reservation_id)
SELECT $1, $2, CASE $4 WHEN 'property' THEN id END, CASE $4 WHEN 'resort' THEN id END,
       CASE $4 WHEN 'reservation' THEN id END
FROM unnest($3::uuid[]) AS id
ON CONFLICT (recurring_rule_id, property_id, resort_id, reservation_id) DO NOTHING
"""
_DROP_TARGETS = """
DELETE FROM team.recurring_rule_targets
WHERE recurring_rule_id = $1 AND coalesce(property_id, resort_id, reservation_id) <> ALL ($2::uuid[])
"""
_PAUSE = "UPDATE team.recurring_rules SET active = false, next_run_at = NULL WHERE id = $1"
_RESUME = "UPDATE team.recurring_rules SET active = true, next_run_at = $2 WHERE id = $1"


@handles(CreateRecurringRule)
async def create_recurring_rule(work: Work, given: CreateRecurringRule) -> Given:
    """Raises Refused with what is wrong with the cadence, the zone or the targets."""
    operator, now = work.viewer.operator_id, await _now(work)
    zone = given.time_zone or await _operator_zone(work)
    timetable = read_timetable(given.cadence, given.starts_at, zone)
    targets = read_targets(given.scope_type, given)
    await refuse_inactive(work, given.template.agent_id, path=TEMPLATES_AGENT)
    coming = timetable.next_after(now, await targets.places(work))
    if coming is None:
        raise Refused(never())
    rule_id = await work.value(
        _CREATE,
        operator,
        given.name,
        given.cadence,
        given.scope_type.value,
        config_of(given.template),
        given.starts_at,
        zone,
        coming,
    )
    await work.run(_ADD_TARGETS, operator, rule_id, named(targets), given.scope_type.value)
    return {"recurring_rule": rule_id, "next_occurrences": _shown(timetable, now)}


@handles(UpdateRecurringRule)
async def update_recurring_rule(work: Work, given: UpdateRecurringRule) -> Given:
    """What is due already stays due, by the new cadence. Raises Refused as setting it up does."""
    rule_id, now = given.recurring_rule_id, await _now(work)
    rule: Any = await work.row(_RULE, rule_id)
    cadence, starts_at, zone = (
        kept_unless(given.cadence, rule["cadence"]),
        kept_unless(given.starts_at, rule["starts_at"]),
        kept_unless(given.time_zone, rule["time_zone"]),
    )
    timetable = read_timetable(cadence, starts_at, zone)
    if given.template is not OMITTED:
        await refuse_inactive(work, given.template.agent_id, path=TEMPLATES_AGENT)
    targets = await Targets.of(work, rule_id)
    if is_retargeted(given):
        scope = kept_unless(given.scope_type, targets.scope)
        targets = read_targets(scope, given)
        await work.run(_DROP_TARGETS, rule_id, named(targets))
        await work.run(_ADD_TARGETS, work.viewer.operator_id, rule_id, named(targets), scope.value)
    coming: datetime | None = rule["next_run_at"]
    if rule["active"] and (is_retargeted(given) or is_rescheduled(given)):
        since = coming - _INSTANT if coming is not None and coming <= now else now
        coming = timetable.next_after(since, await targets.places(work))
        if coming is None:
            raise Refused(never())
    await work.run(
        _UPDATE,
        rule_id,
        kept_unless(given.name, rule["name"]),
        cadence,
        targets.scope.value,
        "{}" if given.template is OMITTED else config_of(given.template),
        starts_at,
        zone,
        coming,
    )
    return {"recurring_rule": rule_id, "next_occurrences": _shown(timetable, now) if rule["active"] else []}


@handles(PauseRecurringRule)
async def pause_recurring_rule(work: Work, given: PauseRecurringRule) -> Given:
    """A rule that is taken up again goes on with what comes next."""
    rule_id, now = given.recurring_rule_id, await _now(work)
    rule: Any = await work.row(_RULE, rule_id)
    if given.paused:
        await work.run(_PAUSE, rule_id)
        return {"recurring_rule": rule_id, "next_occurrences": []}
    timetable = read_timetable(rule["cadence"], rule["starts_at"], rule["time_zone"])
    if not rule["active"]:
        places = await (await Targets.of(work, rule_id)).places(work)
        await work.run(_RESUME, rule_id, timetable.next_after(now, places))
    return {"recurring_rule": rule_id, "next_occurrences": _shown(timetable, now)}


def _shown(timetable: Timetable, now: datetime) -> list[datetime]:
    return list(islice(timetable.series.later_than(now, timetable.zone), _SHOWN))


async def _now(work: Work) -> datetime:
    now: datetime = await work.value(_NOW)
    return now


async def _operator_zone(work: Work) -> str:
    zone: str | None = await work.value(_OPERATOR_ZONE, work.viewer.operator_id)
    if zone is None:
        message = "The operator has no settings, and so no time zone. Name one."
        raise Refused(Conflict("TIME_ZONE_MISSING", message, path=("input", "timeZone")))
    return zone
