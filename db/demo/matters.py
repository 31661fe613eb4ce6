"""What people come with: which type, home, season, source and person."""

from db.demo.chance import Deck
from db.demo.clock import BEGINNING, DAY, date_of
from db.demo.issues import ISSUES, Issue
from db.demo.matter import PRIORITY_OF, Matter
from db.demo.phrases import REQUESTS
from db.demo.world import Home, Operator, Person, Stay, World

_TYPES = {
    "maintenance": 44,
    "guest_request": 14,
    "cleaning": 12,
    "owner_request": 8,
    "inspection_followup": 6,
    "inventory": 5,
    "billing": 6,
    "general": 5,
}
_SOURCES = {"portal": 25, "email": 21, "phone": 18, "chat": 12, "agent": 15, "api": 5, "import": 4}
_INSIDE = frozenset({"agent", "api", "import"})
_MIGRATION_ENDS = BEGINNING + 200 * DAY  # tickets of the former system were imported until then
_WINTER = frozenset({11, 12, 1, 2, 3, 4})


class Matters:
    """Thinks up what one operator's people ask for."""

    def __init__(self, world: World, operator: Operator) -> None:
        rng = world.rng
        self._world = world
        self._operator = operator
        self._types = Deck(rng, _TYPES)
        self._sources = Deck(rng, _SOURCES)
        self._priorities = Deck(rng, {"normal": 12, "low": 4, "high": 3, "urgent": 1})
        self._urgencies = Deck(rng, {"routine": 14, "urgent": 4, "emergency": 2})
        self._issues = {
            season: Deck(rng, [issue for issue in ISSUES if issue.season in ("", season)])
            for season in ("winter", "summer")
        }
        self._texts = {kind: Deck(rng, texts) for kind, texts in REQUESTS.items()}
        self._active = [home for home in operator.homes if home.active]
        self._owned = [home for home in self._active if home.owner]
        self._let = [home for home in operator.let_homes if home.active]

    def next_type(self) -> str:
        """The type of the next ticket."""
        return self._types.deal()

    def defect(self, moment: int) -> tuple[Matter, Issue, str]:
        """Something is broken: the matter, the issue, its urgency."""
        world = self._world
        issue = self._issues["winter" if date_of(moment // DAY).month in _WINTER else "summer"].deal()
        urgency = self._urgencies.deal()
        if urgency == "emergency" and not issue.alarming:
            urgency = "urgent"
        homes = self._let if self._let and world.chance(0.55) else self._active
        home = homes[world.between(0, len(homes) - 1)]
        tenant = home.tenant_on(moment // DAY)
        at = world.between(0, len(issue.titles) - 1)
        matter = Matter(
            ticket_type="maintenance",
            title=issue.titles[at],
            description=issue.descriptions[min(at, len(issue.descriptions) - 1)] if world.chance(0.95) else None,
            source=self._source(moment),
            priority=PRIORITY_OF[urgency],
            home=home,
            tenant=tenant,
        )
        self._ask(matter, tenant, home)
        return matter, issue, urgency

    def _ask(self, matter: Matter, tenant: Person | None, home: Home) -> None:
        if matter.source in _INSIDE and self._world.chance(0.7):
            return
        if tenant and self._world.chance(0.85):
            matter.requestor = tenant
        elif home.owner:
            matter.requestor, matter.requestor_role = home.owner, "homeowner"

    def wish(self, ticket_type: str, moment: int) -> Matter:
        """Something general."""
        title, text = self._texts[ticket_type].deal()
        matter = Matter(
            ticket_type=ticket_type,
            title=title,
            description=text if self._world.chance(0.92) else None,
            source=self._source(moment),
            priority=self._priorities.deal(),
            home=None,
        )
        if ticket_type in ("guest_request", "cleaning"):
            self._from_stay(matter, moment)
        elif ticket_type == "owner_request" and self._owned:
            self._from_owner(matter)
        elif ticket_type == "billing":
            self._from_payer(matter, moment)
        elif ticket_type == "general" and self._world.chance(0.4):
            matter.home = None
        else:
            matter.home = self._active[self._world.between(0, len(self._active) - 1)]
        return matter

    def _from_stay(self, matter: Matter, moment: int) -> None:
        stay = self._stay(moment)
        if stay is None:
            matter.home = self._active[self._world.between(0, len(self._active) - 1)]
            return
        matter.home, matter.stay = stay.home, stay
        if stay.guest and matter.ticket_type == "guest_request":
            matter.requestor, matter.requestor_role = stay.guest, "guest"

    def _stay(self, moment: int) -> Stay | None:
        """A stay that has just begun, or is about to end."""
        for _ in range(6):
            stay = self._operator.stay_around(moment, self._world.between(0, 7))
            if stay and stay.home.active and stay.last_day + 3 >= moment // DAY:
                return stay
        return None

    def _from_owner(self, matter: Matter) -> None:
        home = self._owned[self._world.between(0, len(self._owned) - 1)]
        matter.home, matter.requestor, matter.requestor_role = home, home.owner, "homeowner"

    def _from_payer(self, matter: Matter, moment: int) -> None:
        """A guest, an owner, or a vendor that waits for its money."""
        roll = self._world.rng.random()
        if roll < 0.35:
            vendors = [vendor for trade in self._operator.vendors.values() for vendor in trade]
            vendor = vendors[self._world.between(0, len(vendors) - 1)]
            matter.requestor, matter.requestor_role = vendor.people[0], "vendor"
            matter.title, matter.description = REQUESTS["billing"][3]
        elif roll < 0.6 and self._owned:
            self._from_owner(matter)
        else:
            stay = self._stay(moment)
            if stay:
                matter.home, matter.stay = stay.home, stay
                matter.requestor, matter.requestor_role = stay.guest, "guest"

    def _source(self, moment: int) -> str:
        source = self._sources.deal()
        return "portal" if source == "import" and moment > _MIGRATION_ENDS else source
