"""Contacts: guests, homeowners, tenants, staff and vendors' people."""

from asyncpg.pgproto.pgproto import UUID

from db.demo.chance import Deck
from db.demo.clock import DAY, PRESENT
from db.demo.names import Name, Namer
from db.demo.rows.directory import Contact
from db.demo.world import Operator, Person, World

_HOME_ZONES = {"us": "America/Chicago", "pt": "Europe/Lisbon", "gb": "Europe/London", "de": "Europe/Berlin"}


class People:
    """Makes contacts of one operator, and writes them."""

    def __init__(self, world: World, operator: Operator, namer: Namer) -> None:
        self._world = world
        self._operator = operator
        self._namer = namer
        abroad = (
            {"us": 60, "gb": 9, "de": 8, "fr": 6, "pt": 1}
            if operator.nationality == "us"
            else {"gb": 22, "de": 18, "fr": 14, "pt": 24, "us": 6}
        )
        self._travellers = Deck(world.rng, abroad)
        self._count = 0

    def local(self) -> Name:
        """A name of the operator's country."""
        return self._namer.name(self._operator.nationality)

    def traveller(self) -> Name:
        """A name from wherever guests and owners come."""
        return self._namer.name(self._travellers.deal())

    def add(
        self, kind: str, name: Name, since: int, *, company_id: UUID | None = None, host: str | None = None
    ) -> Person:
        """Write a contact that is known since a moment."""
        world, operator = self._world, self._operator
        self._count = count = self._count + 1
        at_work = kind in ("staff", "vendor")
        email = self._namer.mail(name.full, host) if at_work or count % 11 else None
        phone = self._namer.phone(name.nationality) if at_work or count % 7 else None
        contact_id = world.ids.new(since)
        edited = since if count % 5 else min(PRESENT, since + 90 * DAY)
        world.sink.add(
            Contact(
                id=contact_id,
                operator_id=operator.id,
                full_name=name.full,
                email=email,
                phone=phone,
                kind=kind,
                company_id=company_id,
                locale=name.locale if count % 9 else None,
                time_zone=_HOME_ZONES.get(name.nationality) if count % 4 == 0 else None,
                number=f"C{10000 + count}" if kind != "guest" else None,
                external_id=f"contact-{count:06d}" if kind in ("homeowner", "tenant") else None,
                external_user_id=f"user-{count:06d}" if count % 3 == 0 else None,
                created_at=since,
                updated_at=edited,
                version=1 + (edited > since),
            )
        )
        return Person(contact_id, name.full, email, phone)
