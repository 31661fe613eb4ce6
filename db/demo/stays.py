"""Guests' stays: in winter in the mountains, in summer by the sea."""

from db.demo.chance import Deck
from db.demo.clock import BEGINNING, DAY, HOUR, PRESENT, date_of
from db.demo.people import People
from db.demo.rows.property import Clean, Reservation
from db.demo.rows.records import Transaction
from db.demo.world import Home, Operator, Person, Stay, World

_MONTHS = {True: (9, 9, 8, 3, 1, 3, 5, 5, 3, 3, 3, 9), False: (1, 2, 3, 5, 6, 8, 10, 10, 7, 4, 2, 2)}
"""How busy each month is, in the mountains (winter) and by the sea."""

_TODAY = PRESENT // DAY
_FIRST = BEGINNING // DAY - 20
_LAST = _TODAY + 120
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Bookings:
    """Books one operator's homes, without two confirmed stays at once."""

    def __init__(self, world: World, operator: Operator, people: People) -> None:
        self._world = world
        self._operator = operator
        self._people = people
        rng = world.rng
        self._channels = Deck[str | None](
            rng, ["direct", "airbnb", "airbnb", "vrbo", "booking.com", "booking.com", None]
        )
        self._statuses = Deck(rng, {"confirmed": 34, "cancelled": 4, "no_show": 1, "tentative": 1})
        self._regulars: list[Person] = []

    def book(self) -> None:
        """Write the stays with their charges and turnovers; remembers the confirmed ones, by time."""
        operator = self._operator
        let = {home.code for home in operator.let_homes}
        homes = [home for home in operator.homes if home.kind != "DEV" and home.code not in let]
        wanted = max(90, round(450 * self._world.scale * operator.share))
        mean_gap = (_LAST - _FIRST) * len(homes) / wanted
        for home in homes:
            self._book_home(home, mean_gap)
        operator.stays.sort(key=lambda stay: stay.first_day)
        operator.stay_starts = [stay.first_day for stay in operator.stays]

    def _book_home(self, home: Home, mean_gap: float) -> None:
        busy = _MONTHS[self._operator.winter]
        between = self._world.between
        day = _FIRST + between(0, int(mean_gap))
        while day < _LAST:
            if self._world.rng.random() * 8 < busy[date_of(day).month - 1]:
                nights = between(2, 9)
                self._stay(home, day, day + nights)
                day += nights
            day += between(1, max(2, int(mean_gap * 0.75)))

    def _stay(self, home: Home, first: int, last: int) -> None:
        world, operator = self._world, self._operator
        booked = min((first - world.between(3, 150)) * DAY + world.between(7 * 3600, 22 * 3600) * 1000, PRESENT - HOUR)
        status = self._statuses.deal() if first < _TODAY else "confirmed" if world.chance(0.9) else "tentative"
        guest = self._guest(booked) if world.chance(0.97) else None  # nobody: the owner's own week
        stay = Stay(world.ids.new(booked), home, guest, first, last)
        changed = booked if status in ("confirmed", "tentative") else min(booked + DAY, PRESENT)
        world.sink.add(
            Reservation(
                id=stay.id,
                operator_id=operator.id,
                property_id=home.id,
                guest_contact_id=guest.id if guest else None,
                confirmation_code="".join(world.rng.choices(_LETTERS, k=8)),
                starts_on=date_of(first),
                ends_on=date_of(last),
                status=status,
                channel=self._channels.deal(),
                created_at=booked,
                updated_at=changed,
                version=1 + (changed > booked),
            )
        )
        if status == "confirmed":
            operator.stays.append(stay)
            self._charge(stay, booked)
            self._turn_over(stay, booked)

    def _guest(self, booked: int) -> Person:
        """A new guest, or one that comes again."""
        if self._regulars and self._world.chance(0.12):
            return self._regulars[self._world.between(0, len(self._regulars) - 1)]
        guest = self._people.add("guest", self._people.traveller(), booked)
        self._regulars.append(guest)
        return guest

    def _charge(self, stay: Stay, booked: int) -> None:
        if not stay.guest:
            return
        cents = (stay.last_day - stay.first_day) * self._world.between(140, 620) * 100
        world, operator = self._world, self._operator
        world.sink.add(
            Transaction(
                world.ids.new(booked),
                operator.id,
                stay.home.id,
                stay.id,
                cents,
                operator.currency,
                "charge",
                booked,
                f"Stay at {stay.home.name}",
                booked,
            )
        )

    def _turn_over(self, stay: Stay, booked: int) -> None:
        """The clean after a stay."""
        world = self._world
        due = self._operator.zone.at(stay.last_day, 11 * HOUR)
        done: int | None = due + world.between(90, 260) * 60_000
        status = "completed" if done and done < PRESENT else "in_progress" if due < PRESENT else "scheduled"
        if status != "completed":
            done = None
        elif world.chance(0.02):
            status, done = "cancelled", None
        stay.clean_id = world.ids.new(booked)
        notes = "Extra towels; check under the beds." if world.chance(0.2) else None
        world.sink.add(
            Clean(
                stay.clean_id,
                self._operator.id,
                stay.home.id,
                stay.id,
                "turnover",
                status,
                due,
                done,
                notes,
                booked,
                done or booked,
                2 if done else 1,
            )
        )
