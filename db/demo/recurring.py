"""Recurring rules, what they apply to, and when they came round."""

from collections.abc import Iterator

import orjson
from asyncpg.pgproto.pgproto import UUID

from db.demo.clock import BEGINNING, DAY, HOUR, PRESENT, day_of, weekday
from db.demo.occasions import Occurrence, Template
from db.demo.rows.team import RecurringRule, RecurringRuleTarget
from db.demo.world import Home, Operator, Stay, World

_FILTERS = Template("inspection_followup", "Change the HVAC filter", "Quarterly filter change, note the size.", "low")
_SPRINKLERS = Template("general", "Winterize the water lines", "Drain outdoor lines before the first frost.", "normal")
_SAFETY = Template("general", "Annual safety walk", "Detectors, extinguishers, railings, exits.", "normal")
_TOWELS = Template("cleaning", "Mid-stay towel change", "Fresh towels and kitchen check.", "normal")
_GARDEN = Template("general", "Garden round", "Mow, water, collect branches.", "low")
_TODAY = PRESENT // DAY


class Rules:
    """One operator's rules."""

    def __init__(self, world: World, operator: Operator) -> None:
        self._world = world
        self._operator = operator
        self._active = [home for home in operator.homes if home.active and home.kind != "DEV"]

    def write(self) -> Iterator[Occurrence]:
        """Write the rules and their targets; what they have brought about until the present."""
        yield from self._of_properties()
        yield from self._of_a_resort()
        yield from self._of_stays()
        yield from self._of_all()
        self._paused()

    def _of_properties(self) -> Iterator[Occurrence]:
        """Every other month, for a few homes a rule."""
        for count in range(max(1, round(3 * self._world.scale**0.7 * self._operator.share))):
            homes = self._active[count * 4 : count * 4 + 3]
            day = 3 + count % 20
            starts = day_of(2024, 1, 1)
            rule_id = self._rule(
                f"Filter change, round {count + 1}",
                f"FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY={day}",
                "property",
                _FILTERS,
                starts,
                next(self._bimonthly(_TODAY, day)),
            )
            for home in homes:
                self._target(rule_id, property_id=home.id)
                for turn in self._bimonthly(starts, day):
                    if turn > _TODAY:
                        break
                    yield from self._turn(rule_id, _FILTERS, turn, home, None)

    def _bimonthly(self, after: int, day: int) -> Iterator[int]:
        """Days of the month in every other month, from January 2024 on, those after a day."""
        for months in range(0, 72, 2):
            turn = day_of(2024 + months // 12, 1 + months % 12, day)
            if turn > after:
                yield turn

    def _of_a_resort(self) -> Iterator[Occurrence]:
        """Once a year, for each home of a resort."""
        resort_id = self._active[0].resort_id
        cadence = "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=8"
        rule_id = self._rule("Winterizing", cadence, "resort", _SPRINKLERS, day_of(2024, 6, 1), day_of(2027, 10, 8))
        self._target(rule_id, resort_id=resort_id)
        homes = [home for home in self._active if home.resort_id == resort_id and home.owner][:120]
        for year in (2024, 2025, 2026):
            for home in homes:
                yield from self._turn(rule_id, _SPRINKLERS, day_of(year, 10, 8), home, None)

    def _of_stays(self) -> Iterator[Occurrence]:
        """Every third day of a long stay."""
        long = [stay for stay in self._operator.stays if stay.last_day - stay.first_day >= 7 and stay.home.active]
        chosen = [stay for stay in long if stay.first_day > day_of(2025, 6, 1)][: max(3, round(6 * self._world.scale))]
        if not chosen:
            return
        rule_id = self._rule(
            "Mid-stay towels", "FREQ=DAILY;INTERVAL=3", "reservation", _TOWELS, day_of(2025, 6, 1), _TODAY + 1
        )
        for stay in chosen:
            self._target(rule_id, reservation_id=stay.id)
            for turn in range(stay.first_day + 3, min(stay.last_day, _TODAY), 3):
                yield from self._turn(rule_id, _TOWELS, turn, stay.home, stay)

    def _of_all(self) -> Iterator[Occurrence]:
        """Once a year, for all homes; the larger operator starts with it next year."""
        large = self._operator.share > 0.5
        starts = day_of(2027, 3, 1) if large else day_of(2026, 3, 1)
        coming = day_of(2027, 3, 2)
        cadence = "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=2"
        rule_id = self._rule("Annual safety walk", cadence, "portfolio", _SAFETY, starts, coming)
        if not large:
            for home in self._active[:40]:
                yield from self._turn(rule_id, _SAFETY, day_of(2026, 3, 2), home, None)

    def _paused(self) -> None:
        monday = _TODAY - weekday(_TODAY) - 200 * 7
        rule_id = self._rule("Garden round", "FREQ=WEEKLY;BYDAY=MO", "property", _GARDEN, monday, None)
        self._target(rule_id, property_id=self._active[1].id)

    def _rule(self, name: str, cadence: str, scope: str, template: Template, starts: int, coming: int | None) -> UUID:
        zone = self._operator.zone
        created = min(zone.at(starts - 6, 11 * HOUR), PRESENT - 3 * DAY)
        rule_id = self._world.ids.new(created)
        by = self._operator.members["manager"][0].actor
        self._world.record("rule_created", ("RecurringRule", rule_id), self._operator, created, by)
        config = {"ticket": template._asdict()}
        self._world.sink.add(
            RecurringRule(
                id=rule_id,
                operator_id=self._operator.id,
                name=name,
                cadence=cadence,
                scope_type=scope,
                config=orjson.dumps(config).decode(),
                starts_at=zone.at(starts, 8 * HOUR),
                time_zone=zone.name,
                next_run_at=zone.at(coming, 8 * HOUR) if coming else None,
                active=coming is not None,
                created_at=created,
                updated_at=created if coming else created + 30 * DAY,
                version=1 if coming else 2,
            )
        )
        return rule_id

    def _target(
        self,
        rule_id: UUID,
        *,
        property_id: UUID | None = None,
        resort_id: UUID | None = None,
        reservation_id: UUID | None = None,
    ) -> None:
        moment = BEGINNING + 40 * DAY
        self._world.sink.add(
            RecurringRuleTarget(
                self._world.ids.new(moment), self._operator.id, rule_id, property_id, resort_id, reservation_id, moment
            )
        )

    def _turn(self, rule_id: UUID, template: Template, day: int, home: Home, stay: Stay | None) -> Iterator[Occurrence]:
        moment = self._operator.zone.at(day, 8 * HOUR)
        if moment < PRESENT:
            yield Occurrence(rule_id, template, moment, home, stay)
