"""Properties, their owners and tenants."""

from asyncpg.pgproto.pgproto import UUID

from db.demo.chance import Deck
from db.demo.clock import BEGINNING, DAY, PRESENT, date_of
from db.demo.people import People
from db.demo.places import Resort
from db.demo.rows.property import Property, Tenancy
from db.demo.world import ADMIN, Home, Operator, Person, Tenant, World

_SINCE = BEGINNING - 500 * DAY
_TODAY = PRESENT // DAY
_FOREVER = _TODAY + 36_500


class Estate:
    """Builds one operator's homes."""

    def __init__(
        self, world: World, operator: Operator, people: People, resorts: tuple[Resort, ...], areas: dict[str, UUID]
    ) -> None:
        self._world = world
        self._operator = operator
        self._people = people
        self._resorts = resorts
        self._areas = areas
        self._kinds = Deck(world.rng, {"RES": 41, "COM": 6, "DEV": 3})
        self._lets = Deck(world.rng, [True, True, False, False, False])
        self._owners: list[Person] = []

    def build(self) -> None:
        """Write the properties and tenancies."""
        for count in range(max(24, round(140 * self._world.scale**0.73 * self._operator.share))):
            home = self._home(count)
            self._operator.homes.append(home)
            if home.kind == "RES" and self._lets.deal():
                self._let(home, count)
                self._operator.let_homes.append(home)

    def _home(self, count: int) -> Home:
        world, resort = self._world, self._resorts[count % len(self._resorts)]
        since = _SINCE + count % 400 * DAY
        kind = self._kinds.deal()
        house = resort.houses[(count * 3 + count // len(self._resorts)) % len(resort.houses)]
        number = 101 + count // len(self._resorts)
        home = Home(
            id=world.ids.new(since),
            code=f"{resort.code}-{number}",
            name=f"{house} {number}" if kind != "DEV" else f"{resort.name} Phase {1 + number % 4}, Lot {number}",
            kind=kind,
            unit=str(number) if kind == "COM" or count % 3 else None,
            resort_id=self._areas[resort.code],
            owner=self._owner(since) if kind == "RES" else None,
            limit=1_000_00 if count % 8 == 3 else None,
            active=count % 27 != 26,
        )
        world.sink.add(self._row(home, resort, count, since))
        world.record("property_added", ("Property", home.id), self._operator, since, ADMIN)
        return home

    def _row(self, home: Home, resort: Resort, count: int, since: int) -> Property:
        street = resort.streets[count % len(resort.streets)]
        address = f"{100 + count % 880} {street}, {resort.city}, {resort.region}"
        left = since if home.active else min(PRESENT, since + 800 * DAY)
        return Property(
            id=home.id,
            operator_id=self._operator.id,
            code=home.code,
            name=home.name,
            kind=home.kind,
            unit=home.unit,
            resort_id=home.resort_id if count % 19 else None,
            homeowner_id=home.owner.id if home.owner else None,
            address=address if home.kind != "DEV" else None,
            time_zone=self._operator.zone.name if count % 8 == 0 else None,
            active=home.active,
            approval_limit_cents=home.limit,
            external_id=f"dim-{home.code}" if count % 6 else None,
            created_at=since,
            updated_at=left,
            version=1 + (left > since),
        )

    def _owner(self, since: int) -> Person:
        """A homeowner; one in five owns another home already."""
        if self._owners and self._world.chance(0.2):
            return self._owners[self._world.between(0, len(self._owners) - 1)]
        owner = self._people.add("homeowner", self._people.traveller(), _SINCE if since < _SINCE else since)
        self._owners.append(owner)
        return owner

    def _let(self, home: Home, count: int) -> None:
        """Write one to four tenancies in a row, some of them of two people."""
        day = _SINCE // DAY + 100 + count % 200
        while day < _TODAY + 20:
            last = day + self._world.between(300, 900)
            current = last > _TODAY
            for at in range(2 if self._world.chance(0.3) else 1):
                self._tenancy(home, day, None if current and at == 0 and count % 3 else last)
            day = last + self._world.between(5, 40)

    def _tenancy(self, home: Home, first: int, last: int | None) -> None:
        world = self._world
        since = (first - 20) * DAY + 15 * 3_600_000
        since = min(since, PRESENT - 3_600_000)
        person = self._people.add("tenant", self._people.local(), since)
        home.tenants.append(Tenant(person, first, last or _FOREVER))
        ends_on = date_of(last) if last else None
        world.sink.add(
            Tenancy(
                world.ids.new(since),
                self._operator.id,
                home.id,
                person.id,
                home.unit,
                date_of(first),
                ends_on,
                since,
                since,
                1,
            )
        )
