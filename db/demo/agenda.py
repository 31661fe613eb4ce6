"""When tickets come: more every year, more in the season, more on Mondays and in the morning."""

from itertools import accumulate

from db.demo.clock import BEGINNING, HOUR, PRESENT, SECOND, date_of, weekday
from db.demo.occasions import Appointment
from db.demo.world import Operator, World

_WEEK = (13, 11, 10, 10, 12, 7, 5)
_HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 14, 15, 13, 11, 9, 10, 10, 10, 9, 8, 8, 7, 6, 4, 3, 2)
_SEASON = {True: (13, 13, 12, 7, 5, 7, 9, 9, 7, 6, 7, 13), False: (4, 4, 6, 8, 10, 13, 15, 15, 12, 8, 5, 5)}


def ask_for_tickets(world: World, operator: Operator, index: int, count: int) -> list[Appointment]:
    """So many wishes and defects over three years."""
    zone = operator.zone
    first, last = zone.day(BEGINNING), zone.day(PRESENT)
    season = _SEASON[operator.winter]
    weights = [
        season[date_of(day).month - 1] * _WEEK[weekday(day)] * (1 + 1.2 * (day - first) / (last - first))
        for day in range(first, last)
    ]
    days = world.rng.choices(range(first, last), cum_weights=list(accumulate(weights)), k=count)
    hours = world.rng.choices(range(24), weights=_HOURS, k=count)
    between = world.between
    return [
        Appointment(zone.at(day, hour * HOUR + between(0, 3599) * SECOND), index, None)
        for day, hour in zip(days, hours, strict=True)
    ]
