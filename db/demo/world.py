"""Who and what there is while the data are made: the parts of rows that stories need."""

import random
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from asyncpg.pgproto.pgproto import UUID

from db.demo.chance import Ids
from db.demo.clock import DAY, Zone
from db.demo.rows.records import Event
from db.demo.sink import Sink


class Actor(NamedTuple):
    """Who did something, as the audit log names it."""

    type: str
    contact_id: UUID | None


ADMIN = Actor("admin", None)
SYSTEM = Actor("system", None)


@dataclass(slots=True, frozen=True)
class Person:
    """A contact."""

    id: UUID
    name: str
    email: str | None
    phone: str | None

    @property
    def address(self) -> str:
        """Where the person writes from."""
        return self.email or self.phone or "unknown@example.com"

    @property
    def first_name(self) -> str:
        """How the person is addressed."""
        return self.name.split(" ", 1)[0]


@dataclass(slots=True)
class Member:
    """A member of staff, and how far each working day is filled."""

    id: UUID
    person: Person
    team_id: UUID | None
    role: str
    approval_limit: int | None
    hourly_rate: int
    starts: int
    busy_until: dict[int, int] = field(default_factory=dict)
    shifts: dict[int, UUID] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """As the audit log names it."""
        return Actor(self.role, self.person.id)


@dataclass(slots=True)
class Vendor:
    """A company that does jobs."""

    id: UUID
    name: str
    email: str | None
    specialties: list[str]
    people: list[Person]
    ratings: list[int] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        """As the audit log names it."""
        return Actor("vendor", self.people[0].id)


class Tenant(NamedTuple):
    """A tenancy; its days counted from 1970, the last one included."""

    person: Person
    first_day: int
    last_day: int


@dataclass(slots=True)
class Stay:
    """A confirmed stay; its days counted from 1970."""

    id: UUID
    home: "Home"
    guest: Person | None
    first_day: int
    last_day: int
    clean_id: UUID | None = None


@dataclass(slots=True)
class Home:
    """A property."""

    id: UUID
    code: str
    name: str
    kind: str
    unit: str | None
    resort_id: UUID
    owner: Person | None
    limit: int | None
    active: bool
    tenants: list[Tenant] = field(default_factory=list)
    inspections: list[tuple[int, UUID]] = field(default_factory=list)
    jobs: list[UUID] = field(default_factory=list)

    def tenant_on(self, day: int) -> Person | None:
        """Who lives there on a day."""
        return next((tenant.person for tenant in self.tenants if tenant.first_day <= day <= tenant.last_day), None)


@dataclass(slots=True)
class Operator:
    """An operating company: its settings, people and homes."""

    id: UUID
    name: str
    domain: str
    zone: Zone
    currency: str
    limit: int
    nationality: str
    winter: bool
    share: float
    members: dict[str, list[Member]] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    vendors: dict[str, list[Vendor]] = field(default_factory=dict)
    homes: list[Home] = field(default_factory=list)
    let_homes: list[Home] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    stay_starts: list[int] = field(default_factory=list)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)

    def number(self, prefix: str, moment: int) -> str:
        """The next ticket number of a prefix in the local year of a moment."""
        year = self.zone.year(moment)
        self.numbers[prefix, year] = sequence = self.numbers.get((prefix, year), 0) + 1
        return f"{prefix}-{year}-{sequence:03d}"

    def stay_around(self, moment: int, back: int) -> Stay | None:
        """Some stay that began about `back` stays before a moment."""
        at = bisect_right(self.stay_starts, moment // DAY) - 1 - back
        return self.stays[at] if at >= 0 else None


@dataclass(slots=True)
class World:
    """What every part of the generator shares."""

    rng: random.Random
    ids: Ids
    sink: Sink
    scale: float
    operators: list[Operator] = field(default_factory=list)

    def record(self, event_type: str, of: tuple[str, UUID], operator: Operator, moment: int, actor: Actor) -> None:
        """Write an event that concerns no ticket."""
        entity, entity_id = of
        self.sink.add(
            Event(
                id=self.ids.new(moment),
                operator_id=operator.id,
                entity=entity,
                entity_id=entity_id,
                ticket_id=None,
                event_type=event_type,
                actor_type=actor.type,
                actor_id=actor.contact_id,
                occurred_at=moment,
                details="{}",
                request_id=None,
                created_at=moment,
            )
        )

    def chance(self, probability: float) -> bool:
        """Whether something happens this time."""
        return self.rng.random() < probability

    def between(self, low: int, high: int) -> int:
        """An int, both ends included; cheaper than randint."""
        return low + int(self.rng.random() * (high - low + 1))
